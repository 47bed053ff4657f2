"""Puts a decision into force: gaps, additions, who is told and the journal in one transaction."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.counting import members_of, refresh
from storage.editing.decisions.additions import end_additions, insert_additions, select_revision
from storage.editing.decisions.journal import select_line, write_line
from storage.editing.decisions.tellings import take_back, take_up, tell_again
from storage.editing.tables import decisions, gaps, tellings, wordings
from storage.editing.values import OPEN_STATES, Change, Conflict, GapChange, Split
from storage.tables import questions

_SHOWN = ("state", "assignee", "entry", "entry_digest", "why", "merged_into")


async def decide(connection: AsyncConnection, change: Change) -> int | Conflict:
    """Return the number of the decision in the journal, or why nothing was changed."""
    rows = await _lock(connection, [one.gap for one in change.gaps])
    conflict = await _find_conflict(connection, change, rows)
    if conflict is not None:
        return conflict
    before: dict[str, Any] = {}
    after: dict[str, Any] = {"": dict(change.note)} if change.note else {}
    for one in change.gaps:
        row = rows[one.gap]
        before[one.gap] = {name: row[name] for name in one.values if name in _SHOWN}
        after[one.gap] = dict(one.values)
        await _write(connection, one, row, change)
    if change.tells_again and not await tell_again(connection, change.gaps[0].gap, at=change.at):
        return Conflict(kind="nobody", gap=change.gaps[0].gap)
    if change.split is not None:
        moved = await _split(connection, change.split)
        if moved is None:
            return Conflict(kind="empty", gap=change.split.gap)
        after[""] = {**after.get("", {}), "into": moved}
    number = await write_line(
        connection,
        at=change.at,
        editor=change.editor,
        action=change.action,
        gap=change.gaps[0].gap if change.gaps else None,
        before=before,
        after=after,
        undoes=change.undoes,
    )
    await end_additions(connection, change.ends, because="undone")
    await insert_additions(connection, number, change.additions, at=change.at)
    await _take_back(connection, change, rows)
    merged = [
        str(one.values["merged_into"]) for one in change.gaps if one.values.get("merged_into")
    ]
    old = [str(row["merged_into"]) for row in rows.values() if row["merged_into"]]
    await refresh(connection, [*rows, *merged, *old])
    if change.answered is not None and change.gaps:
        gap = change.gaps[0].gap
        await take_up(connection, number, gap=gap, entry=change.answered, at=change.at)
    return number


async def _take_back(
    connection: AsyncConnection, change: Change, rows: dict[str, RowMapping]
) -> None:
    """Let nobody be told any more of what an editor takes back or opens again."""
    if change.undoes is not None:
        await take_back(connection, tellings.c.decision == change.undoes)
    for one in change.gaps:
        was_answered = rows[one.gap]["state"] == "answered"
        if was_answered and change.editor and one.values.get("state") in OPEN_STATES:
            await take_back(connection, tellings.c.gap == one.gap)


async def _lock(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, RowMapping]:
    """Return the gaps; on PostgreSQL nobody else decides on them meanwhile."""
    statement = select(gaps).where(gaps.c.id.in_(ids)).order_by(gaps.c.id).with_for_update()
    return {row["id"]: row for row in (await connection.execute(statement)).mappings()}


async def _find_conflict(
    connection: AsyncConnection, change: Change, rows: dict[str, RowMapping]
) -> Conflict | None:
    for one in change.gaps:
        if one.gap not in rows:
            return Conflict(kind="unknown", gap=one.gap)
        if one.seen is not None and rows[one.gap]["version"] != one.seen:
            return await _tell_who_was_faster(connection, one.gap)
    if change.revision is not None and await select_revision(connection) != change.revision:
        return Conflict(kind="revision")
    if change.undoes is not None:
        line = await select_line(connection, change.undoes)
        if line is None or line.undone_by is not None:
            return Conflict(kind="undone")
    return None


async def _tell_who_was_faster(connection: AsyncConnection, gap: str) -> Conflict:
    newest = (
        await connection.execute(
            select(decisions.c.editor, decisions.c.action, decisions.c.at)
            .where(decisions.c.gap == gap)
            .order_by(decisions.c.id.desc())
            .limit(1)
        )
    ).first()
    by, action, at = newest or (None, None, None)
    return Conflict(kind="version", gap=gap, by=by, action=action, at=at)


async def _write(
    connection: AsyncConnection, one: GapChange, row: RowMapping, change: Change
) -> None:
    decided = {"decided_at": change.at} if "state" in one.values else {}
    await connection.execute(
        update(gaps)
        .where(gaps.c.id == one.gap)
        .values(**one.values, **decided, version=row["version"] + 1)
    )


async def _split(connection: AsyncConnection, split: Split) -> str | None:
    """Return the id of the gap that the wordings now are; `None` where one side stays empty."""
    own = select(wordings.c.wording).where(wordings.c.gap.in_(members_of(split.gap)))
    all_of_it = set((await connection.scalars(own)).all())
    moved = all_of_it & set(split.wordings)
    if not moved or moved == all_of_it:
        return None
    old = (await connection.execute(select(gaps).where(gaps.c.id == split.gap))).mappings().one()
    gap = f"g{secrets.token_hex(4)}"
    kept = ("times", "people", "languages", "first_at", "last_at")
    await connection.execute(
        insert(gaps).values(id=gap, state="open", version=1, **{name: old[name] for name in kept})
    )
    chosen = sorted(moved)
    for table, column, wording in (
        (wordings, "gap", wordings.c.wording),
        (questions, "gathered", questions.c.gap_id),
    ):
        for start in range(0, len(chosen), 500):
            some = wording.in_(chosen[start : start + 500])
            where = [some, questions.c.gathered.is_not(None)] if table is questions else [some]
            await connection.execute(update(table).where(*where).values({column: gap}))
    await refresh(connection, [gap])
    return gap
