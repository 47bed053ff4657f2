"""The one path of every question: answered, recorded, and picked up again by a choice."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.memory.asker import AskerHash
from bot.memory.recording import Recorder
from bot.reply import Question, Reply
from intents import Language
from storage import Store
from tests.bot.conftest import Trouble

Kept = Callable[[], list[dict[str, Any]]]


ME = "telegram:1"


@pytest.fixture
def assistant(store: Store, assist: Callable[[Recorder], Assistant]) -> Assistant:
    return assist(Recorder(store, retention=timedelta(days=30), asker_hash=AskerHash(b"key")))


async def _ask(assistant: Assistant, text: str, asker: str | None = None) -> Reply:
    return await assistant.reply(Question(text=text, front="cli", asker=asker))


async def test_an_answered_question_is_recorded_with_all_its_facts(
    assistant: Assistant, kept: Kept
) -> None:
    """The row says what was asked, what it got, how sure that was and from which knowledge."""
    reply = await _ask(assistant, "How many majors are there?")
    assert reply.milliseconds > 0
    (row,) = kept()
    assert row["id"] == reply.record
    assert row["text"] == "How many majors are there?"
    assert row["normalised"] == "how many majors are there"
    assert row["front"] == "cli"
    assert row["language"] == "en"
    assert row["outcome"] == "answered"
    assert row["entry"] == "number-of-majors"
    assert row["confidence"] == reply.confidence
    assert row["knowledge_version"] == reply.knowledge_version
    assert row["gap"] is None
    assert row["asker"] is None


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("zzkqx vbnwq", "no_match"),
        ("how do i apply for a grant", "expired"),
        ("第三期讲了什么", "no_summary"),
        ("北京有多少个专业", None),
        ("how many majors are there", None),
        ("你好", None),
        ("a", None),
        ("我想自杀", None),
    ],
)
async def test_what_editors_see(
    text: str, gap: str | None, assistant: Assistant, kept: Kept
) -> None:
    """Misses, expired answers and missing summaries come before editors, each with its reason."""
    await _ask(assistant, text)
    assert [row["gap"] for row in kept() if row["gap"]] == ([gap] if gap else [])


@pytest.mark.parametrize("text", ["我想自杀，我叫张三", "a", "https://example.org/private"])
async def test_the_text_of_distress_and_noise_is_not_kept(
    text: str, assistant: Assistant, kept: Kept
) -> None:
    """That there was a message is counted; what it said is nobody's business."""
    await _ask(assistant, text)
    (row,) = kept()
    assert (row["text"], row["normalised"]) == ("", "")


async def test_what_could_tell_who_asked_is_not_kept(assistant: Assistant, kept: Kept) -> None:
    """Names and numbers are masked in both texts, and the asker is a keyed hash."""
    await _ask(
        assistant, "我叫张三丰，电话138-0013-8000，zzkqx vbnwq怎么办", asker="telegram:77001"
    )
    (row,) = kept()
    assert row["text"] == "我叫[name]，电话[number]，zzkqx vbnwq怎么办"
    everything = " ".join(str(value) for value in row.values())
    assert "张" not in everything
    assert "8000" not in everything
    assert "77001" not in everything
    assert row["asker"] == AskerHash(b"key")("telegram:77001")


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.lists(
        st.sampled_from([*"0123456789 ,.-()¹②五零\u200b１/", "call ", "电话"])
        | st.characters(categories=["Nd", "No", "Nl"]),
        max_size=40,
    ).map("".join)
)
async def test_no_long_number_is_kept_however_it_is_written(
    text: str, store: Store, assistant: Assistant, kept: Kept
) -> None:
    """Normalising brings no number to light that the mask did not see."""
    await _ask(assistant, text)
    row = kept()[-1]
    assert not re.search(r"\d{7}", row["text"])
    assert not re.search(r"\d{7}", row["normalised"])


@pytest.mark.parametrize("text", ["zzkqx vbnwq", "how do i apply for a grant", "北京的天气zzkqx"])
async def test_nothing_is_promised_that_could_not_be_written_down(
    text: str, assistant: Assistant, trouble: Trouble
) -> None:
    """Only who is on record reads that editors have the question."""
    trouble.begin()
    unwritten = await _ask(assistant, text)
    trouble.end()
    promise = assistant.say("to_editors", unwritten.language)
    instead = assistant.say("to_editors.not_noted", unwritten.language)
    assert unwritten.record is None
    assert promise not in "".join(unwritten.blocks)
    assert instead in "".join(unwritten.blocks)
    assistant.recorder.access.end_pause()
    written = await _ask(assistant, text)
    assert written.record is not None
    assert promise in "".join(written.blocks)


