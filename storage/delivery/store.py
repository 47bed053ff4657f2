"""What can be asked of the memory of delivery."""

from dataclasses import dataclass
from datetime import datetime

from storage.delivery.dead_letters import (
    delete_letter,
    delete_old_letters,
    select_letter,
    select_letters,
    write_letter,
)
from storage.delivery.outbox import (
    count_by_chat,
    delete_old_replies,
    delete_reply,
    insert_replies,
    lease_due,
    postpone,
    select_next_due,
)
from storage.delivery.unreachable import (
    delete_unreachable,
    insert_unreachable,
    select_unreachable,
)
from storage.delivery.updates import Step, forget_updates, write_steps
from storage.delivery.values import Begun, DeadLetter, WaitingReply
from storage.engine import Database
from storage.together import Together, Work

_STEP = Work("mark updates", write_steps)
_KEEP = Work("keep replies", insert_replies)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """How much was given up because it had waited too long."""

    replies: int
    letters: int


class DeliveryStore:
    """Updates in hand, replies that wait, updates that could not be handled, closed chats.

    Every method raises `StorageError` when the database fails or the store is closed.
    """

    def __init__(self, database: Database, together: Together) -> None:
        self._database = database
        self._together = together

    # -- updates

    async def begin(self, update_id: int, *, at: datetime) -> Begun:
        """Return how an update stands that was delivered now, its tries counted up."""
        return await self._together.write(_STEP, Step(update_id=update_id, at=at, is_handled=False))

    async def finish(self, update_id: int, *, at: datetime) -> None:
        """Mark an update as handled, so that it is skipped when it comes again."""
        await self._together.write(_STEP, Step(update_id=update_id, at=at, is_handled=True))

    # -- replies that wait

    async def keep_reply(self, reply: WaitingReply) -> int:
        """Return the id under which the reply now waits."""
        return await self._together.write(_KEEP, reply)

    async def lease_due(
        self, *, now: datetime, until: datetime, limit: int
    ) -> tuple[WaitingReply, ...]:
        """Return replies that are due, only the first of each chat; nobody else gets them.

        Who dies with one in hand loses nothing: after `until` it is due again.
        """
        async with self._database.write("take replies") as connection:
            return await lease_due(connection, now=now, until=until, limit=limit)

    async def postpone(self, reply_id: int, *, due_at: datetime) -> None:
        """Let a reply wait longer."""
        async with self._database.write("postpone a reply") as connection:
            await postpone(connection, reply_id, due_at)

    async def drop_reply(self, reply_id: int) -> None:
        """Take a reply out that was sent, or never can be."""
        async with self._database.write("take a reply out") as connection:
            await delete_reply(connection, reply_id)

    async def next_due(self) -> datetime | None:
        """Return when the next reply is due, `None` when none waits."""
        async with self._database.read("look into the outbox") as connection:
            return await select_next_due(connection)

    async def count_waiting(self) -> dict[int, int]:
        """Return how many replies wait for each chat."""
        async with self._database.read("look into the outbox") as connection:
            return await count_by_chat(connection)

    # -- dead letters

    async def bury(self, letter: DeadLetter) -> None:
        """Keep an update that could not be handled."""
        async with self._database.write("keep a dead letter") as connection:
            await write_letter(connection, letter)

    async def list_letters(self, *, limit: int) -> tuple[DeadLetter, ...]:
        """Return dead letters, the oldest first."""
        async with self._database.read("list dead letters") as connection:
            return await select_letters(connection, limit=limit)

    async def show_letter(self, letter_id: int) -> DeadLetter | None:
        """Return one dead letter."""
        async with self._database.read("show a dead letter") as connection:
            return await select_letter(connection, letter_id)

    async def drop_letter(self, letter_id: int) -> bool:
        """Return whether there was such a letter; it is gone."""
        async with self._database.write("drop a dead letter") as connection:
            return await delete_letter(connection, letter_id)

    # -- closed chats

    async def mark_unreachable(self, who: str, *, since: datetime) -> None:
        """Note that `who`, a keyed hash, takes no messages any more."""
        async with self._database.write("mark a closed chat") as connection:
            await insert_unreachable(connection, who, since)

    async def mark_reachable(self, *who: str) -> None:
        """Note that they take messages again."""
        async with self._database.write("mark an open chat") as connection:
            await delete_unreachable(connection, who)

    async def list_unreachable(self) -> frozenset[str]:
        """Return who takes no messages any more."""
        async with self._database.read("list closed chats") as connection:
            return await select_unreachable(connection)

    # -- sweeping

    async def sweep(self, *, updates_before: datetime, others_before: datetime) -> GivenUp:
        """Forget what is over: numbers of updates, and whatever waited in vain for too long."""
        async with self._database.write("sweep what is over") as connection:
            await forget_updates(connection, updates_before)
            return GivenUp(
                replies=await delete_old_replies(connection, others_before),
                letters=await delete_old_letters(connection, others_before),
            )
