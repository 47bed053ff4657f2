"""Writes a row whether or not there is one already, in one statement.

Building such a statement costs as much as running it, so each is built once and kept.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = sqlite.Insert | postgresql.Insert


def insert_into(connection: AsyncConnection, table: Table) -> Insert:
    """Return an INSERT that may say what becomes of rows that are there already."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Insert:
    """Return the same by the name of a database, for a statement that is kept."""
    # The same words in both languages, which SQLAlchemy knows under two names.
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


async def upsert(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    by: Sequence[str],
) -> None:
    """Write each row in the place of the one that has the same values in the columns `by`."""
    statement = _put_in_place(connection.dialect.name, table, tuple(rows[0]), tuple(by))
    await connection.execute(statement, list(rows))


@cache
def _put_in_place(
    dialect: str, table: Table, columns: tuple[str, ...], by: tuple[str, ...]
) -> Insert:
    statement = insert_for(dialect, table)
    changing = {name: statement.excluded[name] for name in columns if name not in by}
    return statement.on_conflict_do_update(index_elements=by, set_=changing)
