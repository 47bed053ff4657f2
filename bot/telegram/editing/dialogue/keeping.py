"""Keeps an editor's dialogues, and finds them again, also after a restart.

One is the current one; answers that were begun and left for something else stand aside.
"""

from collections.abc import Sequence

from bot.telegram.editing.dialogue.notes import Dialogue, as_draft, read_dialogues
from bot.telegram.editing.turn import Turn

_MOST_ASIDE = 20


async def keep(turn: Turn, dialogue: Dialogue) -> Dialogue:
    """Return the dialogue, which is kept as the current one.

    An answer that was begun before stands aside, unless it is this one as it was.

    Raises:
        StorageError: It can't be kept.
    """
    has_answer = dialogue.notes.has_answer
    others = [one for one in await list_begun(turn) if not (has_answer and one.gap == dialogue.gap)]
    await _write(turn, [dialogue, *others])
    return dialogue


async def find(turn: Turn, gap: str | None = None) -> Dialogue | None:
    """Return the current dialogue, `None` where it is about another gap.

    Raises:
        StorageError: It can't be read.
    """
    dialogue = next(iter(await _read(turn)), None)
    return dialogue if dialogue is not None and gap in {None, dialogue.gap} else None


async def list_begun(turn: Turn) -> list[Dialogue]:
    """Return the answers that were begun, the newest first."""
    return [one for one in await _read(turn) if one.notes.has_answer]


async def find_begun(turn: Turn, gap: str) -> Dialogue | None:
    """Return the answer to a gap that was begun, else the current dialogue about it."""
    begun = [one for one in await list_begun(turn) if one.gap == gap]
    return begun[0] if begun else await find(turn, gap)


async def find_tried(turn: Turn, trial: str) -> Dialogue | None:
    """Return the dialogue that led to a trial."""
    return next((one for one in await _read(turn) if one.notes.trial == trial), None)


async def pause(turn: Turn) -> None:
    """Let what the editor types next be a question again; an answer that was begun is kept."""
    dialogue = await find(turn)
    if dialogue is None or not dialogue.takes_words:
        return
    if dialogue.notes.has_answer:
        await keep(turn, dialogue.at("ready"))
    else:
        await end(turn)


async def end(turn: Turn, dialogue: Dialogue | None = None) -> None:
    """Forget a dialogue, the current one where none is named; what stands aside stays."""
    kept = await _read(turn)
    ended = kept[0] if dialogue is None and kept else dialogue
    await _write(turn, [one for one in kept if one != ended])


async def _read(turn: Turn) -> list[Dialogue]:
    return read_dialogues(await turn.desk.find_draft(turn.actor))


async def _write(turn: Turn, dialogues: Sequence[Dialogue]) -> None:
    if dialogues:
        await turn.desk.keep_draft(as_draft(dialogues[: _MOST_ASIDE + 1], turn.actor))
    else:
        await turn.desk.drop_draft(turn.actor)
