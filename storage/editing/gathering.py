"""Puts questions into gaps, once each, however many processes gather."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, insert, null, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.counting import ROOT, refresh
from storage.editing.decisions.journal import write_line
from storage.editing.tables import gaps, wordings
from storage.editing.values import KnownWording, Placement, Ungathered
from storage.tables import questions

# Other processes answer with the old knowledge for some seconds after a decision.
_GRACE = timedelta(minutes=1)
_LOCK_KEY = 0x766F63656402  # "voced", and a number
_UNGATHERED = (questions.c.gap.is_not(None), questions.c.gathered.is_(None))


async def select_ungathered(connection: AsyncConnection, *, limit: int) -> tuple[Ungathered, ...]:
    """Return questions before editors that belong to no gap yet, the oldest first."""
    rows = await connection.execute(
        select(questions.c.id, questions.c.gap_id, questions.c.normalised, questions.c.asked_at)
        .where(*_UNGATHERED, questions.c.gap_id.is_not(None))
        .order_by(questions.c.id)
        .limit(limit)
    )
    return tuple(
        Ungathered(
            question=row.id,
            wording=row.gap_id,
            normalised=row.normalised,
            asked_at=row.asked_at,
        )
        for row in rows
    )


async def select_gaps_of(connection: AsyncConnection, found: Sequence[str]) -> dict[str, str]:
    """Return the gap of each of these wordings that is in one."""
    rows = await connection.execute(
        select(wordings.c.wording, wordings.c.gap).where(wordings.c.wording.in_(set(found)))
    )
    gaps_of: dict[str, str] = dict(rows.all())
    return gaps_of


async def select_known(
    connection: AsyncConnection, *, after: int, limit: int
) -> tuple[KnownWording, ...]:
    """Return wordings that belong to gaps, those that came after the one with the id `after`."""
    return await _select_known(connection, wordings.c.id > after, limit=limit)


async def select_known_by_ids(
    connection: AsyncConnection, ids: Sequence[int]
) -> tuple[KnownWording, ...]:
    """Return these wordings, as far as they are still there, with the gaps they belong to now."""
    return await _select_known(connection, wordings.c.id.in_(ids), limit=len(ids))


async def _select_known(
    connection: AsyncConnection, where: object, *, limit: int
) -> tuple[KnownWording, ...]:
    normalised = (
        select(questions.c.normalised)
        .where(questions.c.gap_id == wordings.c.wording, questions.c.gap.is_not(None))
        .limit(1)
        .scalar_subquery()
    )
    rows = await connection.execute(
        select(wordings.c.id, wordings.c.gap, normalised.label("normalised"))
        .where(where)  # type: ignore[arg-type]
        .order_by(wordings.c.id)
        .limit(limit)
    )
    return tuple(
        KnownWording(id=row.id, gap=row.gap, normalised=row.normalised or "") for row in rows
    )


async def place(
    connection: AsyncConnection, placements: Sequence[Placement], *, seen: int, now: datetime
) -> bool:
    """Return whether the questions were put where they belong.

    They are not if there are wordings past the one with the id `seen`: others may have opened the
    very gap meanwhile.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=_LOCK_KEY)
        )
    newest = await connection.scalar(select(func.max(wordings.c.id)))
    if (newest or 0) > seen:
        return False
    known: dict[str, str] = {}
    touched: set[str] = set()
    for one in placements:
        touched |= await _place_one(connection, one, known, now)
    await refresh(connection, touched)
    return True


async def _place_one(
    connection: AsyncConnection, placement: Placement, known: dict[str, str], now: datetime
) -> set[str]:
    question = placement.question
    own = questions.c.id == question.question
    if placement.is_noise:
        await connection.execute(update(questions).where(own).values(gap=null()))
        return set()
    gap = known.get(question.wording) or await connection.scalar(
        select(wordings.c.gap).where(wordings.c.wording == question.wording)
    )
    if gap is None:
        near = known.get(placement.like) if placement.like is not None else None
        gap = placement.gap or near or await _open(connection, question.asked_at)
        await connection.execute(insert(wordings).values(wording=question.wording, gap=gap))
    known[question.wording] = gap
    await connection.execute(update(questions).where(own, *_UNGATHERED).values(gathered=gap))
    await _reopen(connection, gap, asked_at=question.asked_at, now=now)
    return {gap}


async def _open(connection: AsyncConnection, at: datetime) -> str:
    """Return the id of a new gap; it tells nothing of what was asked."""
    while True:
        gap = f"g{secrets.token_hex(4)}"
        if not await connection.scalar(select(func.count()).where(gaps.c.id == gap)):
            break
    await connection.execute(
        insert(gaps).values(
            id=gap,
            state="open",
            version=1,
            times=0,
            people=0,
            languages=[],
            first_at=at,
            last_at=at,
        )
    )
    return gap


async def _reopen(
    connection: AsyncConnection, gap: str, *, asked_at: datetime, now: datetime
) -> None:
    """Open an answered gap again that somebody missed after all."""
    row = (
        await connection.execute(
            select(gaps).where(gaps.c.id == select(ROOT).where(gaps.c.id == gap).scalar_subquery())
        )
    ).one()
    if row.state != "answered" or row.decided_at is None or asked_at < row.decided_at + _GRACE:
        return
    state = "open" if row.assignee is None else "assigned"
    await connection.execute(
        update(gaps).where(gaps.c.id == row.id).values(state=state, version=row.version + 1)
    )
    await write_line(
        connection,
        at=now,
        editor=None,
        action="missed_again",
        gap=row.id,
        before={row.id: {"state": row.state}},
        after={row.id: {"state": state}},
    )
