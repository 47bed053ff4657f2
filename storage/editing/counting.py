"""Counts gaps from their questions, and lets wordings go whose texts are forgotten."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, case, delete, func, or_, select, update
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
    named = [one for one in set(ids) if one]
    roots = await connection.scalars(select(ROOT).where(gaps.c.id.in_(named)).distinct())
    for root in sorted(roots.all()):
        await _recount(connection, root)


async def _recount(connection: AsyncConnection, root: str) -> None:
    own = questions.c.gathered.in_(members_of(root))
    counts = await connection.execute(
        select(
            func.count().label("times"),
            PEOPLE.label("people"),
            func.min(questions.c.asked_at).label("first_at"),
            func.max(questions.c.asked_at).label("last_at"),
        ).where(own)
    )
    counted = counts.mappings().one()
    if not counted["times"]:
        is_open = gaps.c.state.in_(OPEN_STATES)
        await connection.execute(delete(gaps).where(gaps.c.id == root, is_open))
        await connection.execute(
            update(gaps).where(gaps.c.id == root).values(times=0, people=0, newest=None)
        )
        return
    spoken = await connection.scalars(select(questions.c.language).where(own).distinct())
    newest = await connection.scalar(
        select(questions.c.id)
        .where(own)
        .order_by(questions.c.asked_at.desc(), questions.c.id.desc())
        .limit(1)
    )
    await connection.execute(
        update(gaps)
        .where(gaps.c.id == root)
        .values(**dict(counted), languages=sorted(spoken.all()), newest=newest)
    )


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
