"""Messages get through in a form that Telegram takes, and never twice without need."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from bot.telegram.post.outgoing import Attachment, Outgoing
from bot.telegram.rendering import strip_html
from bot.telegram.sending import edit, send
from tests.botapi.trouble.faults import Cut, Garbled, Refusal, Silence

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.botapi.server import BotApi
    from tests.delivery.conftest import RunningBot, StartBot

_BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("on", callback_data="1:n:en:0")]])


@pytest.fixture
def mode() -> str:
    return "polling"


@pytest.fixture
async def chat(run_bot: StartBot, bot_api: BotApi) -> AsyncIterator[tuple[RunningBot, Chat]]:
    """Return a bot that has started, and a chat with it."""
    bot = await run_bot(timeout_s=1)
    await bot_api.wait_for("deleteWebhook")
    chat = Chat(7001, "private")
    chat.set_bot(bot.application.bot)
    return bot, chat


def _sent(api: BotApi) -> list[str]:
    return [one.text for one in api.calls if one.method == "sendMessage"]


@pytest.mark.parametrize(
    "fault", [Cut(is_done=True), Silence(is_done=True), Garbled(200, b"<html>")]
)
async def test_what_is_no_answer_is_not_sent_twice_when_it_may_have_arrived(
    chat: tuple[RunningBot, Chat], bot_api: BotApi, fault: Cut | Silence | Garbled
) -> None:
    bot, place = chat
    bot_api.faults.plant("sendMessage", fault)
    assert await send(place, "an announcement") is None
    await send(place, "the next one")
    assert _sent(bot_api) == ["an announcement", "the next one"]
    assert bot.read("outbox") == []


async def test_what_is_no_answer_is_sent_again_when_the_server_says_that_it_was_not(
    chat: tuple[RunningBot, Chat], bot_api: BotApi
) -> None:
    bot_api.faults.plant("sendMessage", Refusal(502, "Bad Gateway"))
    assert await send(chat[1], "an announcement") is not None
    assert _sent(bot_api) == ["an announcement"] * 2


async def test_a_long_text_is_split_between_paragraphs_with_the_buttons_below(
    chat: tuple[RunningBot, Chat], bot_api: BotApi
) -> None:
    paragraphs = [f"<b>{number}</b> " + "字" * 1500 for number in range(5)]
    last = await send(chat[1], "\n\n".join(paragraphs), html=True, buttons=_BUTTONS)
    shown = bot_api.screen(7001)
    assert "\n\n".join(_sent(bot_api)) == "\n\n".join(paragraphs)
    assert [bool(one.buttons) for one in shown] == [False, False, True]
    assert shown[-1].message["message_id"] == last


async def test_a_text_that_telegram_counts_as_too_long_is_cut_shorter(
    chat: tuple[RunningBot, Chat], bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 400, "Bad Request: message is too long")
    text = "\n\n".join("word " * 300 for _ in range(2)).strip()
    await send(chat[1], text, is_answer=True)
    assert len(_sent(bot_api)) == 3
    assert all(part in text for part in _sent(bot_api)[1:])


async def test_an_edit_that_is_gone_becomes_a_message(
    chat: tuple[RunningBot, Chat], bot_api: BotApi
) -> None:
    sent = await edit(chat[1], 99, "the answer")
    assert sent is not None
    assert sent != 99
    assert _sent(bot_api) == ["the answer"]


async def test_an_edit_that_changes_nothing_is_no_fault(
    chat: tuple[RunningBot, Chat], bot_api: BotApi
) -> None:
    first = await send(chat[1], "the answer")
    assert first is not None
    assert await edit(chat[1], first, "the answer") == first
    assert _sent(bot_api) == ["the answer"]


async def test_what_belongs_into_a_topic_that_is_gone_goes_into_the_group(
    chat: tuple[RunningBot, Chat], bot_api: BotApi
) -> None:
    bot = chat[0].application.bot
    message = Outgoing(chat_id=-7002, text="the answer", thread=5, is_answer=True)
    assert await bot.postman.post(bot, message) is not None
    refused, taken = [one for one in bot_api.calls if one.method == "sendMessage"]
    assert int(refused.values["message_thread_id"]) == 5
    assert "message_thread_id" not in taken.values


@pytest.mark.parametrize(
    "refusal",
    [
        "Bad Request: chat not found",
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: TOPIC_CLOSED",
    ],
)
async def test_a_chat_that_lets_nothing_in_is_marked_whatever_telegram_calls_it(
    chat: tuple[RunningBot, Chat], bot_api: BotApi, refusal: str
) -> None:
    bot, place = chat
    bot_api.refuse("sendMessage", 400, refusal)
    with pytest.raises(Forbidden):
        await send(place, "the answer", is_answer=True)
    assert _sent(bot_api) == ["the answer"]
    assert bot.application.closed.is_closed(7001)


async def test_what_telegram_refuses_otherwise_is_told(
    chat: tuple[RunningBot, Chat], bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 400, "Bad Request: what Telegram never says")
    with pytest.raises(BadRequest, match="never says"):
        await send(chat[1], "the answer")


# -- splitting, for any text

_PARAGRAPH = st.text(st.sampled_from("ab 。.\n字🎓<&"), min_size=1, max_size=400)


@given(
    text=st.lists(_PARAGRAPH, min_size=1, max_size=9).map("\n\n".join),
    most=st.integers(min_value=20, max_value=500),
)
def test_no_part_is_too_long_and_nothing_but_space_is_lost(text: str, most: int) -> None:
    parts = Outgoing(chat_id=1, text=text, buttons=_BUTTONS, edits=5, reply_to=6).split(most)
    assert all(len(one.text.encode("utf-16-le")) // 2 <= most for one in parts)
    assert "".join("".join(one.text for one in parts).split()) == "".join(text.split())
    assert [one.edits for one in parts] == [5] + [None] * (len(parts) - 1)
    assert [one.buttons for one in parts] == [None] * (len(parts) - 1) + [_BUTTONS]


def test_a_paragraph_that_is_too_long_loses_its_tags_and_no_word() -> None:
    html = "<b>short</b>\n\n<b>" + "word " * 30 + "</b>&amp;"
    parts = Outgoing(chat_id=1, text=html, html=True).split(60)
    assert [one.html for one in parts] == [True] + [False] * (len(parts) - 1)
    shown = " ".join(one.as_plain_text().text for one in parts)
    assert shown.split() == strip_html(html).split()


def test_what_goes_into_the_outbox_comes_out_of_it() -> None:
    message = Outgoing(
        chat_id=7,
        text="<b>x</b>",
        html=True,
        buttons=_BUTTONS,
        reply_to=3,
        thread=4,
        is_answer=True,
    )
    assert Outgoing.from_payload(7, message.to_payload(), is_answer=True) == message
    plain = replace(message, buttons=None, edits=9)
    assert Outgoing.from_payload(7, plain.to_payload(), is_answer=True) == plain
    attached = replace(message, attachment=Attachment("photo", "a.png", b"\x00\xff"))
    kept = json.loads(json.dumps(attached.to_payload()))
    assert Outgoing.from_payload(7, kept, is_answer=True) == attached


def test_what_an_earlier_version_put_into_the_outbox_comes_out_of_it() -> None:
    message = Outgoing(chat_id=7, text="x")
    kept = message.to_payload()
    del kept["attachment"]
    assert Outgoing.from_payload(7, kept, is_answer=False) == message
