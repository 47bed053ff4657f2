"""What each kind of message gets for a reply. Pure: nothing is recorded, today is given."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.reply import Reply
from bot.services import Brain

Answer = Callable[..., Reply]

NAMES_A_PLACE = [
    "北京中专一年学费多少钱",
    "how many majors are there in Shanghai",
    "北京有多少个专业",
]


@pytest.fixture
def answer(reply_from_tiny: Answer) -> Answer:
    return reply_from_tiny


def test_a_question_is_answered_with_its_sources(answer: Answer, tiny_brain: Brain) -> None:
    """The reply holds the entry, its text with figures, citations, related entries, the version."""
    reply = answer("How many majors are there?")
    assert reply.outcome == "answered"
    assert reply.entry == "number-of-majors"
    assert reply.title == "How many majors there are"
    assert reply.text == "The catalogue has 1,491 majors."
    assert [one.claim for one in reply.citations] == ["cat-01", "cat-02"]
    assert [one.entry for one in reply.related] == ["first-episode", "catalogue-revision"]
    assert reply.knowledge_version == tiny_brain.knowledge.version
    assert reply.choices == ()
    assert (reply.reason, reply.gap) == (None, None)


def test_a_citation_is_in_the_language_of_the_reply(answer: Answer) -> None:
    """A source without a date or an address has neither; a repost is called one."""
    (cited,) = answer("第一期什么时候播出?").citations
    assert cited.title == "[节目预告]"
    assert cited.publisher == "新华网（读自转载）"
    assert (cited.date, cited.at, cited.url) == ("2025-05", None, None)
    (first, _) = answer("How many majors are there?").citations
    assert first.publisher == "Ministry of Education"
    assert first.date == "2025-12-01"
    assert first.at == "page 1"
    assert first.url == "https://example.org/catalogue"


def test_an_undated_claim_of_an_undated_source_is_cited_without_a_date(answer: Answer) -> None:
    """No date is made up."""
    (cited,) = answer("中专学费标准").citations
    assert cited.date is None


@pytest.mark.parametrize("text", NAMES_A_PLACE)
def test_a_question_that_no_entry_quite_answers_gets_an_offer(text: str, answer: Answer) -> None:
    """At most three choices, no entry, a reason, and no gap before somebody says none of these."""
    reply = answer(text)
    assert reply.outcome == "offered"
    assert reply.entry is None
    assert 1 <= len(reply.choices) <= 3
    assert all(one.title for one in reply.choices)
    assert reply.reason == "guard:place"
    assert reply.gap is None
    assert reply.citations == ()


def test_an_offer_names_the_place_that_nothing_is_known_about(answer: Answer) -> None:
    """The words of the offer fit its reason."""
    assert "北京" in answer("北京有多少个专业").text
    assert "shanghai" in answer("how many majors are there in Shanghai").text.lower()


def test_a_question_that_says_nothing_of_its_own_is_told_so(answer: Answer, brain: Brain) -> None:
    """What was talked of before is not known."""
    reply = answer("how long", brain=brain)
    assert (reply.outcome, reply.reason) == ("offered", "guard:bare")
    assert reply.text.startswith("You don't say what it is about.")


def test_a_question_that_nothing_is_known_about_is_missed(answer: Answer) -> None:
    """It says so, names what it did not understand and near topics, and opens a gap."""
    reply = answer("zzkqx vbnwq")
    assert reply.outcome == "missed"
    assert reply.entry is None
    assert (reply.reason, reply.gap) == ("no_match", "no_match")
    assert "zzkqx, vbnwq" in reply.text
    assert "Majors, The series, Fees, grants and loans" in reply.text
    assert reply.choices == ()


@pytest.mark.parametrize(
    "text", ["", " ", "？", "a", "嗯", "https://example.org/x", "。。。。", "aaaa"]
)
def test_noise_is_gated(text: str, answer: Answer) -> None:
    """There is a hint, and nothing for an editor."""
    reply = answer(text)
    assert reply.outcome == "gated"
    assert reply.text
    assert (reply.entry, reply.reason, reply.gap) == (None, None, None)


@pytest.mark.parametrize("text", ["你好", "hi", "谢谢", "thank you", "bye", "再见"])
def test_small_talk_is_answered_in_kind(text: str, answer: Answer) -> None:
    """It has an intent, and nothing for an editor."""
    reply = answer(text)
    assert reply.outcome == "chat"
    assert reply.intent
    assert reply.text
    assert (reply.entry, reply.reason, reply.gap) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "language"), [("我想自杀", "zh"), ("i want to kill myself", "en")]
)
def test_somebody_in_distress_gets_the_fixed_line(
    text: str, language: str, answer: Answer, tiny_brain: Brain
) -> None:
    """It is the same for everybody, points to people who help, and is no gap."""
    reply = answer(text)
    assert (reply.outcome, reply.intent, reply.gap) == ("chat", "distress", None)
    assert reply.text == tiny_brain.wording("chat.distress", language)  # type: ignore[arg-type]
    assert "12356" in reply.text


def test_an_answer_past_its_review_is_still_given_and_says_so(answer: Answer) -> None:
    """It was due on the first day of 2020; the day after, editors see it as expired."""
    before = answer("how do i apply for a grant", today=date(2020, 1, 1))
    assert (before.outcome, before.reason, before.gap) == ("answered", None, None)
    assert before.text == "Apply at your school."
    after = answer("how do i apply for a grant", today=date(2020, 1, 2))
    assert (after.outcome, after.entry) == ("answered", "grants")
    assert (after.reason, after.gap) == ("expired", "expired")
    assert after.blocks[0] == before.text
    assert "2020-01-01" in after.blocks[1]


def test_a_question_about_a_single_episode_is_answered_and_still_a_gap(answer: Answer) -> None:
    """What is known is said; editors see that there is no summary, also once it is expired."""
    reply = answer("第三期讲了什么")
    assert (reply.outcome, reply.entry) == ("answered", "single-episode")
    assert (reply.reason, reply.gap) == ("no_summary", "no_summary")
    late = answer("第三期讲了什么", today=date(2031, 1, 1))
    assert (late.reason, late.gap) == ("no_summary", "no_summary")
    assert "2030-01-01" in late.text


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("第一期什么时候播出", "en", "zh"),
        ("How many majors are there?", "zh", "en"),
        ("第一期", None, "zh"),
        ("1+1", "zh", "zh"),
        ("1+1", "en", "en"),
        ("", "zh", "zh"),
        ("", None, "en"),
    ],
)
def test_the_language_follows_the_script_and_else_the_hint(
    text: str, hint: str | None, language: str, answer: Answer
) -> None:
    """A person is answered in the language they write, whatever their system speaks."""
    assert answer(text, hint=hint).language == language


def test_the_same_question_gets_the_same_reply(answer: Answer) -> None:
    """Whatever the outcome, answering twice gives equal values."""
    for text in ("How many majors are there?", *NAMES_A_PLACE, "zzkqx", "hi", ""):
        assert answer(text) == answer(text)


def test_an_entry_is_shown_by_hand(tiny_brain: Brain) -> None:
    """A pressed button shows the whole answer in the language it was offered in."""
    shown = tiny_brain.answerer.show("number-of-majors", "zh", today=date(2026, 1, 1))
    assert shown is not None
    assert (shown.outcome, shown.entry, shown.language) == ("answered", "number-of-majors", "zh")
    assert shown.text == "目录有1491个专业。"
    assert shown.citations
    assert tiny_brain.answerer.show("no-such-entry", "zh", today=date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("How many majors are there?", "number-of-majors"),
        ("第一期什么时候播出?", "first-episode-date"),
    ],
)
def test_the_knowledge_that_comes_with_voced_answers(
    text: str, entry: str, answer: Answer, brain: Brain
) -> None:
    """Two questions that every visitor may ask find their entry and its sources."""
    reply = answer(text, brain=brain)
    assert (reply.outcome, reply.entry) == ("answered", entry)
    assert reply.citations
