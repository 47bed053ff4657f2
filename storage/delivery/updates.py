"""Writes down which updates were begun and which are handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import delete, func, null, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from storage.delivery.values import Begun
from storage.tables import in_utc, questions, updates
from storage.upserting import insert_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """That an update was begun, or handled."""

    update_id: int
    at: datetime
    is_handled: bool


async def write_steps(connection: AsyncConnection, steps: Sequence[Step]) -> list[Begun]:
    """Return how the update of each step stands now; a beginning counts its tries up."""
    rows: dict[int, dict[str, object]] = {}
    # What is handled comes last, should an update stand there twice.
    for step in sorted(steps, key=lambda one: one.is_handled):
        rows[step.update_id] = {
            "update_id": step.update_id,
            "begun_at": in_utc(step.at),
            "tries": 0 if step.is_handled else 1,
            "handled_at": in_utc(step.at) if step.is_handled else None,
        }
    writing = _writing(connection.dialect.name)
    found = {
        update_id: Begun(tries=tries, is_handled=handled_at is not None)
        for update_id, tries, handled_at in await connection.execute(writing, list(rows.values()))
    }
    return [found[step.update_id] for step in steps]


@cache
def _writing(dialect: str) -> ReturningInsert[Any]:
    # One statement for both, since each takes its time whatever it writes.
    statement = insert_for(dialect, updates)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[updates.c.update_id],
        set_={
            "tries": updates.c.tries + new.tries,
            "handled_at": func.coalesce(new.handled_at, updates.c.handled_at),
        },
    ).returning(updates.c.update_id, updates.c.tries, updates.c.handled_at)


async def forget_updates(connection: AsyncConnection, before: datetime) -> None:
    """Forget the numbers of older updates: Telegram gives them out again some day."""
    await connection.execute(delete(updates).where(updates.c.begun_at < in_utc(before)))
    await connection.execute(
        update(questions)
        .where(questions.c.update_id.is_not(None), questions.c.asked_at < in_utc(before))
        .values(update_id=null())
    )
