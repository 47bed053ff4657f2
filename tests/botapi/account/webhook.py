"""Brings updates to the bot's own server, as Telegram does it.

Chats side by side, the updates of one chat in order: the next one goes when the bot has answered
2xx to the one before. A failed one is tried again at once, then after growing pauses.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import aiohttp

from tests.botapi.account.messages import RefusedError
from tests.botapi.account.pending import Pending, Waiting
from tests.botapi.trouble.faults import WEBHOOK_TAKES_OVER

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_TIMEOUT_S = 60
_MOST_PAUSES = 8


class Webhook:
    """The webhook of a bot; without a `url` there is none.

    `pause_s` is the first pause after a failure (on Telegram two seconds), `tries` are the
    deliveries as (update id, status), with status 0 where there was no answer.
    """

    def __init__(self, pending: Pending) -> None:
        self.url = ""
        self.pause_s = 0.05
        self.tries: list[tuple[int, int]] = []
        self._secret = ""
        self._most_connections = 40
        self._pending = pending
        self._error: dict[str, Any] = {}
        self._work: asyncio.Task[None] | None = None

    async def point_to(self, values: Mapping[str, Any]) -> bool:
        """Bring updates to a new address from now on."""
        url = str(values.get("url", ""))
        if url and not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise RefusedError("bad webhook: an HTTPS URL must be provided for webhook")
        await self.close()
        self._pending.end_poll(RefusedError(WEBHOOK_TAKES_OVER))
        self._pending.allow(values)
        if str(values.get("drop_pending_updates", "")).lower() == "true":
            await self._pending.drop_all()
        self._secret = str(values.get("secret_token", ""))
        self._most_connections = int(values.get("max_connections", 40))
        self._error = {}
        self.url = url
        if url:
            self._work = asyncio.create_task(self._deliver_all())
        return True

    async def close(self) -> None:
        """Bring nothing any more."""
        self.url = ""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
            self._work = None

    def describe(self) -> dict[str, Any]:
        """Return what getWebhookInfo answers."""
        return {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._pending.waiting),
            **({"max_connections": self._most_connections} if self.url else {}),
            **self._error,
        }

    async def _deliver_all(self) -> None:
        free = asyncio.Semaphore(self._most_connections)
        busy: set[Any] = set()
        connector = aiohttp.TCPConnector(limit=self._most_connections)
        timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout) as session,
            asyncio.TaskGroup() as group,
        ):
            while True:
                for first in self._heads():
                    if first.queue not in busy:
                        busy.add(first.queue)
                        group.create_task(self._deliver(session, free, first, busy))
                async with self._pending.changed:
                    await self._pending.changed.wait_for(
                        lambda: any(one.queue not in busy for one in self._pending.waiting)
                    )

    def _heads(self) -> list[Waiting]:
        """Return the oldest update of each queue."""
        heads: dict[Any, Waiting] = {}
        for one in self._pending.waiting:
            heads.setdefault(one.queue, one)
        return list(heads.values())

    async def _deliver(
        self,
        session: aiohttp.ClientSession,
        free: asyncio.Semaphore,
        update: Waiting,
        busy: set[Any],
    ) -> None:
        failures = 0
        while True:
            async with free:
                status, retry_after_s = await self._post(session, update)
            if 200 <= status < 300:
                break
            self._note_failure(status)
            # Telegram tries again at once, then after 2 seconds, 4, 8, ...
            doubled = self.pause_s * 2 ** min(failures - 1, _MOST_PAUSES)
            await asyncio.sleep(retry_after_s or (doubled if failures else 0))
            failures += 1
        await self._pending.confirm(update.update_id)
        async with self._pending.changed:
            busy.discard(update.queue)
            self._pending.changed.notify_all()

    async def _post(self, session: aiohttp.ClientSession, update: Waiting) -> tuple[int, float]:
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[_SECRET_HEADER] = self._secret
        try:
            async with session.post(self.url, data=update.body, headers=headers) as response:
                await response.read()
                status, retry_after_s = response.status, response.headers.get("Retry-After", "0")
        except (aiohttp.ClientError, OSError, TimeoutError):
            status, retry_after_s = 0, "0"
        async with self._pending.changed:
            self.tries.append((update.update_id, status))
            self._pending.changed.notify_all()
        return status, float(retry_after_s) if retry_after_s.isdigit() else 0

    def _note_failure(self, status: int) -> None:
        reason = f"Wrong response from the webhook: {status}" if status else "Connection refused"
        self._error = {"last_error_date": int(time.time()), "last_error_message": reason}
