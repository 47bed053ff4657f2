"""Fetches updates, and confirms one only when it and all before it are handled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.handling import RefusedTokenError
from bot.telegram.post.bot import VocedBot
from bot.telegram.post.refusals import is_refused_token, says, seconds_of

_log = logging.getLogger(__name__)
_LONG_POLL_S = 30.0
_MOST_FETCHED = 100
# Others should not wait for those in hand. Those come once more, which costs more the sooner it is.
_LOOK_AGAIN_S = 0.03
_PAUSE_AFTER_NONSENSE_S = 1.0
_LONGEST_PAUSE_S = 30.0
# No database holds more; Telegram's own numbers are far smaller.
_TOO_LARGE = 2**63


class Poller:
    """Receives updates by asking for them; exactly one process may do so for a token."""

    def __init__(
        self,
        bot: VocedBot,
        dispatcher: Dispatcher,
        *,
        allowed: Sequence[str],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._allowed = allowed
        self._sleep = sleep
        self._next = 0
        self._taken: dict[int, asyncio.Future[None]] = {}
        self._failures = 0

    async def listen(self) -> None:
        """Return at once: nobody calls."""

    def refuse(self) -> None:
        """Do nothing: what is not fetched is not taken."""

    async def prepare(self) -> None:
        """Take a webhook away, which keeps updates from being fetched."""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def receive(self) -> None:
        """Fetch updates and hand them out, until cancelled.

        Raises:
            RefusedTokenError: Telegram does not know the token any more.
        """
        while True:
            try:
                updates = await self._fetch(timeout_s=_LONG_POLL_S)
            except TelegramError as error:
                await self._sleep(self._explain(error))
                if _has_webhook(error):
                    await self._take_webhook_away()
                continue
            if self._failures:
                _log.info("updates can be fetched again")
                self._failures = 0
            taken = [self._take(update) for update in updates]
            if taken and not any(taken):
                # They would come again at once.
                await self._sleep(_PAUSE_AFTER_NONSENSE_S)
            await self._dispatcher.wait_for_room(
                len(updates) // 4 if updates else 0, timeout_s=_LOOK_AGAIN_S
            )

    async def finish(self) -> None:
        """Confirm what is handled, so that it does not come again after a restart."""
        if not self._next:
            return
        try:
            await self._fetch(timeout_s=0, limit=1)
        except TelegramError as error:
            _log.warning("handled updates can't be confirmed and will be skipped: %s", error)

    async def _fetch(self, *, timeout_s: float, limit: int = _MOST_FETCHED) -> list[Any]:
        return await self._bot.fetch_updates(
            offset=self._find_first_open(),
            timeout_s=timeout_s,
            limit=limit,
            allowed=self._allowed,
        )

    def _find_first_open(self) -> int:
        """Return the first update that is not handled; all before it are forgotten here."""
        still_open = (number for number, one in self._taken.items() if not _is_handled(one))
        first = min(still_open, default=self._next)
        self._taken = {number: one for number, one in self._taken.items() if number >= first}
        return first

    def _take(self, update: object) -> bool:
        """Return whether it is an update, which is then in hand or done."""
        update_id = read_update_id(update)
        if update_id is None or not isinstance(update, dict):
            _log.error("Telegram has sent something that is no update; it is left out")
            return False
        self._next = max(self._next, update_id + 1)
        # What comes again because one before it is still in hand; what failed is tried again.
        taken = self._taken.get(update_id)
        if taken is None or (taken.done() and not _is_handled(taken)):
            self._taken[update_id] = self._dispatcher.submit(update)
        return True

    def _explain(self, error: TelegramError) -> float:
        """Say what keeps updates from being fetched; return for how long to leave it."""
        if is_refused_token(error):
            raise RefusedTokenError from error
        self._failures += 1
        pause_s = min(2.0 ** (self._failures - 1), _LONGEST_PAUSE_S)
        if isinstance(error, RetryAfter):
            pause_s = seconds_of(error)
        if _has_webhook(error):
            _log.error(
                "another process with this token takes updates by webhook, and exactly one may: "
                "stop the other one; the webhook is taken away in %.0f s (%s)",
                pause_s,
                error,
            )
        elif isinstance(error, Conflict):
            _log.error(
                "another process fetches updates with this token, and exactly one may: stop the "
                "other one; trying again in %.0f s (%s)",
                pause_s,
                error,
            )
        else:
            level = logging.WARNING if isinstance(error, NetworkError) else logging.ERROR
            _log.log(level, "updates can't be fetched, trying again in %.0f s: %s", pause_s, error)
        return pause_s

    async def _take_webhook_away(self) -> None:
        try:
            await self.prepare()
        except TelegramError as error:
            _log.warning("the webhook can't be taken away: %s", error)


def _has_webhook(error: TelegramError) -> bool:
    """Return whether updates can't be fetched because they are brought to somebody."""
    return isinstance(error, Conflict) and says(error, "webhook is active")


def read_update_id(update: object) -> int | None:
    """Return the number of an update, `None` for what is none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if 0 < number < _TOO_LARGE else None


def _is_handled(taken: asyncio.Future[None]) -> bool:
    return taken.done() and not taken.cancelled() and taken.exception() is None
