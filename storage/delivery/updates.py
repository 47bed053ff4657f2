"""Writes down which updates were begun and which are handled."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, null, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.delivery.values import Begun
from storage.tables import in_utc, questions, updates
from storage.upserting import insert_into


async def begin_updates(
    connection: AsyncConnection, begun: Sequence[tuple[int, datetime]]
) -> list[Begun]:
    """Return how each update stands, its tries counted up."""
    rows = {
        update_id: {"update_id": update_id, "begun_at": in_utc(at), "tries": 1}
        for update_id, at in begun
    }
    statement = (
        insert_into(connection, updates)
        .on_conflict_do_update(
            index_elements=[updates.c.update_id], set_={"tries": updates.c.tries + 1}
        )
        .returning(updates.c.update_id, updates.c.tries, updates.c.handled_at)
    )
    found = {
        update_id: Begun(tries=tries, is_handled=handled_at is not None)
        for update_id, tries, handled_at in await connection.execute(statement, list(rows.values()))
    }
    return [found[update_id] for update_id, _ in begun]


async def finish_updates(
    connection: AsyncConnection, handled: Sequence[tuple[int, datetime]]
) -> list[None]:
    """Mark updates as handled."""
    at = max(moment for _, moment in handled)
    await connection.execute(
        update(updates)
        .where(updates.c.update_id.in_([update_id for update_id, _ in handled]))
        .values(handled_at=in_utc(at))
    )
    return [None] * len(handled)


async def forget_updates(connection: AsyncConnection, before: datetime) -> None:
    """Forget the numbers of older updates: Telegram gives them out again some day."""
    await connection.execute(delete(updates).where(updates.c.begun_at < in_utc(before)))
    await connection.execute(
        update(questions)
        .where(questions.c.update_id.is_not(None), questions.c.asked_at < in_utc(before))
        .values(update_id=null())
    )
