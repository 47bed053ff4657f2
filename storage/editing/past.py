"""Reads what was asked before, so that a decision can be tried on it."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.values import PastQuestion
from storage.tables import questions


async def count_past(connection: AsyncConnection) -> int:
    """Return how many wordings were asked whose text is still there."""
    known = select(func.count(questions.c.gap_id.distinct())).where(questions.c.text != "")
    return (await connection.scalars(known)).one()


async def select_past(connection: AsyncConnection, *, limit: int) -> tuple[PastQuestion, ...]:
    """Return what was asked, each wording once, the newest first."""
    grouped = (
        select(func.max(questions.c.id).label("newest"), func.count().label("times"))
        .where(questions.c.gap_id.is_not(None))
        .group_by(questions.c.gap_id)
        .subquery()
    )
    rows = await connection.execute(
        select(questions.c.text, questions.c.language, grouped.c.times)
        .select_from(grouped.join(questions, questions.c.id == grouped.c.newest))
        .where(questions.c.text != "")
        .order_by(grouped.c.newest.desc())
        .limit(limit)
    )
    return tuple(
        PastQuestion(text=row.text, language=row.language, times=row.times) for row in rows
    )
