"""Writes a row whether or not there is one already, in one statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def upsert(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    by: Sequence[str],
) -> None:
    """Write each row in the place of the one that has the same values in the columns `by`."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    changing = {name: statement.excluded[name] for name in rows[0] if name not in by}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=list(by), set_=changing), list(rows)
    )
