"""Tells an editor why a wish can't be met, and how to go on; nothing they typed is lost."""

from contextlib import suppress

from bot.editing import EditingError
from bot.telegram.editing.buttons import OnGap, ToList
from bot.telegram.editing.dialogue import keeping
from bot.telegram.editing.turn import Row, Turn


async def refuse(turn: Turn, error: EditingError, gap: str | None) -> None:
    """Say why, with buttons to look again and to go on with an answer that was begun."""
    rows: list[Row] = []
    dialogue = await keeping.find(turn)
    gap = gap or (dialogue.gap if dialogue is not None else None)
    if gap is not None:
        rows.append(turn.button("editing.do.show", OnGap(action="show", gap=gap, seen=0)))
    if dialogue is not None and dialogue.notes.has_answer:
        # On the gap as it stands now: its editor has been told of what changed.
        with suppress(EditingError):
            shown = await turn.desk.show(turn.actor, dialogue.gap)
            seen = OnGap(action="go_on", gap=dialogue.gap, seen=shown.gap.version)
            rows.append(turn.button("editing.do.go_on", seen, gap=dialogue.gap))
    rows.append(turn.button("editing.do.list", ToList()))
    await turn.show(turn.refusal(error), [row for row in rows if row])
