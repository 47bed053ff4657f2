"""Writes a row whether or not there is one already, in one statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that may say what becomes of rows that are there already."""
    # The same words in both languages, which SQLAlchemy knows under two names.
    is_sqlite = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


async def upsert(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    by: Sequence[str],
) -> None:
    """Write each row in the place of the one that has the same values in the columns `by`."""
    statement = insert_into(connection, table)
    changing = {name: statement.excluded[name] for name in rows[0] if name not in by}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=list(by), set_=changing), list(rows)
    )
