"""Counts gaps from their questions, and lets wordings go whose texts are forgotten."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.tables import gaps, wordings
from storage.editing.values import OPEN_STATES
from storage.tables import questions

# The gap that a gap stands for: itself, or what it was merged into.
ROOT: ColumnElement[str] = func.coalesce(gaps.c.merged_into, gaps.c.id)
PEOPLE: ColumnElement[int] = func.count(questions.c.asker.distinct()) + func.max(
    case((questions.c.asker.is_(None), 1), else_=0)
)
# A statement takes so many values at once.
_MOST_AT_ONCE = 500


def members_of(gap: str) -> Select[tuple[str]]:
    """Return the ids of a gap and of those that were merged into it."""
    return select(gaps.c.id).where(or_(gaps.c.id == gap, gaps.c.merged_into == gap))


async def refresh(connection: AsyncConnection, ids: Iterable[str | None]) -> None:
    """Count gaps anew, those that others were merged into with all their questions.

    One that waits for an editor and has no question left goes.
    """
    named = sorted({one for one in ids if one})
    for start in range(0, len(named), _MOST_AT_ONCE):
        some = gaps.c.id.in_(named[start : start + _MOST_AT_ONCE])
        roots = (await connection.scalars(select(ROOT).where(some).distinct())).all()
        await _recount(connection, sorted(roots))


async def _recount(connection: AsyncConnection, roots: Sequence[str]) -> None:
    # An id that grows tells the newest well enough: what waited in memory comes a little late.
    counts = await connection.execute(
        _of(roots).with_only_columns(
            ROOT.label("root"),
            func.count().label("new_times"),
            PEOPLE.label("new_people"),
            func.min(questions.c.asked_at).label("new_first_at"),
            func.max(questions.c.asked_at).label("new_last_at"),
            func.max(questions.c.id).label("new_newest"),
        )
    )
    rows = {row["root"]: dict(row) for row in counts.mappings()}
    spoken = _of(roots).with_only_columns(ROOT.label("root"), questions.c.language)
    for root, language in await connection.execute(spoken.group_by(questions.c.language)):
        rows[root].setdefault("new_languages", []).append(language)
    for row in rows.values():
        row["new_languages"].sort()
    if rows:
        counted = ("times", "people", "first_at", "last_at", "newest", "languages")
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in counted}
        statement = update(gaps).where(gaps.c.id == bindparam("root")).values(values)
        await connection.execute(statement, list(rows.values()))
    empty = gaps.c.id.in_([root for root in roots if root not in rows])
    await connection.execute(delete(gaps).where(empty, gaps.c.state.in_(OPEN_STATES)))
    await connection.execute(update(gaps).where(empty).values(times=0, people=0, newest=None))


def _of(roots: Sequence[str]) -> Select[Any]:
    """Return a query over the questions of gaps and of those merged into them, by gap."""
    members = or_(gaps.c.id.in_(roots), gaps.c.merged_into.in_(roots))
    joined = gaps.join(questions, questions.c.gathered == gaps.c.id)
    return select(ROOT).select_from(joined).where(members).group_by(ROOT)


async def forget_wordings(connection: AsyncConnection, gathered: Sequence[str | None]) -> None:
    """Drop the wordings of these gaps whose last text is forgotten, and count the gaps anew."""
    named = sorted({one for one in gathered if one})
    for start in range(0, len(named), _MOST_AT_ONCE):
        some = named[start : start + _MOST_AT_ONCE]
        kept = (
            select(questions.c.id)
            .where(questions.c.gap_id == wordings.c.wording, questions.c.gap.is_not(None))
            .exists()
        )
        await connection.execute(delete(wordings).where(wordings.c.gap.in_(some), ~kept))
        await refresh(connection, some)
