"""Counts what became of questions, period by period."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.health.values import Outcomes
from storage.tables import in_utc, questions

_IS_OPEN = questions.c.outcome.in_(("offered", "missed"))
_IS_RESOLVED = and_(_IS_OPEN, questions.c.chosen.is_not(None))
# Whoever pressed, but picked nothing, was helped by none of the choices.
_IS_MISSED = and_(
    _IS_OPEN,
    questions.c.chosen.is_(None),
    or_(questions.c.outcome == "missed", questions.c.chosen_at.is_not(None)),
)
_KINDS = {
    "answered": questions.c.outcome == "answered",
    "resolved": _IS_RESOLVED,
    "offered": and_(questions.c.outcome == "offered", questions.c.chosen_at.is_(None)),
    "missed": _IS_MISSED,
    "gated": questions.c.outcome == "gated",
}


async def count_outcomes(
    connection: AsyncConnection, edges: Sequence[datetime]
) -> tuple[Outcomes, ...]:
    """Return the counts of every period between two neighbours of `edges`, also of empty ones."""
    moments = [in_utc(edge) for edge in edges]
    if moments != sorted(set(moments)):
        raise ValueError("the edges of periods follow each other")
    if len(moments) < 2:  # noqa: PLR2004 - a period has two edges
        return ()
    asked_at = questions.c.asked_at
    # Periods are made by the caller: the databases have no calendar in common.
    period = case(
        *((asked_at < end, literal(number, Integer)) for number, end in enumerate(moments[1:]))
    ).label("period")
    counted = [func.sum(_one_if(is_it)).label(kind) for kind, is_it in _KINDS.items()]
    statement = (
        select(period, *counted)
        .where(asked_at >= moments[0], asked_at < moments[-1])
        # By its name: written out again, it would be another expression with other parameters.
        .group_by("period")
    )
    found = {row["period"]: row for row in (await connection.execute(statement)).mappings()}
    return tuple(
        Outcomes(since=since, **{kind: found[number][kind] for kind in _KINDS})
        if number in found
        else Outcomes(since=since)
        for number, since in enumerate(moments[:-1])
    )


def _one_if(is_it: ColumnElement[bool]) -> ColumnElement[int]:
    return case((is_it, literal(1, Integer)), else_=literal(0, Integer))
