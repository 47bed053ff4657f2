"""Candidates are found wide and judged narrow."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents import Normaliser, Understander, WordLists
from intents.guard import Concepts
from intents.match.confidence import WEIGHTS
from intents.text import detect_language
from intents.text.sounds import Sounds
from intents.wordlists import Concept
from tests.intents.conftest import SUBJECTS


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("中专学费多少钱", "tuition-secondary"),
        ("請問中專學費多少錢？謝謝", "tuition-secondary"),
        ("职高的学费一年要多少钱", "tuition-secondary"),
        ("大专一年学费多少钱啊", "tuition-college"),
        ("how much is the tuition at a vocational high school?", "tuition-secondary"),
        ("HOW MUCH IS TUITION AT A VOCATIONAL COLLEGE", "tuition-college"),
        ("中专得读几年呀", "length-secondary"),
        ("单招录取以后还能参加高考吗", "danzhao-and-gaokao"),
        ("how much is tution at a vocational collage", "tuition-college"),
    ],
)
def test_a_question_in_other_words_finds_its_entry(
    understander: Understander, question: str, entry: str
) -> None:
    assert understander.understand(question).entry == entry


@pytest.mark.parametrize(
    ("question", "lacks_core"),
    [("职业学校要读几年", False), ("职教本科要读几年", True), ("要读几年", True)],
)
def test_a_level_may_be_meant_without_being_named(
    understander: Understander, question: str, *, lacks_core: bool
) -> None:
    """A vocational school may be a secondary one, unless another level is named."""
    found = {one.entry: one for one in understander.understand(question).candidates}
    measures = dict(zip(WEIGHTS, found["length-secondary"].measures, strict=True))
    assert (measures["doubt"] > 0) == lacks_core


def test_what_lacks_the_core_of_an_entry_is_less_likely_it(understander: Understander) -> None:
    """Nobody asks of secondary school by "how long does it take", nor is it impossible."""
    asked = [understander.understand(one) for one in ("中专要学几年", "这要学几年")]
    named, unnamed = (
        next(one for one in meant.candidates if one.entry == "length-secondary") for meant in asked
    )
    assert not unnamed.vetoes
    assert unnamed.confidence < named.confidence / 2


def test_what_may_be_meant_is_a_level(words: WordLists) -> None:
    levels = {one.id for one in words.concepts if one.kind == "level"}
    assert {level for one in words.concepts for level in one.may_mean} <= levels


def test_an_exact_phrasing_is_certain(understander: Understander) -> None:
    meant = understander.understand("中专要读几年？")
    assert (meant.entry, meant.confidence, meant.reason) == ("length-secondary", 1.0, None)


@pytest.mark.parametrize(
    ("question", "entry", "veto"),
    [
        ("本科学费多少钱", "tuition-college", "level"),
        ("中专学费要交几年", "tuition-secondary", "asked"),
        ("第5期讲了什么", "episode", "number"),
        ("山东单招什么时候报名", "exam-hebei", "place"),
        ("河北2024年单招什么时候报名", "exam-hebei", "year"),
        ("不参加单招能高考吗", "danzhao-and-gaokao", "negation"),
        ("单招录取了奖学金有多少", "danzhao-and-gaokao", "subject"),
        ("how long is it", "length-secondary", "bare"),
    ],
)
def test_the_guard_vetoes_what_differs_in_its_telling_content(
    understander: Understander, question: str, entry: str, veto: str
) -> None:
    meant = understander.understand(question)
    candidate = next(one for one in meant.candidates if one.entry == entry)
    assert veto in candidate.vetoes
    assert meant.entry != entry


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("zhongzhuan xuefei duoshao qian", "zh"),
        ("how much is tuition at zhongzhuan", "en"),
        ("danzhao", "en"),
    ],
)
def test_chinese_typed_by_its_sound_is_chinese(
    understander: Understander, question: str, language: str
) -> None:
    assert understander.understand(question).language == language


@pytest.mark.parametrize(
    "question",
    [
        "how much is xuefei at zhongzhuan",
        "what does zhigao xuefei cost",
        "xuefei of jixiao, how much",
    ],
)
def test_pinyin_among_english_words_means_the_chinese_word(
    understander: Understander, question: str
) -> None:
    """No phrasing here holds the word 学费 in pinyin."""
    meant = understander.understand(question)
    assert (meant.language, meant.entry) == ("en", "tuition-secondary")
    assert meant.unknown == ()


def test_an_english_word_that_is_also_pinyin_stays_english(
    words: WordLists, normaliser: Normaliser
) -> None:
    """我们 sounds like women."""
    we = Concept(id="we", kind="topic", zh=("我们",), en=("all of us",))
    spelled = [
        Concepts(
            [we], words.places, normaliser, sounds=Sounds(words.pinyin), common=common
        ).in_english("women at sea")
        for common in (words.common, frozenset[str]())
    ]
    assert spelled == ["women at sea", "all of us at sea"]


def test_a_place_is_never_taken_for_a_slip(understander: Understander) -> None:
    """Jiangxi is one letter from a word of pinyin."""
    assert understander.understand("when is danzhao in jiangxi").differing == ("jiangxi",)


def test_what_everything_here_is_about_need_not_be_named_by_an_answer(
    understander: Understander,
) -> None:
    """No answer on the separate exam speaks of vocational education by name."""
    meant = understander.understand("职业教育的单招录取了还能参加高考吗")
    candidate = next(one for one in meant.candidates if one.entry == "danzhao-and-gaokao")
    assert "subject" not in candidate.vetoes


@pytest.mark.parametrize(
    "question",
    [
        "who won the world cup",
        "天气预报的降雨率怎么计算",
        "how do i renew my passport",
        "红烧肉怎么做好吃",
    ],
)
def test_a_foreign_question_is_missed(understander: Understander, question: str) -> None:
    meant = understander.understand(question)
    assert (meant.outcome, meant.entry) == ("miss", None)


def test_foreign_words_are_named(understander: Understander) -> None:
    assert "passport" in understander.understand("how do i renew my passport").unknown


def test_a_place_that_no_entry_speaks_of_is_named(understander: Understander) -> None:
    assert understander.understand("山东单招什么时候报名").differing == ("山东",)


def test_what_the_guard_has_two_things_against_is_not_even_offered(
    understander: Understander,
) -> None:
    """Elsewhere is one thing, elsewhere and asked differently are two."""
    assert understander.understand("上海的中专学费多少钱").offered == ("tuition-secondary",)
    apart = understander.understand("上海的大专学费什么时候交")
    assert (apart.outcome, apart.reason, apart.offered) == ("miss", "guard:place", ())
    assert apart.candidates[0].confidence > understander.calibration.offers_from


def test_a_level_named_beside_another_is_not_asked_about_by_itself(
    words: WordLists, normaliser: Normaliser
) -> None:
    """高三 of a 职高 is still secondary vocational school."""
    grown = tuple(
        replace(one, phrasings=(*one.phrasings, "职高高三还要读几年"))
        if one.entry == "length-secondary"
        else one
        for one in SUBJECTS
    )
    understander = Understander(grown, words=words, normaliser=normaliser)
    found = {
        question: next(
            one
            for one in understander.understand(question).candidates
            if one.entry == "length-secondary"
        )
        for question in ("高三还要读几年", "职高高三还得读几年")
    }
    assert ["level" in one.vetoes for one in found.values()] == [True, False]


def test_at_most_three_entries_are_offered(understander: Understander) -> None:
    for question in ("学费", "tuition", "单招"):
        meant = understander.understand(question)
        assert len(meant.offered) <= 3


def test_an_empty_vocabulary_misses_everything(words: WordLists, normaliser: Normaliser) -> None:
    empty = Understander((), words=words, normaliser=normaliser)
    assert empty.understand("中专学费多少钱").outcome == "miss"


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=150)
def test_any_message_is_understood_somehow_and_always_the_same(
    understander: Understander, text: str
) -> None:
    first, second = understander.understand(text), understander.understand(text)
    assert first == second
    assert 0.0 <= first.confidence <= 1.0
    assert (first.entry is not None) == (first.kind == "question" and first.outcome == "answer")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("中专学费多少", "zh"),
        ("how much is tuition", "en"),
        ("1+X证书是什么", "zh"),
        ("what does 中专 mean in English", "en"),
        ("什么是 vocational bachelor", "zh"),
        ("520201", "zh"),
        ("??", "zh"),
    ],
)
def test_the_language_is_that_of_the_script(text: str, language: str) -> None:
    assert detect_language(text, otherwise="zh") == language


def test_a_number_that_an_entry_does_not_say_tells_of_whoever_asks(
    understander: Understander,
) -> None:
    """It is a veto only where numbers tell such entries apart, as those of episodes do."""
    asked = understander.understand("中专学费多少钱,家里给了40块")
    found = {one.entry: one for one in asked.candidates}
    assert found["tuition-secondary"].vetoes == ()
    numbered = understander.understand("第5期讲了什么").candidates[0]
    assert (numbered.entry, numbered.vetoes) == ("episode", ("number",))


def test_what_a_part_is_about_may_stand_beside_it_but_nowhere_else(
    understander: Understander,
) -> None:
    beside = understander.understand("我家孩子读中专。要读几年才毕业？")
    nowhere = understander.understand("我家孩子爱画画。要读几年才毕业？")
    assert beside.entry == "length-secondary"
    assert nowhere.entry is None
