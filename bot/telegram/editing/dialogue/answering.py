"""The dialogue that writes an answer: field by field, with its sources, until it is tried."""

from dataclasses import replace

from bot.editing import EditingError, WriteAnswer
from bot.telegram.editing.buttons import OnGap
from bot.telegram.editing.dialogue import filling, keeping
from bot.telegram.editing.dialogue.finding import find_sources, sources_of
from bot.telegram.editing.dialogue.notes import Dialogue, Notes, Step
from bot.telegram.editing.dialogue.trying import try_out
from bot.telegram.editing.showing.form import (
    form_buttons,
    render_form,
    source_buttons,
    topic_buttons,
)
from bot.telegram.editing.turn import Turn
from knowledge import Source

_MOST_SOURCES = 6
_CHOSEN: tuple[Step, ...] = ("title_zh", "says_zh", "title_en", "says_en", "cite", "topic")


async def start(turn: Turn, pressed: OnGap) -> None:
    """Ask for the first field of an answer to the gap; what was begun already goes on."""
    begun = await keeping.find_begun(turn, pressed.gap)
    if begun is not None and begun.notes.has_answer:
        await go_on(turn, pressed)
        return
    shown = await turn.desk.show(turn.actor, pressed.gap)
    is_chinese = not shown.wordings or shown.wordings[0].language == "zh"
    notes = Notes(seen=pressed.seen, language="zh" if is_chinese else "en")
    await _show(turn, Dialogue(gap=pressed.gap, step=filling.next_step(notes), notes=notes))


async def go_on(turn: Turn, pressed: OnGap) -> None:
    """Show the answer as it was left, on the gap as it stands now."""
    dialogue = await _find(turn, pressed.gap)
    if dialogue is not None:
        step = filling.next_step(dialogue.notes)
        await _show(turn, dialogue.at(step, seen=pressed.seen))


async def ask_for(turn: Turn, pressed: OnGap) -> None:
    """Ask for the field that was chosen."""
    dialogue = await _find(turn, pressed.gap)
    step = next((one for one in _CHOSEN if one == pressed.argument), None)
    if dialogue is None or step is None:
        return
    await _show(turn, filling.ask_for(dialogue, step))


async def skip(turn: Turn, pressed: OnGap) -> None:
    """Leave a field empty."""
    dialogue = await _find(turn, pressed.gap)
    if dialogue is not None:
        await _show(turn, filling.skip(dialogue))


async def choose_source(turn: Turn, pressed: OnGap) -> None:
    """Cite the source that was chosen."""
    dialogue = await _find(turn, pressed.gap)
    if dialogue is not None and pressed.argument in turn.desk.live.brain.knowledge.sources:
        await _show(turn, filling.cite(dialogue, pressed.argument))


async def begin_source(turn: Turn, pressed: OnGap) -> None:
    """Ask for the fields of a new source."""
    dialogue = await _find(turn, pressed.gap)
    if dialogue is not None:
        await _show(turn, dialogue.at("source_title", source={}))


async def choose_topic(turn: Turn, pressed: OnGap) -> None:
    """Put the answer under a topic."""
    dialogue = await _find(turn, pressed.gap)
    if dialogue is None or pressed.argument not in turn.desk.live.brain.knowledge.topics:
        return
    answer = dialogue.notes.answer.model_copy(update={"topic": pressed.argument})
    notes = dialogue.notes.model_copy(update={"answer": answer})
    await _show(turn, replace(dialogue, notes=notes, step=filling.next_step(notes)))


async def take_words(turn: Turn, dialogue: Dialogue, text: str, message_id: int) -> None:
    """Put what was typed where it belongs, or search the sources by it.

    A message that comes again, as after a crash, went into its field before.
    """
    knowledge = turn.desk.live.brain.knowledge
    is_taken = dialogue.notes.taken == message_id
    filled = dialogue if is_taken else filling.fill_in(dialogue, text, knowledge)
    if is_taken or filled is not dialogue:
        await _show(turn, filled.at(filled.step, taken=message_id))
        return
    found = find_sources(text, knowledge, limit=_MOST_SOURCES)
    key = "editing.sources_found" if found else "editing.no_sources_found"
    await turn.show(turn.say(key, words=text[:80]), source_buttons(dialogue, found, turn.voice))


async def try_answer(turn: Turn, pressed: OnGap) -> None:
    """Try the answer on past questions."""
    dialogue = await _find(turn, pressed.gap)
    if dialogue is not None:
        notes = dialogue.notes
        wish = WriteAnswer(gap=dialogue.gap, draft=notes.answer, seen=notes.seen)
        try:
            await try_out(turn, dialogue.at("ready"), wish)
        except EditingError as error:
            if error.reason != "no_topic":
                raise
            # No answer is near enough to tell where this one belongs.
            await _show(turn, dialogue.at("topic"))


async def _find(turn: Turn, gap: str) -> Dialogue | None:
    dialogue = await keeping.find_begun(turn, gap)
    if dialogue is None:
        await turn.show(turn.say("editing.dialogue_over"))
    return dialogue


async def _show(turn: Turn, dialogue: Dialogue) -> None:
    await keeping.keep(turn, dialogue)
    knowledge = turn.desk.live.brain.knowledge
    rows = form_buttons(dialogue, turn.voice)
    if dialogue.step == "cite":
        rows = [*source_buttons(dialogue, await _suggest(turn, dialogue), turn.voice), *rows]
    elif dialogue.step == "topic":
        rows = [*topic_buttons(dialogue, knowledge, turn.voice), *rows]
    await turn.show(render_form(dialogue, knowledge, turn.voice), rows)


async def _suggest(turn: Turn, dialogue: Dialogue) -> tuple[Source, ...]:
    """Return the sources of the nearest answers: they are the likeliest to say more."""
    shown = await turn.desk.show(turn.actor, dialogue.gap)
    knowledge = turn.desk.live.brain.knowledge
    return sources_of(shown.gap.nearest, knowledge, limit=_MOST_SOURCES)
