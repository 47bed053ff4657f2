"""Looks now and then whether the editors' chat is to be told something, and tells it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.assistant import Assistant
from bot.health.measuring import measure_health
from bot.health.periods import CHINA
from bot.settings import Settings
from bot.telegram.editing.notices.writing import open_button, write_alert, write_both_digests
from bot.telegram.editing.turn import Row
from bot.telegram.post.bot import VocedBot
from bot.telegram.post.refusals import is_refused_token
from bot.telegram.sending import post_to
from storage import StorageError
from storage.editing import OPEN_STATES

_log = logging.getLogger(__name__)
MANY_PEOPLE = 3
DAYS_OF = {"daily": 1, "weekly": 7}
# The alert comes while it matters; looking costs one indexed read.
_LOOK_AGAIN_S = 20.0
# A chat that takes no messages now may do so in an hour.
_AFTER_REFUSAL_S = 3600.0
# A digest comes in the morning of those who ask.
_DIGEST_HOUR = 9
_GAPS_NAMED = 10
# Longer than a message is in hand before it has gone out or waits in the outbox.
_LOST_AFTER = timedelta(minutes=5)


class Notices:
    """Tells one chat; what is told is claimed in the database first, so that nobody doubles it.

    What is claimed and not known to be sent after a while was in hand when a process died, and is
    told by whoever notices: better twice, then, than not at all.
    """

    def __init__(
        self,
        bot: VocedBot,
        assistant: Assistant,
        chat_id: int,
        *,
        days: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Tell `chat_id`; a digest is about as many days as lie between two of them."""
        self._bot = bot
        self._assistant = assistant
        self._access = assistant.recorder.access
        self._chat_id = chat_id
        self._days = days
        self._now = now
        # The digest that needs no more thought.
        self._over = ""

    async def look(self) -> bool:
        """Tell what is to be told; return whether the chat took it.

        Raises:
            StorageError: The database is in trouble.
        """
        return await self._alert() and await self._send_digest()

    async def watch(self, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Look again and again, until cancelled."""
        while True:
            pause_s = _LOOK_AGAIN_S
            try:
                if not await self.look():
                    pause_s = _AFTER_REFUSAL_S
            except StorageError:
                # Noted by the access already.
                pass
            except Exception:  # noqa: BLE001 - nobody is kept from being answered
                _log.exception("the editors' chat can't be told")
            await sleep(pause_s)

    async def _alert(self) -> bool:
        """Tell of gaps that so many people share, once each."""
        loud = await self._access.use(lambda store: store.editing.list_loud(people=MANY_PEOPLE))
        for gap in loud:
            key, text = f"gap:{gap.id}", write_alert(gap, self._assistant)
            rows = [open_button(gap, self._assistant, self._bot.username)]
            if await self._claim(key) and not await self._tell(key, text, rows, html=True):
                return False
        return True

    async def _send_digest(self) -> bool:
        """Tell what needs eyes, once a period; a quiet period is over without a word."""
        here = self._now().astimezone(CHINA)
        if here.hour < _DIGEST_HOUR:
            return True
        # Periods are counted from a Monday, so that a weekly digest comes on Mondays.
        period = (here.date().toordinal() - 1) // self._days
        key = f"digest:{self._days}:{period}"
        if self._over == key:
            return True
        if await self._claim(key):
            try:
                text = await self._write_digest()
            except StorageError:
                await self._release(key)
                raise
            if text is None:
                await self._settle(key)
            elif not await self._tell(key, text):
                return False
        elif not await self._is_sent(key):
            # Another process has it in hand; should that one die, it is told from here.
            return True
        self._over = key
        return True

    async def _write_digest(self) -> str | None:
        now, knowledge = self._now(), self._assistant.knowledge
        health = await self._access.use(
            lambda store: measure_health(store.health, knowledge, now=now, days=self._days)
        )
        gaps = await self._access.use(lambda store: store.editing.list_gaps(limit=_GAPS_NAMED))
        counts = await self._access.use(lambda store: store.editing.count_gaps())
        waiting = sum(counts.get(state, 0) for state in OPEN_STATES)
        since = now - timedelta(days=self._days)
        unsure = await self._access.use(
            lambda store: store.editing.list_unsure(since=since, limit=_GAPS_NAMED)
        )
        return write_both_digests(health, gaps, self._assistant, waiting=waiting, unsure=unsure)

    async def _tell(
        self, key: str, text: str, rows: Sequence[Row] = (), *, html: bool = False
    ) -> bool:
        """Return whether the chat took what was claimed; else it is claimed no more."""
        buttons = InlineKeyboardMarkup(rows) if rows else None
        try:
            await post_to(self._bot, self._chat_id, text, html=html, buttons=buttons)
        except TelegramError as error:
            await self._release(key)
            if is_refused_token(error):
                raise
            _log.warning("VOCED_EDITORS_CHAT takes no messages: %s", error)
            return False
        await self._settle(key)
        return True

    async def _settle(self, key: str) -> None:
        await self._access.use(lambda store: store.editing.settle_notice(key, at=self._now()))

    async def _is_sent(self, key: str) -> bool:
        return await self._access.use(lambda store: store.editing.is_notice_sent(key))

    async def _release(self, key: str) -> None:
        await self._access.use(lambda store: store.editing.release_notice(key))

    async def _claim(self, key: str) -> bool:
        now = self._now()
        return await self._access.use(
            lambda store: store.editing.claim_notice(key, at=now, lost_before=now - _LOST_AFTER)
        )


@asynccontextmanager
async def keep_informed(
    bot: VocedBot, assistant: Assistant, *, settings: Settings
) -> AsyncIterator[None]:
    """Tell the editors' chat what it should know while inside; without one, nobody is told."""
    if settings.editors_chat is None:
        yield
        return
    days = DAYS_OF[settings.digest]
    notices = Notices(bot, assistant, settings.editors_chat, days=days)
    watching = asyncio.create_task(notices.watch())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
