"""Takes what an editor types to where the dialogue stands."""

from bot.telegram.editing.dialogue import answering, parting, picking
from bot.telegram.editing.dialogue.notes import Dialogue
from bot.telegram.editing.turn import Turn


async def take_words(turn: Turn, dialogue: Dialogue, text: str, message_id: int) -> None:
    """Go on in the dialogue with what was typed."""
    match dialogue.step:
        case "phrase" | "link" | "except":
            await picking.take_entry(turn, dialogue, text)
        case "merge":
            await picking.take_gap(turn, dialogue, text)
        case "dismiss":
            await parting.take_why(turn, dialogue, text)
        case _:
            await answering.take_words(turn, dialogue, text, message_id)
