"""Gets messages through: past flood control, servers in trouble and refusals that are no faults."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol

from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.post.attempt import note_sent
from bot.telegram.post.outgoing import MOST_UNITS, Outgoing
from bot.telegram.request import CutOffError

_log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# Whoever waits longer waits in the outbox, and holds up nobody else.
_MOST_WAIT_S = 2.0
_PAUSES_S = (0.5, 1.0)
_CLOSED = (
    "chat not found",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "topic_closed",
)


class Outbox(Protocol):
    """Keeps what must wait, and sends it when its time has come."""

    def holds(self, chat_id: int) -> bool:
        """Return whether something waits for that chat, so that later things wait behind it."""

    async def put(self, message: Outgoing, *, after: timedelta) -> None:
        """Keep a message; it is sent `after` that time at the soonest."""

    def forget(self, chat_id: int) -> None:
        """Send nothing any more that waits for that chat."""

    async def adopt(self, message: Outgoing, sending: asyncio.Task[int]) -> None:
        """Keep a message that is being sent, in case that comes to nothing."""


NoteClosed = Callable[[int], Awaitable[None]]


class Postman:
    """Sends messages; what has to wait for more than two seconds goes into the outbox."""

    def __init__(
        self,
        outbox: Outbox,
        *,
        note_closed: NoteClosed,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Send; `note_closed` is told which chats take no messages any more."""
        self._outbox = outbox
        self._note_closed = note_closed
        self._sleep = sleep

    async def post(self, bot: Bot, message: Outgoing) -> int | None:
        """Return the id of the message that was sent or edited, the last one of several.

        `None` means that it is in the outbox, or that it may have arrived and must not be sent
        twice.

        Raises:
            Forbidden: The person has blocked the bot, or the group does not let it write.
            TelegramError: Telegram refuses the message itself.
        """
        sent = None
        for part in message.split():
            sent = await self._post_part(bot, part)
        return sent

    async def _post_part(self, bot: Bot, message: Outgoing) -> int | None:
        if self._outbox.holds(message.chat_id):
            await self._put_away(message, after_s=0)
            return None
        loop = asyncio.get_running_loop()
        end_s = loop.time() + _MOST_WAIT_S
        for pause_s in (*_PAUSES_S, _MOST_WAIT_S):
            try:
                sent = await self._send_in_time(bot, message, end_s - loop.time())
            except TelegramError as error:
                wait = wait_after(error, message, pause_s=pause_s)
                if wait is None and not is_passing(error):
                    raise
                if wait is None:
                    _log.warning("a message may not have arrived: %s", error)
                    return None
                wait_s = wait
            else:
                note_sent()
                return sent
            if loop.time() + wait_s >= end_s:
                break
            await self._sleep(wait_s)
        await self._put_away(message, after_s=wait_s)
        return None

    async def _send_in_time(self, bot: Bot, message: Outgoing, most_s: float) -> int | None:
        """Return the id of the message; `None` when the outbox waits for a slow server instead."""
        sending = asyncio.create_task(self.transmit(bot, message))
        try:
            await asyncio.wait({sending}, timeout=most_s)
        except asyncio.CancelledError:
            sending.cancel()
            raise
        if sending.done():
            return sending.result()
        await self._outbox.adopt(message, sending)
        return None

    async def _put_away(self, message: Outgoing, *, after_s: float) -> None:
        await self._outbox.put(message, after=timedelta(seconds=after_s))
        note_sent()

    def forget(self, chat_id: int) -> None:
        """Send nothing any more that waits for a chat."""
        self._outbox.forget(chat_id)

    async def transmit(self, bot: Bot, message: Outgoing) -> int:
        """Return the id of a message that was sent or edited, in one try.

        Refusals that are no faults are got around; a chat that is closed is noted.
        """
        try:
            return await _call_in_some_form(bot, message)
        except Forbidden:
            await self._note_closed(message.chat_id)
            raise
        except BadRequest as error:
            if not says(error, *_CLOSED):
                raise
            await self._note_closed(message.chat_id)
            raise Forbidden(error.message) from error


def says(error: TelegramError, *reasons: str) -> bool:
    """Return whether Telegram gives one of these reasons."""
    return any(reason in error.message.lower() for reason in reasons)


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_passing(error: TelegramError) -> bool:
    """Return whether the same call may well work later."""
    if isinstance(error, RetryAfter):
        return True
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def wait_after(error: TelegramError, message: Outgoing, *, pause_s: float) -> float | None:
    """Return after how many seconds to send again, `None` where that is no use or might do harm.

    `pause_s` is the wait where Telegram names none. A time-out has cost more than most.
    """
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    if not is_passing(error):
        return None
    may_have_arrived = isinstance(error, (TimedOut, CutOffError))
    if may_have_arrived and not message.may_be_repeated:
        return None
    return max(pause_s, _MOST_WAIT_S) if isinstance(error, TimedOut) else pause_s


def is_refused_token(error: BaseException | None) -> bool:
    """Return whether Telegram does not know the bot's token (any more)."""
    return isinstance(error, InvalidToken) and says(error, "unauthorized", "rejected")


async def _call_in_some_form(bot: Bot, message: Outgoing) -> int:
    """Return the id of the message, sent in the first form that Telegram takes."""
    try:
        return await _call(bot, message)
    except ChatMigrated as error:
        return await _call_in_some_form(bot, replace(message, chat_id=error.new_chat_id))
    except BadRequest as error:
        if message.edits is not None and says(error, "message is not modified"):
            return message.edits
        changed = _another_form(message, error)
        if changed is None:
            raise
        _log.warning("a message goes in another form: %s", error)
        sent = 0
        for part in changed:
            sent = await _call_in_some_form(bot, part)
        return sent


def _another_form(message: Outgoing, error: BadRequest) -> tuple[Outgoing, ...] | None:
    """Return what to send instead, `None` where Telegram means something else by its refusal."""
    if message.html and says(error, "can't parse entities"):
        return (message.as_plain_text(),)
    if message.edits is not None and says(
        error, "message to edit not found", "message can't be edited", "message_id_invalid"
    ):
        return (replace(message, edits=None),)
    if message.thread is not None and says(error, "message thread not found"):
        return (replace(message, thread=None),)
    if says(error, "message is too long", "message_too_long"):
        parts = message.split(MOST_UNITS // 2)
        return parts if len(parts) > 1 else None
    return None


async def _call(bot: Bot, message: Outgoing) -> int:
    options: dict[str, Any] = {
        "text": message.text,
        "parse_mode": ParseMode.HTML if message.html else None,
        "reply_markup": message.buttons,
        "link_preview_options": NO_PREVIEW,
    }
    if message.edits is not None:
        await bot.edit_message_text(chat_id=message.chat_id, message_id=message.edits, **options)
        return message.edits
    if message.reply_to is not None:
        options["reply_parameters"] = ReplyParameters(
            message.reply_to, allow_sending_without_reply=True
        )
    sent: Message = await bot.send_message(
        chat_id=message.chat_id, message_thread_id=message.thread, **options
    )
    return sent.message_id
