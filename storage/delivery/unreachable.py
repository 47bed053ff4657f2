"""Marks who takes no messages any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import in_utc, unreachable
from storage.upserting import insert_into


async def insert_unreachable(connection: AsyncConnection, who: str, since: datetime) -> None:
    """Mark somebody; an earlier mark stays as it is."""
    await connection.execute(
        insert_into(connection, unreachable)
        .values(who=who, since=in_utc(since))
        .on_conflict_do_nothing()
    )


async def delete_unreachable(connection: AsyncConnection, who: Sequence[str]) -> None:
    """Take marks away."""
    await connection.execute(delete(unreachable).where(unreachable.c.who.in_(who)))


async def select_unreachable(connection: AsyncConnection) -> frozenset[str]:
    """Return everybody who is marked."""
    return frozenset((await connection.scalars(select(unreachable.c.who))).all())
