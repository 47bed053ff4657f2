"""Writes decisions down, each with all it changes or not at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.tables import decisions
from storage.editing.values import Line


async def write_line(
    connection: AsyncConnection,
    *,
    at: datetime,
    editor: int | None,
    action: str,
    gap: str | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    undoes: int | None = None,
) -> int:
    """Return the number of the line that now stands in the journal."""
    statement = insert(decisions).returning(decisions.c.id)
    number: int = (
        await connection.scalars(
            statement.values(
                at=at,
                editor=editor,
                action=action,
                gap=gap,
                before=dict(before),
                after=dict(after),
                undoes=undoes,
            )
        )
    ).one()
    if undoes is not None:
        await connection.execute(
            update(decisions).where(decisions.c.id == undoes).values(undone_by=number)
        )
    return number


async def select_lines(
    connection: AsyncConnection, *, gap: str | None, limit: int, before: int | None
) -> tuple[Line, ...]:
    """Return lines of the journal, the newest first, those before the number `before`."""
    statement = select(decisions).order_by(decisions.c.id.desc()).limit(max(limit, 0))
    if gap is not None:
        statement = statement.where(decisions.c.gap == gap)
    if before is not None:
        statement = statement.where(decisions.c.id < before)
    return tuple(Line(**row) for row in (await connection.execute(statement)).mappings())


async def select_line(connection: AsyncConnection, number: int) -> Line | None:
    """Return one line of the journal."""
    found = await connection.execute(select(decisions).where(decisions.c.id == number))
    row = found.mappings().first()
    return Line(**row) if row else None
