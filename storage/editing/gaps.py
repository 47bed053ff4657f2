"""Reads gaps, and counts them anew from their questions."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.counting import PEOPLE, ROOT, members_of
from storage.editing.tables import gaps, notices, tellings, wordings
from storage.editing.values import OPEN_STATES, Gap, GapOrder, Told, Wording
from storage.people.tables import waits
from storage.tables import in_utc, questions

_GAP_ID = re.compile("g[0-9a-f]{8}")


def is_gap_id(text: str) -> bool:
    """Return whether a gap may have this id: people type it, so it may be anything."""
    return _GAP_ID.fullmatch(text) is not None


async def select_gaps(
    connection: AsyncConnection, *, order: GapOrder, limit: int, offset: int
) -> tuple[Gap, ...]:
    """Return gaps that wait for an editor; ties break by the newest, then by id."""
    page = (
        _select()
        .where(gaps.c.state.in_(OPEN_STATES))
        .order_by(*_ordering(order))
        .limit(max(limit, 0))
        .offset(max(offset, 0))
    )
    if order == "unassigned":
        page = page.where(gaps.c.assignee.is_(None))
    return await _complete(connection, (await connection.execute(page)).all())


async def count_gaps(connection: AsyncConnection) -> dict[str, int]:
    """Return how many gaps there are in each state."""
    counted = select(gaps.c.state, func.count()).group_by(gaps.c.state)
    found: dict[str, int] = dict((await connection.execute(counted)).all())
    return found


async def select_gap(connection: AsyncConnection, gap: str) -> Gap | None:
    """Return one gap, in whatever state; one that was merged is shown as itself."""
    if not is_gap_id(gap):
        return None
    rows = (await connection.execute(_select().where(gaps.c.id == gap))).all()
    return next(iter(await _complete(connection, rows)), None)


async def select_dismissed(connection: AsyncConnection) -> tuple[Gap, ...]:
    """Return the dismissed gaps that were pointed to an entry."""
    rows = await connection.execute(
        _select().where(gaps.c.state == "dismissed", gaps.c.entry.is_not(None))
    )
    return tuple(_as_gap(row, Told()) for row in rows)


async def select_loud(connection: AsyncConnection, *, people: int) -> tuple[Gap, ...]:
    """Return open gaps of so many people that no notice was sent of, the most people first."""
    own = notices.c.key == literal("gap:") + gaps.c.id
    noticed = select(notices.c.key).where(own, notices.c.sent_at.is_not(None)).exists()
    rows = await connection.execute(
        _select()
        .where(gaps.c.state.in_(OPEN_STATES), gaps.c.people >= people, ~noticed)
        .order_by(*_ordering("people"))
    )
    return tuple(_as_gap(row, Told()) for row in rows)


async def select_unsure(
    connection: AsyncConnection, *, since: datetime, limit: int
) -> tuple[Gap, ...]:
    """Return answered gaps of which some may not have been told, the newest decisions first."""
    unsure = select(tellings.c.gap).where(
        tellings.c.state == "unsure", tellings.c.due_at >= in_utc(since)
    )
    page = (
        _select()
        .where(gaps.c.id.in_(unsure), gaps.c.state == "answered")
        .order_by(gaps.c.decided_at.desc(), gaps.c.id)
        .limit(limit)
    )
    return await _complete(connection, (await connection.execute(page)).all())


async def select_merged(connection: AsyncConnection, gap: str) -> tuple[str, ...]:
    """Return the ids of the gaps that were merged into this one."""
    merged = select(gaps.c.id).where(gaps.c.merged_into == gap).order_by(gaps.c.id)
    return tuple((await connection.scalars(merged)).all())


async def select_wordings(
    connection: AsyncConnection, gap: str, *, limit: int
) -> tuple[Wording, ...]:
    """Return in which ways a gap was asked, the most frequent first."""
    grouped = (
        select(
            questions.c.gap_id.label("wording"),
            func.max(questions.c.id).label("newest"),
            func.count().label("times"),
            PEOPLE.label("people"),
            func.max(questions.c.asked_at).label("last"),
        )
        .where(questions.c.gathered.in_(members_of(gap)), questions.c.gap_id.is_not(None))
        .group_by(questions.c.gap_id)
        .subquery()
    )
    newest = questions.alias("newest_question")
    shown = (
        select(grouped, newest.c.text, newest.c.language)
        .join(newest, newest.c.id == grouped.c.newest)
        .order_by(grouped.c.people.desc(), grouped.c.times.desc(), grouped.c.newest.desc())
        .limit(limit)
    )
    return tuple(
        Wording(
            wording=row.wording,
            text=row.text,
            language=row.language,
            count=row.times,
            people=row.people,
            last=row.last,
        )
        for row in await connection.execute(shown)
    )


def _select() -> Select[Any]:
    return select(
        gaps, questions.c.text, questions.c.gap.label("reason"), questions.c.nearest
    ).select_from(gaps.outerjoin(questions, questions.c.id == gaps.c.newest))


def _ordering(order: GapOrder) -> tuple[ColumnElement[Any], ...]:
    newest = (gaps.c.last_at.desc(), gaps.c.id)
    if order == "newest":
        return newest
    if order == "oldest":
        return (gaps.c.first_at, *newest)
    return (gaps.c.people.desc(), gaps.c.times.desc(), *newest)


async def _complete(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> tuple[Gap, ...]:
    told = await _count_told(connection, [row.id for row in rows])
    return tuple(_as_gap(row, told[row.id]) for row in rows)


async def _count_told(connection: AsyncConnection, ids: Sequence[str]) -> Mapping[str, Told]:
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    told = (
        select(tellings.c.gap, tellings.c.state, func.count())
        .where(tellings.c.gap.in_(ids))
        .group_by(tellings.c.gap, tellings.c.state)
    )
    for gap, state, count in await connection.execute(told):
        counts[gap]["waiting" if state == "sending" else state] += count
    waiting = (
        select(ROOT.label("root"), func.count(waits.c.asker.distinct()))
        .select_from(
            waits.join(wordings, wordings.c.wording == waits.c.gap_id).join(
                gaps, gaps.c.id == wordings.c.gap
            )
        )
        .where(or_(gaps.c.id.in_(ids), gaps.c.merged_into.in_(ids)))
        .group_by(ROOT)
    )
    for gap, count in await connection.execute(waiting):
        counts[gap]["waiting"] += count
    return {gap: Told(**counts[gap]) for gap in ids}


def _as_gap(row: Row[Any], told: Told) -> Gap:
    return Gap(
        id=row.id,
        state=row.state,
        version=row.version,
        text=row.text or "",
        reason=row.reason,
        nearest=tuple(row.nearest or ()),
        count=row.times,
        people=row.people,
        languages=tuple(row.languages),
        first=row.first_at,
        last=row.last_at,
        assignee=row.assignee,
        entry=row.entry,
        entry_digest=row.entry_digest,
        why=row.why,
        merged_into=row.merged_into,
        decided_at=row.decided_at,
        told=told,
    )
