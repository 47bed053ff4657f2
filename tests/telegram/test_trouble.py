"""Faults of the code and of Telegram in a conversation: people are told, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from telegram.error import Forbidden, NetworkError

from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_QUESTION = "How many majors are there?"
_VAGUE = {"en": "canteen meals", "zh": "食堂有什么饭菜"}


async def _offer(conversation: Conversation, language: str = "en") -> tuple[Call, str, str]:
    """Return an offer, the data of its first choice and of none of these."""
    offer = only(await conversation.say(_VAGUE[language]))
    first, *_, none_of_these = [button["callback_data"] for button in offer.buttons]
    return offer, first, none_of_these


async def test_a_fault_in_a_handler_is_logged_and_the_person_is_told(
    open_conversation: OpenConversation, brain: Brain, caplog: pytest.LogCaptureFixture
) -> None:
    """The understander finds an entry that the knowledge lost."""
    broken = replace(brain, knowledge=replace(brain.knowledge, answers={}))
    async with open_conversation(broken) as conversation:
        sent = only(await conversation.say(_QUESTION, language="zh-hans"))
        assert sent.text == brain.wording("telegram.trouble", "zh")
        (fault,) = conversation.take_faults()
        assert isinstance(fault, KeyError)
        (logged,) = [one for one in caplog.records if one.name == "bot.telegram.handlers.faults"]
        assert logged.exc_info is not None
        assert logged.exc_info[1] is fault


async def test_a_server_that_stumbles_is_asked_again(
    conversation: Conversation, bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 500, "Internal Server Error")
    first, second = await conversation.say(_QUESTION)
    assert second.values == first.values
    assert len(conversation.stored()) == 1


async def test_a_press_that_meets_a_stumbling_server_is_shown_all_the_same(
    conversation: Conversation, bot_api: BotApi
) -> None:
    _, choice, _ = await _offer(conversation)
    bot_api.refuse("editMessageText", 500, "Internal Server Error")
    *_, first, second = await conversation.press(choice)
    assert (first.method, first.values) == ("editMessageText", second.values)


async def test_a_reply_that_must_wait_is_kept_for_later(
    conversation: Conversation, bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    only(await conversation.say(_QUESTION))
    assert await conversation.say("/help") == [], "it overtook the answer"
    assert conversation.application.outbox.holds(7001)


async def test_trouble_that_can_not_be_told_either_is_logged(
    open_conversation: OpenConversation,
    made_brain: Brain,
    bot_api: BotApi,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = replace(made_brain, knowledge=replace(made_brain.knowledge, answers={}))
    bot_api.refuse("sendMessage", 400, "Bad Request: what Telegram never says")
    async with open_conversation(broken) as conversation:
        await conversation.say(_QUESTION)
        assert len(conversation.take_faults()) == 1
    assert "nor could the person be told" in caplog.text


async def test_somebody_who_blocked_the_bot_is_no_fault(
    conversation: Conversation, bot_api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    bot_api.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    only(await conversation.say(_QUESTION))
    (fault,) = conversation.take_faults()
    assert isinstance(fault, Forbidden)
    assert caplog.records == []


async def test_an_answer_that_telegram_can_not_parse_goes_as_plain_text(
    conversation: Conversation, bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag")
    first, second = await conversation.say(_QUESTION)
    assert first.is_html
    assert not second.is_html
    assert second.text == first.shown
    assert second.buttons == first.buttons


async def test_trouble_in_fetching_updates_is_one_line_in_the_log(
    conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    error = NetworkError("the server is away")
    await conversation.application.process_error(update=None, error=error)
    assert conversation.take_faults() == [error]
    (record,) = caplog.records
    assert record.exc_info is None
    assert record.getMessage() == "updates can't be fetched, trying again: the server is away"
