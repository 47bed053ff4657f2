"""Knows which chats take no messages any more."""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.memory.recording import Recorder, utc_now
from storage import StorageError

_log = logging.getLogger(__name__)


class ClosedChats:
    """Marks chats whose people blocked the bot or removed it, under a keyed hash."""

    def __init__(self, *, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._recorder: Recorder | None = None
        self._closed: set[str] = set()

    async def open(self, recorder: Recorder) -> None:
        """Remember in the store of `recorder`, and load what stands there."""
        self._recorder = recorder
        try:
            self._closed |= await recorder.access.use(
                lambda store: store.delivery.list_unreachable()
            )
        except StorageError as error:
            _log.warning("closed chats are not known: %s", error)

    def is_closed(self, chat_id: int) -> bool:
        """Return whether messages to that chat are refused, as far as is known."""
        return self._name(chat_id) in self._closed

    async def note_closed(self, chat_id: int) -> None:
        """Mark a chat that takes no messages any more."""
        who = self._name(chat_id)
        if who is None or who in self._closed or self._recorder is None:
            return
        self._closed.add(who)
        try:
            await self._recorder.access.use(
                lambda store: store.delivery.mark_unreachable(who, since=self._now())
            )
        except StorageError as error:
            _log.warning("a closed chat could not be marked: %s", error)

    async def note_open(self, chat_id: int) -> None:
        """Take the mark away from a chat that is heard from again."""
        who = self._name(chat_id)
        if who is None or who not in self._closed or self._recorder is None:
            return
        self._closed.discard(who)
        try:
            await self._recorder.access.use(lambda store: store.delivery.mark_reachable(who))
        except StorageError as error:
            _log.warning("an open chat could not be marked: %s", error)

    def _name(self, chat_id: int) -> str | None:
        # In a private chat the chat is the person.
        return self._recorder.hash_of(f"telegram:{chat_id}") if self._recorder else None
