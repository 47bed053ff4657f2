"""Reads the questions that are before editors, in groups of the same normalised text."""

import re
from collections import defaultdict
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import MissedQuestion, Order
from storage.tables import questions

_MOST_WORDINGS = 20
_GAP_ID = re.compile("g[0-9a-f]{8}")
_IS_MISSED = questions.c.gap.is_not(None)


async def select_missed(
    connection: AsyncConnection, *, limit: int, order: Order
) -> tuple[MissedQuestion, ...]:
    """Return at most `limit` groups in `order`; ties break by the newest, then by id."""
    groups = _group().subquery("groups")
    page = select(groups).order_by(*_ordering(groups, order)).limit(max(limit, 0))
    return await _complete(connection, page.cte("page"), order)


async def select_group(
    connection: AsyncConnection, gap: str
) -> tuple[MissedQuestion, tuple[str, ...]] | None:
    """Return the group and its distinct wordings, newest first, at most 20."""
    # People type the id, so it may be anything.
    if not _GAP_ID.fullmatch(gap):
        return None
    found = await _complete(connection, _group(questions.c.gap_id == gap).cte("page"), "newest")
    if not found:
        return None
    wordings = (
        select(questions.c.text)
        .where(_IS_MISSED, questions.c.gap_id == gap)
        .group_by(questions.c.text)
        .order_by(func.max(questions.c.asked_at).desc(), func.max(questions.c.id).desc())
        .limit(_MOST_WORDINGS)
    )
    return found[0], tuple((await connection.scalars(wordings)).all())


def _group(*where: ColumnElement[bool]) -> Any:
    nobody = func.max(case((questions.c.asker.is_(None), 1), else_=0))
    return (
        select(
            questions.c.gap_id,
            func.count().label("times"),
            (func.count(questions.c.asker.distinct()) + nobody).label("people"),
            func.min(questions.c.asked_at).label("first"),
            func.max(questions.c.asked_at).label("last"),
        )
        .where(_IS_MISSED, *where)
        .group_by(questions.c.gap_id)
    )


def _ordering(groups: FromClause, order: Order) -> tuple[ColumnElement[Any], ...]:
    column = groups.c
    newest = (column.last.desc(), column.gap_id)
    if order == "people":
        return (column.people.desc(), column.times.desc(), *newest)
    return newest if order == "newest" else (column.first, *newest)


async def _complete(
    connection: AsyncConnection, page: CTE, order: Order
) -> tuple[MissedQuestion, ...]:
    """Return the groups of `page` with what their newest question says and all languages."""
    same = questions.alias("same")
    # Looked up in the index for each group: ranking all rows takes minutes on a long list.
    newest = (
        select(same.c.id)
        .where(same.c.gap.is_not(None), same.c.gap_id == page.c.gap_id)
        .order_by(same.c.asked_at.desc(), same.c.id.desc())
        .limit(1)
        .correlate(page)
        .scalar_subquery()
    )
    groups = (
        select(page, questions.c.text, questions.c.gap.label("reason"), questions.c.nearest)
        .select_from(page.join(questions, questions.c.id == newest))
        .order_by(*_ordering(page, order))
    )
    on_page = questions.c.gap_id.in_(select(page.c.gap_id))
    spoken = select(questions.c.gap_id, questions.c.language).where(_IS_MISSED, on_page).distinct()
    languages: defaultdict[str, list[str]] = defaultdict(list)
    for gap, language in await connection.execute(spoken):
        languages[gap].append(language)
    return tuple(
        MissedQuestion(
            gap=row.gap_id,
            text=row.text,
            count=row.times,
            people=row.people,
            languages=tuple(sorted(languages[row.gap_id])),
            first=row.first,
            last=row.last,
            reason=row.reason,
            nearest=tuple(row.nearest),
        )
        for row in await connection.execute(groups)
    )
