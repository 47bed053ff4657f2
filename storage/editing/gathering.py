"""Puts questions into gaps, once each, however many processes gather."""

import secrets
from collections.abc import Container, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, insert, null, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.counting import refresh
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
    noise = [one.question.question for one in placements if one.is_noise]
    await connection.execute(update(questions).where(questions.c.id.in_(noise)).values(gap=null()))
    meant = [one for one in placements if not one.is_noise]
    if meant:
        gap_of = await _find_gaps(connection, meant)
        await connection.execute(
            update(questions)
            .where(questions.c.id == bindparam("question"), *_UNGATHERED)
            .values(gathered=bindparam("into")),
            [
                {"question": one.question.question, "into": gap_of[one.question.wording]}
                for one in meant
            ],
        )
        newest = {gap_of[one.question.wording]: one.question.asked_at for one in meant}
        await _reopen(connection, newest, now=now)
        await refresh(connection, newest)
    return True


async def _find_gaps(
    connection: AsyncConnection, placements: Sequence[Placement]
) -> dict[str, str]:
    """Return the gap of every wording; new gaps are opened, and new wordings known from now on."""
    gap_of = await select_gaps_of(connection, [one.question.wording for one in placements])
    held = set(gap_of)
    opened: dict[str, datetime] = {}
    for one in placements:
        wording = one.question.wording
        if wording in gap_of:
            continue
        gap = one.gap or (gap_of.get(one.like) if one.like is not None else None)
        if gap is None:
            gap = await _name_gap(connection, opened)
            opened[gap] = one.question.asked_at
        gap_of[wording] = gap
    if opened:
        await connection.execute(insert(gaps), [_new_gap(gap, at) for gap, at in opened.items()])
    fresh = [{"wording": one, "gap": gap} for one, gap in gap_of.items() if one not in held]
    if fresh:
        await connection.execute(insert(wordings), fresh)
    return gap_of


async def _name_gap(connection: AsyncConnection, taken: Container[str]) -> str:
    """Return a new id; it tells nothing of what was asked."""
    while True:
        gap = f"g{secrets.token_hex(4)}"
        known = select(func.count()).where(gaps.c.id == gap)
        if gap not in taken and not await connection.scalar(known):
            return gap


def _new_gap(gap: str, at: datetime) -> dict[str, object]:
    counts = {"times": 0, "people": 0, "languages": []}
    return {"id": gap, "state": "open", "version": 1, **counts, "first_at": at, "last_at": at}


async def _reopen(
    connection: AsyncConnection, newest: Mapping[str, datetime], *, now: datetime
) -> None:
    """Open answered gaps again that somebody missed after all; `newest` says when, by gap."""
    members = gaps.alias("members")
    root = func.coalesce(members.c.merged_into, members.c.id)
    answered = await connection.execute(
        select(gaps, members.c.id.label("member"))
        .select_from(members.join(gaps, gaps.c.id == root))
        .where(members.c.id.in_(list(newest)), gaps.c.state == "answered")
    )
    missed = {row.id: row for row in answered if newest[row.member] >= row.decided_at + _GRACE}
    for row in missed.values():
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
