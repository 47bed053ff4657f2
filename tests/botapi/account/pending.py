"""Updates that wait for the bot: kept until they are confirmed, as Telegram does."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.botapi.account.messages import RefusedError
from tests.botapi.trouble.faults import OTHER_POLLER

_MOST_AT_ONCE = 100
# These come only to those who ask for them by name.
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update, as the bytes that are sent; `queue` keeps its order to others of that queue."""

    update_id: int
    queue: tuple[str, Any]
    body: bytes


class Pending:
    """The updates of a bot, the oldest first.

    `offsets` are those of getUpdates, `confirmed` the ids that the bot has confirmed in any way.
    """

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.confirmed: list[int] = []
        self.changed = asyncio.Condition()
        self._waiting: list[Waiting] = []
        self._allowed: list[str] = []
        self._poll: asyncio.Future[Any] | None = None

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        return tuple(self._waiting)

    async def put(self, update: Mapping[str, Any], *, even_if_unwanted: bool = False) -> None:
        """Let an update wait; kinds that the bot did not ask for never come."""
        kinds = update.keys() - {"update_id"}
        if even_if_unwanted or all(map(self._wants, kinds)):
            body = json.dumps(update).encode()
            await self.put_body(body, update["update_id"], queue=_queue_of(update))

    async def put_body(
        self, body: bytes, update_id: int, *, queue: tuple[str, Any] = ("other", 0)
    ) -> None:
        """Let an update wait whose bytes are sent as they are."""
        async with self.changed:
            self._waiting.append(Waiting(update_id, queue, body))
            self.changed.notify_all()

    def allow(self, values: Mapping[str, Any]) -> None:
        """Note which kinds of updates the bot wants from now on."""
        if "allowed_updates" in values:
            self._allowed = list(values["allowed_updates"])

    async def confirm(self, *update_ids: int) -> None:
        """Forget updates that the bot has."""
        async with self.changed:
            gone = [one.update_id for one in self._waiting if one.update_id in update_ids]
            self._waiting = [one for one in self._waiting if one.update_id not in update_ids]
            self.confirmed += gone
            self.changed.notify_all()

    async def drop_all(self) -> None:
        """Forget all updates, as the bot asked for it."""
        async with self.changed:
            self._waiting.clear()
            self.changed.notify_all()

    def end_poll(self, error: RefusedError) -> None:
        """Refuse the getUpdates that waits, if there is one."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(error)

    async def get(self, values: Mapping[str, Any]) -> list[Waiting]:
        """Return updates from the offset on, once there are some or the time is over.

        Those before the offset are confirmed. Whoever asked before and still waits is refused.
        """
        self.end_poll(RefusedError(OTHER_POLLER))
        self.allow(values)
        offset = int(values.get("offset", 0))
        self.offsets.append(offset)
        await self._confirm_before(offset)
        limit = max(1, min(_MOST_AT_ONCE, int(values.get("limit", _MOST_AT_ONCE))))
        if not self._waiting:
            await self._wait(float(values.get("timeout", 0)))
        return self._waiting[:limit]

    async def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            await self.confirm(*(one.update_id for one in self._waiting[:offset]))
        else:
            await self.confirm(*(one.update_id for one in self._waiting if one.update_id < offset))

    async def _wait(self, timeout_s: float) -> None:
        async def arrive() -> None:
            async with self.changed:
                await self.changed.wait_for(lambda: self._waiting)

        poll: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._poll = poll
        arriving = asyncio.create_task(arrive())
        try:
            await asyncio.wait(
                {arriving, poll}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            arriving.cancel()
            if self._poll is poll:
                self._poll = None
        if poll.done():
            poll.result()

    def _wants(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in _ON_REQUEST


def _queue_of(update: Mapping[str, Any]) -> tuple[str, Any]:
    """Return what must stay in order: messages of a chat, presses and queries of a person."""
    for kind, content in update.items():
        if isinstance(content, Mapping) and "chat" in content:
            return "chat", content["chat"]["id"]
        if isinstance(content, Mapping) and "from" in content:
            return kind, content["from"]["id"]
    return "other", update["update_id"]
