"""Gets messages through: past flood control, servers in trouble and refusals that are no faults."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.post.attempt import note_sent
from bot.telegram.post.bot import VocedBot
from bot.telegram.post.forms import call_in_some_form
from bot.telegram.post.outgoing import Outgoing
from bot.telegram.post.refusals import is_passing, says, wait_after
from bot.telegram.post.waiting.answers import WaitingAnswers
from storage import StorageError
from storage.delivery import WaitingReply

_log = logging.getLogger(__name__)

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

    answers: WaitingAnswers

    def holds(self, chat_id: int) -> bool:
        """Return whether something waits for that chat, so that later things wait behind it."""

    async def put(self, message: Outgoing, *, after: timedelta) -> None:
        """Keep a message; it is sent `after` that time at the soonest."""

    def in_memory(self, chat_id: int) -> tuple[WaitingReply, ...]:
        """Return what waits for that chat and does not stand in the store."""

    async def forget(self, chat_id: int, *, is_all: bool) -> int:
        """Drop what waits for that chat in memory, and return how much that was."""

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
        is_closed: Callable[[int], bool] = lambda _chat_id: False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Send; `note_closed` is told which chats take no messages, and `is_closed` knows them."""
        self.outbox = outbox
        self._note_closed = note_closed
        self._is_closed = is_closed
        self._sleep = sleep

    async def post(self, bot: VocedBot, message: Outgoing) -> int | None:
        """Return the id of the message that was sent or edited, the last one of several.

        `None` means that it is in the outbox, or that it may have arrived and must not be sent
        twice.

        Raises:
            Forbidden: The person has blocked the bot, or the group does not let it write.
            StorageError: It has to wait, and there is no room where it could.
            TelegramError: Telegram refuses the message itself.
        """
        sent = None
        for part in message.split():
            sent = await self._post_part(bot, part)
        return sent

    async def _post_part(self, bot: VocedBot, message: Outgoing) -> int | None:
        if self.outbox.holds(message.chat_id):
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

    async def _send_in_time(self, bot: VocedBot, message: Outgoing, most_s: float) -> int | None:
        """Return the id of the message; `None` when the outbox waits for a slow server instead."""
        sending = asyncio.create_task(self.transmit(bot, message))
        try:
            await asyncio.wait({sending}, timeout=most_s)
        except asyncio.CancelledError:
            sending.cancel()
            raise
        if sending.done():
            return sending.result()
        try:
            await self.outbox.adopt(message, sending)
        except StorageError:
            return await sending
        return None

    async def _put_away(self, message: Outgoing, *, after_s: float) -> None:
        await self.outbox.put(message, after=timedelta(seconds=after_s))
        note_sent()

    async def transmit_late(self, bot: VocedBot, message: Outgoing) -> int:
        """Return as `transmit` does the id of a message that comes long after what it answers.

        Raises:
            Forbidden: Its chat was closed meanwhile; nothing is sent there.
        """
        if self._is_closed(message.chat_id):
            raise Forbidden("the chat was closed before")
        return await self.transmit(bot, message)

    async def transmit(self, bot: VocedBot, message: Outgoing) -> int:
        """Return the id of a message that was sent or edited, in one try.

        Refusals that are no faults are got around; a chat that is closed is noted.
        """
        try:
            return await call_in_some_form(bot, message)
        except Forbidden:
            await self._note_closed(message.chat_id)
            raise
        except BadRequest as error:
            if not says(error, *_CLOSED):
                raise
            await self._note_closed(message.chat_id)
            raise Forbidden(error.message) from error
