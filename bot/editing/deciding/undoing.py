"""Takes a decision back: what it changed becomes what it was."""

from datetime import datetime

from bot.editing.errors import EditingError
from bot.editing.wishes import Undo
from bot.memory.access import StoreAccess
from storage.editing import Change, GapChange, Line


async def make_undo(access: StoreAccess, wish: Undo, *, actor: int, at: datetime) -> Change:
    """Return the change that takes a decision back.

    Raises:
        EditingError: There is none, it is undone already, something was built upon it, or it was
            a message.
        StorageError: The database can't be read.
    """
    line = await access.use(lambda store: store.editing.show_line(wish.line))
    if line is None:
        raise EditingError("unknown_line", line=wish.line)
    if line.undone_by is not None or line.action == "undo":
        raise EditingError("undone", line=wish.line)
    if line.action == "tell_again":
        raise EditingError("sent", line=wish.line)
    if line.gap is not None:
        newer = await access.use(lambda store: store.editing.list_lines(gap=line.gap, limit=50))
        if any(one.id > line.id and not is_over(one) for one in newer):
            raise EditingError("built_upon", line=wish.line)
    _, additions = await access.use(lambda store: store.editing.list_additions(decision=line.id))
    return Change(
        at=at,
        editor=actor,
        action="undo",
        gaps=await _restore(access, line),
        note={"undoes": line.id, "action": line.action},
        ends=tuple(one.id for one in additions),
        undoes=line.id,
    )


def is_over(line: Line) -> bool:
    """Return whether nothing stands on a decision: it was undone, is an undoing, or a message."""
    return line.undone_by is not None or line.action in {"undo", "tell_again"}


async def _restore(access: StoreAccess, line: Line) -> tuple[GapChange, ...]:
    """Return what brings every gap back, where it is still there."""
    restored = []
    for gap, values in line.before.items():
        found = await access.use(lambda store, gap=gap: store.editing.show_gap(gap))  # type: ignore[misc]
        if found is not None:
            restored.append(GapChange(gap=gap, seen=found.version, values=dict(values)))
    opened = line.after.get("", {}).get("into") if line.action == "split" else None
    if opened is not None:
        found = await access.use(lambda store: store.editing.show_gap(opened))
        if found is not None and line.gap is not None:
            if not found.is_open:
                raise EditingError("built_upon", line=line.id)
            values = {"state": "merged", "merged_into": line.gap}
            restored.append(GapChange(gap=opened, seen=found.version, values=values))
    return tuple(restored)
