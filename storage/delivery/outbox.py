"""Keeps replies that must wait, in the order in which each chat is to get them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.delivery.values import WaitingReply
from storage.tables import in_utc, outbox


async def insert_replies(connection: AsyncConnection, replies: Sequence[WaitingReply]) -> list[int]:
    """Return the ids under which the replies are kept."""
    rows = [
        {
            "chat_id": one.chat_id,
            "method": one.method,
            "payload": dict(one.payload),
            "is_answer": one.is_answer,
            "created_at": one.created_at,
            "due_at": one.due_at,
            "tries": one.tries,
        }
        for one in replies
    ]
    statement = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
    return list((await connection.scalars(statement, rows)).all())


async def lease_due(
    connection: AsyncConnection, *, now: datetime, until: datetime, limit: int
) -> tuple[WaitingReply, ...]:
    """Return the first waiting reply of every chat where it is due, taken until that moment."""
    firsts = select(func.min(outbox.c.id)).group_by(outbox.c.chat_id)
    due = (
        select(outbox)
        .where(outbox.c.id.in_(firsts), outbox.c.due_at <= in_utc(now))
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
    )
    rows = [WaitingReply(**row) for row in (await connection.execute(due)).mappings()]
    if rows:
        await connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(due_at=in_utc(until), tries=outbox.c.tries + 1)
        )
    return tuple(rows)


async def postpone(connection: AsyncConnection, reply_id: int, due_at: datetime) -> None:
    """Let a reply wait longer."""
    await connection.execute(
        update(outbox).where(outbox.c.id == reply_id).values(due_at=in_utc(due_at))
    )


async def delete_reply(connection: AsyncConnection, reply_id: int) -> None:
    """Take a reply out that was sent, or never can be."""
    await connection.execute(delete(outbox).where(outbox.c.id == reply_id))


async def delete_old_replies(connection: AsyncConnection, before: datetime) -> int:
    """Return how many replies were given up now, kept from before that moment."""
    old = delete(outbox).where(outbox.c.created_at < in_utc(before))
    return (await connection.execute(old)).rowcount


async def select_next_due(connection: AsyncConnection) -> datetime | None:
    """Return when the next reply is due."""
    due: datetime | None = await connection.scalar(select(func.min(outbox.c.due_at)))
    return due


async def count_by_chat(connection: AsyncConnection) -> dict[int, int]:
    """Return how many replies wait for each chat."""
    counted = select(outbox.c.chat_id, func.count()).group_by(outbox.c.chat_id)
    found: dict[int, int] = dict((await connection.execute(counted)).all())
    return found
