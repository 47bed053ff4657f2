"""Deals with one update: known ones are skipped, failing ones tried again and then put aside."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import ChatMember, Update
from telegram.error import BadRequest, Forbidden

from bot.delivery.dispatcher import RawUpdate
from bot.delivery.ledger import Ledger
from bot.delivery.letters import write_letter
from bot.memory.recording import utc_now
from bot.settings import ConfigError
from bot.telegram.application import VocedApplication
from bot.telegram.post.attempt import Attempt
from bot.telegram.post.refusals import is_refused_token
from storage import StorageError

_log = logging.getLogger(__name__)
_PAUSES_S = (0.2, 1.0)
# What was begun that often and never finished takes the process down with it.
_MOST_BEGINNINGS = 12
_PAUSE_WITHOUT_STORE_S = 5.0
# A handler that hangs must not hold its chat for ever.
_MOST_S = 60.0
# Blocked by a person, or put out of a group.
_SHUT_OUT = (ChatMember.BANNED, ChatMember.LEFT)


class RefusedTokenError(ConfigError):
    """Telegram does not know the token any more: nothing can be received or sent."""

    def __init__(self) -> None:
        super().__init__("VOCED_TELEGRAM_TOKEN: Telegram refuses this token")


class Handling:
    """Gets updates handled, each once."""

    def __init__(
        self,
        application: VocedApplication,
        ledger: Ledger,
        *,
        on_refused_token: Callable[[], None],
        now: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._application = application
        self._ledger = ledger
        self._on_refused_token = on_refused_token
        self._now = now
        self._sleep = sleep

    async def handle(self, raw: RawUpdate) -> None:
        """Return when the update is handled, known already, or kept as a dead letter.

        Raises:
            StorageError: It failed and can't be kept either; it has to come again.
            RefusedTokenError: Nothing can be sent any more; it has to come again.
        """
        update_id = int(raw["update_id"])
        begun = await self._ledger.begin(update_id)
        if begun.is_handled:
            _log.info("update %d has come again and is handled already", update_id)
            return
        if begun.tries > _MOST_BEGINNINGS:
            await self._bury(raw, "the process ended each time it was begun", tries=begun.tries)
        else:
            fault, tries = await self.try_hard(raw)
            if fault is not None:
                await self._bury(raw, fault, tries=tries)
        await self._ledger.finish(update_id)

    async def try_hard(self, raw: RawUpdate) -> tuple[Exception | None, int]:
        """Return why the update can't be handled, `None` if it was, and how often it was tried.

        Raises:
            RefusedTokenError: Nothing can be sent any more.
        """
        try:
            update = Update.de_json(dict(raw), self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever the library trips over
            return error, 1
        fault, tries = await self._try_often(update)
        if fault is None:
            await self._note_whether_open(update)
            return None, tries
        await self._application.process_error(update, fault)
        # Who takes no messages and who has typed on are waiting for nothing.
        is_over = isinstance(fault, Forbidden) or update.inline_query is not None
        return (None if is_over else fault), tries

    async def _try_often(self, update: Update) -> tuple[Exception | None, int]:
        tries = 0
        while True:
            attempt = await self._attempt(update)
            fault = attempt.fault
            if is_refused_token(fault):
                self._on_refused_token()
                raise RefusedTokenError from fault
            tries += 1
            # A second try would send again what was sent, or be refused again.
            is_final = attempt.has_sent or isinstance(fault, (BadRequest, Forbidden))
            if fault is None or is_final or tries > len(_PAUSES_S):
                return fault, tries
            _log.warning("an update is tried again: %s", type(fault).__name__)
            await self._sleep(_PAUSES_S[tries - 1])

    async def _attempt(self, update: Update) -> Attempt:
        try:
            async with asyncio.timeout(_MOST_S):
                return await self._application.attempt(update)
        except TimeoutError as error:
            # What it has done so far is not known, so there is no second try.
            return Attempt(fault=error, has_sent=True)

    async def _bury(self, raw: RawUpdate, fault: Exception | str, *, tries: int) -> None:
        try:
            await self._ledger.bury(write_letter(raw, fault, tries=tries, at=self._now()))
        except StorageError:
            # Not confirmed, so Telegram brings it again; not at once, or it would never end.
            await self._sleep(_PAUSE_WITHOUT_STORE_S)
            raise

    async def _note_whether_open(self, update: Update) -> None:
        chat, change = update.effective_chat, update.my_chat_member
        # Of a malformed update the library lets through what is none, or of another kind.
        if chat is None or not isinstance(chat.id, int):
            return
        member = None if change is None else change.new_chat_member
        is_shut_out = member is not None and member.status in _SHUT_OUT
        closed = self._application.closed
        await (closed.note_closed if is_shut_out else closed.note_open)(chat.id)
