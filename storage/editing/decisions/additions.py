"""Keeps what editors added to the knowledge, and a number that goes up with every change of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.tables import additions, revisions
from storage.editing.values import Addition, NewAddition
from storage.upserting import insert_into

_LIVE = "live"


async def select_revision(connection: AsyncConnection) -> int:
    """Return the number of the additions as they are now; 0 before the first."""
    number = await connection.scalar(select(revisions.c.number).where(revisions.c.name == _LIVE))
    return int(number or 0)


async def select_additions(
    connection: AsyncConnection, *, decision: int | None = None
) -> tuple[Addition, ...]:
    """Return the additions in force, in the order they came; with `decision` only its own."""
    statement = (
        select(additions).where(additions.c.ended_because.is_(None)).order_by(additions.c.id)
    )
    if decision is not None:
        statement = statement.where(additions.c.decision == decision)
    return tuple(Addition(**row) for row in (await connection.execute(statement)).mappings())


async def insert_additions(
    connection: AsyncConnection, decision: int, added: Sequence[NewAddition], *, at: datetime
) -> None:
    """Put additions into force."""
    if not added:
        return
    rows = [
        {
            "decision": decision,
            "kind": one.kind,
            "target": one.target,
            "language": one.language,
            "content": one.content,
            "added_at": at,
        }
        for one in added
    ]
    await connection.execute(insert(additions), rows)
    await _count_up(connection)


async def end_additions(connection: AsyncConnection, ids: Sequence[int], *, because: str) -> int:
    """Return how many of the additions were in force; they no longer are."""
    if not ids:
        return 0
    ended = await connection.execute(
        update(additions)
        .where(additions.c.id.in_(ids), additions.c.ended_because.is_(None))
        .values(ended_because=because)
    )
    if ended.rowcount:
        await _count_up(connection)
    return ended.rowcount


async def _count_up(connection: AsyncConnection) -> None:
    await connection.execute(
        insert_into(connection, revisions)
        .values(name=_LIVE, number=1)
        .on_conflict_do_update(index_elements=["name"], set_={"number": revisions.c.number + 1})
    )
