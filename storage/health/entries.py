"""Counts which entries are asked for, and what people found useful."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.health.values import AskedEntry, RatedEntry
from storage.people.tables import feedback
from storage.tables import in_utc, questions

# What was picked, else what was answered; the entry of an offer is none that anybody got.
_GOT = case(
    (questions.c.chosen.is_not(None), questions.c.chosen),
    (questions.c.outcome == "answered", questions.c.entry),
)


async def count_asked(
    connection: AsyncConnection,
    *,
    since: datetime,
    limit: int | None = None,
    entries: Sequence[str] | None = None,
) -> tuple[AskedEntry, ...]:
    """Return how often entries were asked for since that moment, the most frequent first.

    Ties break by how many people asked, then by the entry. `limit` takes the first so many,
    `entries` only these.
    """
    # Grouped by its name: written out again, it might be another expression to PostgreSQL.
    got = _GOT.label("got")
    times = func.count().label("times")
    nobody = func.max(case((questions.c.asker.is_(None), 1), else_=0))
    people = (func.count(questions.c.asker.distinct()) + nobody).label("people")
    statement = (
        select(got, times, people)
        .where(questions.c.asked_at >= in_utc(since), _GOT.is_not(None))
        .group_by("got")
        .order_by(times.desc(), people.desc(), "got")
        .limit(limit)
    )
    if entries is not None:
        statement = statement.where(_GOT.in_(entries))
    return tuple(
        AskedEntry(entry=row.got, count=row.times, people=row.people)
        for row in await connection.execute(statement)
    )


async def count_verdicts(connection: AsyncConnection, *, since: datetime) -> tuple[RatedEntry, ...]:
    """Return what was thought of each entry in each version since that moment.

    Entries in alphabetical order, of each the version first that was rated last.
    """
    last = func.max(feedback.c.given_at).label("last")
    by = (feedback.c.entry, feedback.c.knowledge_version)
    up = func.sum(case((feedback.c.verdict == "up", 1), else_=0)).label("up")
    down = func.sum(case((feedback.c.verdict == "down", 1), else_=0)).label("down")
    statement = (
        select(*by, up, down, last)
        .where(feedback.c.given_at >= in_utc(since))
        .group_by(*by)
        .order_by(feedback.c.entry, last.desc(), feedback.c.knowledge_version)
    )
    return tuple(
        RatedEntry(
            entry=row.entry,
            knowledge_version=row.knowledge_version,
            up=row.up,
            down=row.down,
            last=row.last,
        )
        for row in await connection.execute(statement)
    )
