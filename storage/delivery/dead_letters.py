"""Keeps updates that could not be handled, for editors to see and replay."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.delivery.values import DeadLetter
from storage.tables import dead_letters, in_utc
from storage.upserting import insert_into


async def write_letter(connection: AsyncConnection, letter: DeadLetter) -> None:
    """Keep a letter, in the place of an earlier one of the same update."""
    row: dict[str, Any] = {
        "kind": letter.kind,
        "payload": dict(letter.payload),
        "error": letter.error,
        "tries": letter.tries,
        "failed_at": letter.failed_at,
    }
    await connection.execute(
        insert_into(connection, dead_letters)
        .values(update_id=letter.update_id, **row)
        .on_conflict_do_update(index_elements=[dead_letters.c.update_id], set_=row)
    )


async def select_letters(connection: AsyncConnection, *, limit: int) -> tuple[DeadLetter, ...]:
    """Return the oldest letters."""
    return await _read(connection, select(dead_letters).order_by(dead_letters.c.id).limit(limit))


async def select_letter(connection: AsyncConnection, letter_id: int) -> DeadLetter | None:
    """Return the letter of that id."""
    found = await _read(connection, select(dead_letters).where(dead_letters.c.id == letter_id))
    return next(iter(found), None)


async def delete_letter(connection: AsyncConnection, letter_id: int) -> bool:
    """Return whether there was such a letter; it is gone."""
    gone = await connection.execute(delete(dead_letters).where(dead_letters.c.id == letter_id))
    return gone.rowcount == 1


async def delete_old_letters(connection: AsyncConnection, before: datetime) -> int:
    """Return how many letters were given up now."""
    old = delete(dead_letters).where(dead_letters.c.failed_at < in_utc(before))
    return (await connection.execute(old)).rowcount


async def _read(connection: AsyncConnection, statement: Select[Any]) -> tuple[DeadLetter, ...]:
    rows = (await connection.execute(statement)).mappings()
    return tuple(DeadLetter(**row) for row in rows)
