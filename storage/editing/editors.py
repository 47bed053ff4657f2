"""What is held about an editor, who stands there under the number of their account."""

from typing import Any

from sqlalchemy import String, cast, delete, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.tables import decisions, drafts, gaps
from storage.editing.values import NOBODY


async def select_of_editor(
    connection: AsyncConnection, editor: int
) -> tuple[tuple[dict[str, Any], ...], ...]:
    """Return the drafts, the gaps taken and the lines of the journal of an editor, as rows."""
    drafted = select(drafts).where(drafts.c.editor == editor)
    taken = select(gaps.c.id, gaps.c.state).where(gaps.c.assignee == editor).order_by(gaps.c.id)
    return (
        tuple(dict(row) for row in (await connection.execute(drafted)).mappings()),
        tuple(dict(row) for row in (await connection.execute(taken)).mappings()),
        await _lines_of(connection, editor),
    )


async def forget_editor(connection: AsyncConnection, editor: int) -> tuple[int, int, int]:
    """Return how many drafts are gone, gaps are free again, and lines name the editor no more.

    What was decided stays in force.
    """
    drafted = await connection.execute(delete(drafts).where(drafts.c.editor == editor))
    taken = await connection.execute(
        update(gaps)
        .where(gaps.c.assignee == editor)
        .values(assignee=null(), state="open", version=gaps.c.version + 1)
    )
    lines = await _lines_of(connection, editor)
    for line in lines:
        await connection.execute(
            update(decisions)
            .where(decisions.c.id == line["id"])
            .values(
                editor=NOBODY if line["editor"] == editor else line["editor"],
                before=_without(line["before"], editor),
                after=_without(line["after"], editor),
            )
        )
    return drafted.rowcount, taken.rowcount, len(lines)


async def _lines_of(connection: AsyncConnection, editor: int) -> tuple[dict[str, Any], ...]:
    """Return the lines of the journal that an editor wrote or is named in."""
    # Finds longer numbers as well.
    named = f'%"assignee": {editor}%'
    mentioned = (cast(one, String).like(named) for one in (decisions.c.before, decisions.c.after))
    found = await connection.execute(
        select(decisions)
        .where(or_(decisions.c.editor == editor, *mentioned))
        .order_by(decisions.c.id)
    )
    return tuple(
        dict(line)
        for line in found.mappings()
        if line["editor"] == editor
        or any(_without(line[one], editor) != line[one] for one in ("before", "after"))
    )


def _without(changes: dict[str, Any], editor: int) -> dict[str, Any]:
    return {
        gap: {
            name: None if name == "assignee" and value == editor else value
            for name, value in values.items()
        }
        for gap, values in changes.items()
    }
