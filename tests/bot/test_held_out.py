"""The knowledge proves itself: held-out phrasings, with all entries loaded together."""

import pytest

from bot.assistant import utc_today
from bot.proof.proving import prove
from bot.reply import Question
from bot.services import Brain
from intents import Language


def test_every_hit_finds_its_entry_and_every_miss_does_not(brain: Brain) -> None:
    failures = [str(failure) for failure in prove(brain.knowledge, brain.understander)]
    assert failures == []


def test_who_types_the_title_of_an_answer_gets_it(brain: Brain) -> None:
    """In either language, as it stands on a button."""
    understand = brain.understander.understand
    lost = [
        (title, answer.id)
        for answer in brain.knowledge.answers.values()
        for title in (answer.title.zh, answer.title.en)
        if understand(title).entry != answer.id
    ]
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "who won the world cup",
        "what is the weather in beijing tomorrow",
        "how do I bake bread",
        "红烧肉怎么做",
        "明天会下雨吗",
        "感冒了吃什么药",
        "上海社保一个月交多少",
        "二本和一本有什么区别",
        "how do i renew my driving licence",
        "write me a poem about spring",
    ],
)
def test_what_lies_outside_is_not_answered(brain: Brain, text: str) -> None:
    assert brain.understander.understand(text).entry is None


@pytest.mark.parametrize(
    ("text", "entry", "language"),
    [
        ("How many majors are there?", "number-of-majors", "en"),
        ("职业教育有多少个专业", "number-of-majors", "zh"),
        ("第一期什么时候播出?", "first-episode-date", "zh"),
        ("tell me about episode 3", "single-episode", "en"),
        ("第三期讲了什么", "single-episode", "zh"),
        ("中專要讀幾年", "length-secondary", "zh"),
        ("职业学校要读几年", "length-secondary", "zh"),
        ("职业学校能参加高考吗", "secondary-gaokao", "zh"),
        ("can i go to university after vocational school", "secondary-go-to-university", "en"),
        ("who can go to vocational school", "who-can-enter-secondary", "en"),
        ("ｗｈｅｎ ｄｉｄ ｔｈｅ law take effect", "law-in-force", "en"),
    ],
)
def test_well_known_questions_find_their_answer(
    brain: Brain, text: str, entry: str, language: Language
) -> None:
    meant = brain.understander.understand(text)
    assert (meant.entry, meant.language) == (entry, language)


def test_the_number_of_majors_names_every_date_and_no_computed_sum(brain: Brain) -> None:
    question = Question(text="How many majors are there?", front="cli")
    reply = brain.answerer.answer(question, today=utc_today())
    assert [cited.claim for cited in reply.citations] == ["cat-03", "cat-05", "series-06"]
    for figure in ("1,491", "27", "1,400"):
        assert figure in reply.text
    assert "1,518" not in reply.text


def test_a_single_episode_says_what_is_known_and_goes_before_editors(brain: Brain) -> None:
    question = Question(text="tell me about episode 3", front="cli")
    reply = brain.answerer.answer(question, today=utc_today())
    assert (reply.outcome, reply.gap, reply.reason) == ("answered", "no_summary", "no_summary")
    assert "six" in reply.text
    assert "12 May 2025" in reply.text


def test_no_two_asks_of_an_answer_differ_only_in_word_order(brain: Brain) -> None:
    doubles = []
    for answer in brain.knowledge.answers.values():
        seen: dict[tuple[str, ...], str] = {}
        for language in ("zh", "en"):
            for ask in answer.asks.in_(language):
                text = brain.understander.normalise(ask)
                pieces = tuple(sorted(text if language == "zh" else text.split()))
                if pieces in seen:
                    doubles.append((answer.id, seen[pieces], ask))
                seen[pieces] = ask
    assert doubles == []


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("danzhao shi shenme", "danzhao-what"),
        ("zhigao neng kao daxue ma", "secondary-go-to-university"),
        ("zhongzhuan xuefei duoshao", "tuition-vocational-schools"),
        ("dangbing xuefei tui ma", "enlist-refund-amount"),
    ],
)
def test_chinese_in_pinyin_is_heard_whatever_english_phrasings_say(
    brain: Brain, text: str, entry: str
) -> None:
    """A word of pinyin that an English phrasing holds would no longer tell of Chinese."""
    assert brain.understander.understand(text).entry == entry
