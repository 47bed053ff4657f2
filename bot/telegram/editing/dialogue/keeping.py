"""Keeps an editor's dialogue, and finds it again, also after a restart."""

from bot.telegram.editing.dialogue.notes import Dialogue, read_dialogue
from bot.telegram.editing.turn import Turn


async def keep(turn: Turn, dialogue: Dialogue) -> Dialogue:
    """Return the dialogue, which is kept in the place of any other of this editor.

    Raises:
        StorageError: It can't be kept.
    """
    await turn.desk.keep_draft(dialogue.as_draft(turn.actor))
    return dialogue


async def find(turn: Turn, gap: str | None = None) -> Dialogue | None:
    """Return the dialogue that the editor is in, `None` where it is about another gap.

    Raises:
        StorageError: It can't be read.
    """
    dialogue = read_dialogue(await turn.desk.find_draft(turn.actor))
    return dialogue if dialogue is not None and gap in {None, dialogue.gap} else None


async def pause(turn: Turn) -> None:
    """Let what the editor types next be a question again; an answer that was begun is kept."""
    dialogue = await find(turn)
    if dialogue is None or not dialogue.takes_words:
        return
    if dialogue.notes.has_answer:
        await keep(turn, dialogue.at("ready"))
    else:
        await end(turn)


async def end(turn: Turn) -> None:
    """Forget the dialogue."""
    await turn.desk.drop_draft(turn.actor)
