"""That the bot types is shown only while somebody waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import Chat
from telegram.constants import ChatType

from bot.telegram.gestures import typing_when_slow

if TYPE_CHECKING:
    from tests.botapi.server import BotApi
    from tests.bots.conversation import Conversation

_HOUR_S = 3600.0


def _chat(conversation: Conversation) -> Chat:
    chat = Chat(7001, ChatType.PRIVATE)
    chat.set_bot(conversation.application.bot)
    return chat


async def test_a_quick_answer_shows_no_typing(conversation: Conversation, bot_api: BotApi) -> None:
    before = len(bot_api.calls)
    async with typing_when_slow(_chat(conversation), topic=None, after_s=_HOUR_S):
        pass
    await conversation.say("How many majors are there?")
    assert [call.method for call in bot_api.calls[before:]] == ["sendMessage"]


async def test_who_waits_sees_the_bot_type(conversation: Conversation, bot_api: BotApi) -> None:
    before = len(bot_api.calls)
    async with typing_when_slow(_chat(conversation), topic=None, after_s=0):
        call = await bot_api.wait_for("sendChatAction")
    assert call.values["action"] == "typing"
    assert len(bot_api.calls) == before + 1


async def test_typing_that_can_not_be_shown_spoils_no_answer(
    conversation: Conversation, bot_api: BotApi
) -> None:
    bot_api.refuse("sendChatAction", 400, "Bad Request: chat not found")
    async with typing_when_slow(_chat(conversation), topic=None, after_s=0):
        await bot_api.wait_for("sendChatAction")


async def test_nothing_is_shown_any_more_once_the_answer_is_there(
    conversation: Conversation, bot_api: BotApi
) -> None:
    """A fault on the way ends it too."""
    before, others = len(bot_api.calls), asyncio.all_tasks()
    with pytest.raises(ValueError, match="broken"):
        async with typing_when_slow(_chat(conversation), topic=None, after_s=0):
            raise ValueError("broken")
    await asyncio.gather(*(asyncio.all_tasks() - others))
    assert len(bot_api.calls) == before


async def test_an_answer_that_takes_long_is_announced(
    conversation: Conversation, bot_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if every answer took long."""
    monkeypatch.setattr("bot.telegram.handlers.questions.SLOW_AFTER_S", 0)
    calls = await conversation.say("How many majors are there?")
    assert calls[0].method == "sendChatAction"
    assert calls[-1].method == "sendMessage"
