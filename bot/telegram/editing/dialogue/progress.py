"""A line that tells how far a trial is, in a message of its own."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from telegram.error import TelegramError

from bot.telegram.editing.turn import Turn
from bot.telegram.post.refusals import is_refused_token
from bot.telegram.sending import edit

_log = logging.getLogger(__name__)
# Telegram takes about one edit a second in a chat.
_PAUSE_S = 2.0


@dataclass(slots=True)
class ProgressLine:
    """Shows the newest state every few seconds; `message_id` is where."""

    turn: Turn
    message_id: int | None
    pause_s: float
    _state: tuple[int, int] | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, done: int, total: int) -> None:
        """Take down how far it is."""
        self._state = (done, total)
        self._changed.set()

    async def keep_showing(self) -> None:
        """Show what was noted until it is over; whatever is being sent is waited for."""
        while not self._over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), self.pause_s)
            if self._changed.is_set() and not self._over.is_set():
                self._changed.clear()
                await self._show()

    def end(self) -> None:
        """Show nothing any more."""
        self._over.set()

    async def _show(self) -> None:
        if self.message_id is None or self._state is None:
            return
        done, total = self._state
        text = self.turn.say("editing.trying_at", done=done, total=total)
        try:
            await edit(self.turn.chat, self.message_id, text, html=True)
        except TelegramError as error:
            if is_refused_token(error):
                raise
            _log.info("progress could not be shown: %s", error)


@asynccontextmanager
async def progress_line(turn: Turn, *, pause_s: float = _PAUSE_S) -> AsyncIterator[ProgressLine]:
    """Yield a line that is kept up to date meanwhile."""
    line = ProgressLine(turn, await turn.show(turn.say("editing.trying")), pause_s)
    showing = asyncio.create_task(line.keep_showing())
    try:
        yield line
    finally:
        line.end()
        await showing