async def test_a_picked_answer_promises_nothing_that_could_not_be_written_down(
    assistant: Assistant, trouble: Trouble
) -> None:
    """One past its review is to be seen by editors as well."""
    trouble.begin()
    picked = await assistant.choose(None, "grants", "zh")
    trouble.end()
    assert picked is not None
    assert assistant.say("to_editors.not_noted", "zh") in picked.blocks[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", ["missed", "expired", "major.not_held", "major.not_listed_at_all"])
def test_every_promise_is_in_the_words_that_can_be_taken_back(
    key: str, language: Language, assistant: Assistant
) -> None:
    """The sentence stands in each of them just so."""
    assert assistant.say("to_editors", language) in assistant.say.template(key, language)


async def test_a_choice_gives_the_answer_and_is_noted(assistant: Assistant, kept: Kept) -> None:
    """The picked entry is shown in the language of the offer; the row says what was picked."""
    offer = await _ask(assistant, "北京中专一年学费多少钱")
    assert offer.choices
    picked = await assistant.choose(offer.record, offer.choices[0].entry, offer.language)
    assert picked is not None
    assert (picked.outcome, picked.entry) == ("answered", offer.choices[0].entry)
    (row,) = kept()
    assert row["chosen"] == offer.choices[0].entry
    assert row["gap"] is None


async def test_none_of_the_choices_puts_the_question_before_editors(
    assistant: Assistant, kept: Kept
) -> None:
    """The person is told, and the editors see that what was offered did not help."""
    offer = await _ask(assistant, "北京中专一年学费多少钱")
    said = await assistant.choose_none(offer.record, offer.language)
    assert said == assistant.say("none_of_these.said", "zh")
    (missed,) = kept()
    assert (missed["gap"], missed["text"]) == ("none_of_these", "北京中专一年学费多少钱")


@pytest.mark.parametrize(
    ("entry", "gap"), [("grants", "expired"), ("single-episode", "no_summary")]
)
async def test_a_picked_answer_that_editors_should_see_is_put_before_them(
    entry: str, gap: str, assistant: Assistant, kept: Kept
) -> None:
    """As a question of its own, by the title, however it was picked."""
    picked = await assistant.choose(None, entry, "en", asker="telegram:1", front="terminal")
    assert picked is not None
    assert picked.title
    (row,) = kept()
    assert (row["gap"], row["text"]) == (gap, picked.title)
    assert (row["id"], row["front"]) == (picked.record, "terminal")
    assert row["asker"] == AskerHash(b"key")("telegram:1")
    assert row["normalised"]


async def test_nobody_is_told_of_editors_when_nothing_was_noted(assistant: Assistant) -> None:
    """Without a record, or with a press that does not count, something else is said."""
    answered = await _ask(assistant, "how many majors are there")
    for record in (None, answered.record):
        said = await assistant.choose_none(record, "zh")
        assert said == assistant.say("none_of_these.not_noted", "zh")


async def test_a_text_is_cut_at_the_length_of_a_message(assistant: Assistant, kept: Kept) -> None:
    """Neither answering nor storing takes long, whatever is handed over."""
    reply = await _ask(assistant, "zzkqx " * 1_000_000)
    (row,) = kept()
    assert row["text"] == reply.question == ("zzkqx " * 1_000_000)[:4096]


async def test_an_entry_that_is_gone_is_no_choice(assistant: Assistant, kept: Kept) -> None:
    """A button from before a change of the knowledge leads nowhere and notes nothing."""
    offer = await _ask(assistant, "北京中专一年学费多少钱")
    assert await assistant.choose(offer.record, "gone", "zh") is None
    assert kept()[0]["chosen_at"] is None


async def test_a_choice_of_an_unrecorded_question_is_answered(assistant: Assistant) -> None:
    """Without a record there is nothing to note, and still an answer."""
    picked = await assistant.choose(None, "grants", "en")
    assert picked is not None
    assert await assistant.choose_none(None, "en")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_chosen_language_outranks_that_of_the_question(
    assistant: Assistant, language: Any
) -> None:
    """It is matched in both and answered in one."""
    for text in ("How many majors are there?", "一共有多少个专业", "zzkqx vbnwq", "你好"):
        question = Question(text=text, front="telegram", asker=ME, language=language)
        assert (await assistant.reply(question)).language == language


async def test_a_complaint_goes_to_editors_with_the_question_that_was_asked(
    assistant: Assistant, kept: Kept
) -> None:
    reply = await _ask(assistant, "How many majors are there?", ME)
    await assistant.complain(reply.record, "number-of-majors", "wrong", "en", asker=ME)
    (row,) = kept()
    assert (row["text"], row["gap"]) == ("How many majors are there?", "feedback:wrong")
    assert row["outcome"] == "answered"


@pytest.mark.parametrize("is_on_record", [False, True], ids=["on no record", "another's"])
async def test_a_complaint_about_what_one_did_not_ask_goes_by_the_title(
    assistant: Assistant, kept: Kept, is_on_record: Any
) -> None:
    """What another has asked stays as it is."""
    record = None
    if is_on_record:
        record = (await _ask(assistant, "How many majors are there?", "telegram:2")).record
    await assistant.complain(record, "number-of-majors", "unclear", "en", asker=ME)
    row = kept()[-1]
    assert (row["text"], row["gap"]) == ("How many majors there are", "feedback:unclear")
    assert row["asker"] == AskerHash(b"key")(ME)
    assert [one["gap"] for one in kept()[:-1]] == [None] * is_on_record


async def test_a_complaint_about_an_answer_that_is_gone_is_none(
    assistant: Assistant, kept: Kept
) -> None:
    await assistant.complain(None, "gone", "wrong", "en", asker=ME)
    assert kept() == []
    assert not assistant.knows("gone")
    assert assistant.knows("number-of-majors")
