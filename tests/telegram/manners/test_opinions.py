"""What people think of answers is kept, and editors see what is wrong; who waits is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.memory.asker import AskerHash
from bot.telegram.buttons import Rate, Wait, encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi
    from tests.bots.conversation import Conversation
    from tests.telegram.manners.conftest import ReadTable

    Only = Callable[..., Call]
    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_QUESTION = "How many majors are there?"
_UNKNOWN = {"en": "quantum gravity of neutron stars", "zh": "红烧肉怎么做"}
_ME = AskerHash(b"the key of the tests")("telegram:7001")


def _labels(call: Call) -> list[str]:
    return [button["text"] for button in call.buttons]


def _toast(call: Call) -> str | None:
    assert call.method == "answerCallbackQuery"
    return call.values.get("text")


# -- ratings


async def test_old_buttons_speak_the_language_that_was_chosen_since(
    conversation: Conversation, brain: Brain, read_table: ReadTable
) -> None:
    await conversation.say(_UNKNOWN["en"])
    await conversation.say("/language")
    await conversation.tap("简体中文")
    told, _edited = await conversation.tap(brain.wording("wait.tell_me", "en"))
    assert _toast(told) == brain.wording("wait.noted", "zh")
    assert [row["language"] for row in read_table("waits")] == ["zh"]
    await conversation.say(_QUESTION)
    await conversation.say("/language")
    await conversation.tap("English")
    thanked, *_ = await conversation.tap("👍")
    assert _toast(thanked) == brain.wording("rate.thanks", "en")


async def test_a_thumb_up_is_kept_for_the_answer_as_it_was(
    conversation: Conversation, brain: Brain, read_table: ReadTable
) -> None:
    await conversation.say(_QUESTION)
    confirmed, edited = await conversation.tap("👍")
    assert _toast(confirmed) == brain.wording("rate.thanks", "en")
    assert edited.method == "editMessageReplyMarkup"
    assert _labels(edited)[1:] == ["👍 ✓", "👎", "Share"]
    (row,) = read_table("feedback")
    assert (row["asker"], row["entry"], row["knowledge_version"]) == (
        _ME, "number-of-majors", brain.knowledge.version,
    )  # fmt: skip
    assert (row["verdict"], row["reason"]) == ("up", None)
    assert conversation.stored()[0]["gap"] is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reason", ["wrong", "outdated", "unclear", "not_asked"])
async def test_a_thumb_down_with_a_reason_puts_the_question_before_editors(
    conversation: Conversation, brain: Brain, read_table: ReadTable, language: Any, reason: str
) -> None:
    question = {"en": _QUESTION, "zh": "一共有多少个专业?"}[language]
    await conversation.say(question, language=language)
    confirmed, asked = await conversation.tap("👎", language=language)
    assert _toast(confirmed) == brain.wording("why.ask", language)
    assert conversation.stored()[0]["gap"] is None
    label = brain.wording(f"why.{reason}", language)
    assert label in _labels(asked)
    confirmed, edited = await conversation.tap(label, language=language)
    assert _toast(confirmed) == brain.wording("rate.noted", language)
    assert "👎 ✓" in _labels(edited)
    (row,) = conversation.stored()
    assert (row["text"], row["gap"]) == (question, f"feedback:{reason}")
    (given,) = read_table("feedback")
    assert (given["verdict"], given["reason"]) == ("down", reason)


async def test_the_way_back_from_the_reasons_changes_nothing_more(
    conversation: Conversation, brain: Brain, read_table: ReadTable
) -> None:
    await conversation.say(_QUESTION)
    await conversation.tap("👎")
    before = read_table("feedback")
    confirmed, edited = await conversation.tap(brain.wording("why.back", "en"))
    assert _toast(confirmed) is None
    assert _labels(edited)[1:] == ["👍", "👎 ✓", "Share"]
    assert read_table("feedback") == before


async def test_the_last_opinion_counts(conversation: Conversation, read_table: ReadTable) -> None:
    await conversation.say(_QUESTION)
    await conversation.tap("👎")
    await conversation.tap("It's wrong")
    await conversation.tap("👍")
    (row,) = read_table("feedback")
    assert (row["verdict"], row["reason"]) == ("up", None)


async def test_an_answer_that_nobody_asked_for_can_be_complained_of_too(
    conversation: Conversation,
) -> None:
    """A follow-up is on no record; its title goes before editors."""
    await conversation.say(_QUESTION)
    await conversation.tap("When the first episode is broadcast")
    await conversation.tap("👎")
    await conversation.tap("Out of date")
    asked, complaint = conversation.stored()
    assert asked["gap"] is None
    assert (complaint["text"], complaint["gap"], complaint["entry"]) == (
        "When the first episode is broadcast", "feedback:outdated", "first-episode",
    )  # fmt: skip


async def test_an_answer_picked_from_an_offer_is_rated_with_its_question(
    conversation: Conversation, read_table: ReadTable
) -> None:
    await conversation.say("canteen meals")
    (offered,) = conversation.stored()
    first = conversation.api.screen(7001)[-1].buttons[0]["text"]
    await conversation.tap(first)
    await conversation.tap("👎")
    await conversation.tap("Not what I asked")
    (row,) = conversation.stored()
    assert (row["id"], row["gap"]) == (offered["id"], "feedback:not_asked")
    assert [one["entry"] for one in read_table("feedback")] == [row["chosen"]]


async def test_a_button_works_after_a_restart(
    open_conversation: OpenConversation, brain: Brain
) -> None:
    async with open_conversation(brain) as conversation:
        await conversation.say(_QUESTION)
    async with open_conversation(brain) as conversation:
        _, edited = await conversation.tap("👍")
        assert "👍 ✓" in _labels(edited)


@pytest.mark.parametrize("entry", ["gone", "browse/99", "<b>", "x" * 40])
async def test_a_forged_rating_is_none(
    conversation: Conversation, brain: Brain, read_table: ReadTable, only: Only, entry: str
) -> None:
    rate = Rate(language="en", record=1, version="0" * 12, entry=entry, rating="wrong")
    confirmed = only(await conversation.press_off_screen(encode(rate)), "answerCallbackQuery")
    assert _toast(confirmed) == brain.wording("choice_gone", "en")
    assert read_table("feedback") == []
    assert conversation.stored() == []


async def test_a_forged_record_complains_of_no_question_of_another(
    conversation: Conversation,
) -> None:
    another = {"from": {"id": 8, "is_bot": False, "first_name": "B"}}
    await conversation.say(_QUESTION, **another)
    rate = Rate(language="en", record=1, version="0" * 12, entry="number-of-majors", rating="wrong")
    await conversation.press_off_screen(encode(rate))
    theirs, mine = conversation.stored()
    assert (theirs["gap"], mine["gap"]) == (None, "feedback:wrong")
    assert mine["asker"] == _ME


async def test_a_rating_that_can_not_be_kept_is_told(
    conversation: Conversation,
    brain: Brain,
    only: Only,
    break_table: Callable[[str], None],
) -> None:
    await conversation.say(_QUESTION)
    break_table("feedback")
    confirmed = only(await conversation.tap("👍"), "answerCallbackQuery")
    assert _toast(confirmed) == brain.wording("telegram.not_kept", "en")


async def test_buttons_that_can_not_be_changed_are_no_fault(
    conversation: Conversation, bot_api: BotApi, read_table: ReadTable
) -> None:
    await conversation.say(_QUESTION)
    bot_api.refuse("editMessageReplyMarkup", 400, "Bad Request: message can't be edited")
    await conversation.tap("👍")
    assert len(read_table("feedback")) == 1


# -- waiting


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_who_got_no_answer_is_remembered_until_they_change_their_mind(
    conversation: Conversation, brain: Brain, read_table: ReadTable, language: Any
) -> None:
    say = brain.wording
    await conversation.say(_UNKNOWN[language], language=language)
    confirmed, edited = await conversation.tap(say("wait.tell_me", language), language=language)
    assert _toast(confirmed) == say("wait.noted", language)
    assert _labels(edited) == [say("wait.stop", language)]
    (wait,) = read_table("waits")
    (question,) = conversation.stored()
    assert (wait["asker"], wait["chat_id"], wait["language"], wait["gap_id"]) == (
        _ME, 7001, language, question["gap_id"],
    )  # fmt: skip
    confirmed, edited = await conversation.tap(say("wait.stop", language), language=language)
    assert _toast(confirmed) == say("wait.ended", language)
    assert _labels(edited) == [say("wait.tell_me", language)]
    assert read_table("waits") == []


async def test_whom_no_choice_helps_can_wait(
    conversation: Conversation, brain: Brain, read_table: ReadTable
) -> None:
    await conversation.say("canteen meals")
    await conversation.tap("None of these")
    await conversation.tap(brain.wording("wait.tell_me", "en"))
    assert len(read_table("waits")) == 1


@pytest.mark.parametrize("record", [1, 2, 10**17])
async def test_nobody_waits_for_what_another_asked(
    conversation: Conversation, brain: Brain, read_table: ReadTable, only: Only, record: int
) -> None:
    another = {"from": {"id": 8, "is_bot": False, "first_name": "B"}}
    await conversation.say(_UNKNOWN["en"], **another)
    forged = encode(Wait(language="en", record=record))
    confirmed = only(await conversation.press_off_screen(forged), "answerCallbackQuery")
    assert _toast(confirmed) == brain.wording("wait.gone", "en")
    assert read_table("waits") == []


async def test_a_wait_that_can_not_be_kept_is_told(
    conversation: Conversation,
    brain: Brain,
    only: Only,
    break_table: Callable[[str], None],
) -> None:
    await conversation.say(_UNKNOWN["en"])
    break_table("waits")
    confirmed = only(
        await conversation.tap(brain.wording("wait.tell_me", "en")), "answerCallbackQuery"
    )
    assert _toast(confirmed) == brain.wording("telegram.not_kept", "en")
