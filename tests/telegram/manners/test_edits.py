"""A question that is edited gets another answer in the place of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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
_OTHER_QUESTION = "When is the first episode broadcast?"


async def _edit(conversation: Conversation, text: str | None, **more: Any) -> list[Call]:
    message = conversation.make_message(text, edit_date=1_760_000_009, **more)
    return await conversation.receive(edited_message=message)


def _answer_id(conversation: Conversation) -> int:
    return int(conversation.api.screen(7001)[-1].message["message_id"])


async def test_the_answer_changes_in_its_place(conversation: Conversation, only: Only) -> None:
    await conversation.say(_QUESTION)
    answer = _answer_id(conversation)
    edited = only(await _edit(conversation, _OTHER_QUESTION), "editMessageText")
    assert int(edited.values["message_id"]) == answer
    assert edited.shown.startswith("When the first episode is broadcast")
    assert "👍" in [button["text"] for button in edited.buttons]
    assert [row["text"] for row in conversation.stored()] == [_QUESTION, _OTHER_QUESTION]
    again = only(await _edit(conversation, _QUESTION), "editMessageText")
    assert int(again.values["message_id"]) == answer


async def test_a_miss_becomes_an_answer_when_the_slip_is_mended(
    conversation: Conversation, only: Only
) -> None:
    await conversation.say("quantum gravity of neutron stars")
    edited = only(await _edit(conversation, _QUESTION), "editMessageText")
    assert edited.shown.startswith("How many majors")


async def test_it_works_after_a_restart(
    open_conversation: OpenConversation, brain: Brain, only: Only
) -> None:
    async with open_conversation(brain) as conversation:
        await conversation.say(_QUESTION)
        answer = _answer_id(conversation)
    async with open_conversation(brain) as conversation:
        conversation.update_ids = iter(range(100, 200))
        edited = only(await _edit(conversation, _OTHER_QUESTION), "editMessageText")
    assert int(edited.values["message_id"]) == answer


@pytest.mark.parametrize("number", ["13800138000", "13900139000"])
async def test_words_that_stay_the_same_get_no_other_answer(
    conversation: Conversation, number: str
) -> None:
    """Telegram calls it an edit too when it adds a preview; masked words count as the same."""
    await conversation.say(f"{_QUESTION} 13800138000")
    assert await _edit(conversation, f"{_QUESTION} {number}") == []
    assert len(conversation.stored()) == 1


async def test_what_was_never_answered_is_answered_now(
    conversation: Conversation, only: Only
) -> None:
    """And the next edit changes that answer."""
    sent = only(await _edit(conversation, _QUESTION))
    assert sent.shown.startswith("How many majors")
    answer = _answer_id(conversation)
    edited = only(await _edit(conversation, _OTHER_QUESTION), "editMessageText")
    assert int(edited.values["message_id"]) == answer


async def test_a_mistyped_command_is_put_right(
    open_conversation: OpenConversation, real_brain: Brain, only: Only
) -> None:
    async with open_conversation(real_brain) as conversation:
        await conversation.say("/majr 护理")
        sent = only(await _edit(conversation, "/major 护理"))
        assert sent.shown.startswith("护理")


async def test_an_answer_that_is_gone_is_given_anew(
    conversation: Conversation, bot_api: BotApi
) -> None:
    await conversation.say(_QUESTION)
    bot_api.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    *_, sent = await _edit(conversation, _OTHER_QUESTION)
    assert sent.method == "sendMessage"
    answer = _answer_id(conversation)
    edited = (await _edit(conversation, _QUESTION))[-1]
    assert (edited.method, int(edited.values["message_id"])) == ("editMessageText", answer)


async def test_a_look_up_is_done_again(
    open_conversation: OpenConversation, real_brain: Brain, only: Only
) -> None:
    async with open_conversation(real_brain) as conversation:
        await conversation.say("/major 护理")
        edited = only(await _edit(conversation, "/major 助产"), "editMessageText")
        assert edited.shown.startswith("助产")
        edited = only(await _edit(conversation, "/compare 护理 助产"), "editMessageText")
        assert edited.shown.startswith("护理 与 助产")
        assert await _edit(conversation, "/forget") == []
        assert await _edit(conversation, "/major") == []


async def test_after_48_hours_the_ids_are_gone(
    conversation: Conversation, read_table: ReadTable, age_messages: Callable[[int], None]
) -> None:
    await conversation.say(_QUESTION)
    await conversation.application.bot_data["assistant"].people.finish()
    age_messages(48)
    long_ago = 1_760_000_009 - 48 * 3600
    assert await _edit(conversation, _OTHER_QUESTION, date=long_ago) == []
    await conversation.say(_QUESTION, message_id=30)
    await conversation.application.bot_data["assistant"].people.finish()
    assert [row["question"] for row in read_table("messages")] == [30]
