"""Tries a decision before the editor's eyes, shows what people will see, and has it confirmed."""

from bot.editing import ConflictError, Done, EditingError, TellAgain, Trial, Undo
from bot.telegram.editing.buttons import OnGap, OnTrial, TakeBack, ToList
from bot.telegram.editing.dialogue import keeping
from bot.telegram.editing.dialogue.notes import Dialogue, Notes, Tried
from bot.telegram.editing.dialogue.progress import progress_line
from bot.telegram.editing.showing.trial import (
    insist_buttons,
    render_trial,
    to_list_buttons,
    trial_buttons,
)
from bot.telegram.editing.turn import Row, Turn
from bot.telegram.rendering import render_html
from bot.telegram.sending import edit

# No gap has this id: a decision that is taken back need not be about one.
_NO_GAP = "-"
_TRY_AGAIN = frozenset({"trial_is_over", "knowledge_changed"})


async def try_out(turn: Turn, dialogue: Dialogue, wish: Tried) -> None:
    """Show what a decision would do, and ask to confirm it; what changes no answer is done at once.

    What was to be tried is kept first, so that it can be tried again after a restart.
    """
    dialogue = await keeping.keep(turn, dialogue.at(dialogue.step, **_noting(dialogue, wish)))
    async with progress_line(turn) as line:
        outcome = await turn.desk.decide(turn.actor, wish, progress=line.note)
    await _go_on(turn, dialogue, outcome, line.message_id)


async def undo(turn: Turn, pressed: TakeBack) -> None:
    """Take a decision back; one that changed what people are told is tried first."""
    wish = Undo(line=pressed.line)
    await try_out(turn, Dialogue(gap=_NO_GAP, step="ready", notes=Notes(seen=0)), wish)


async def ask_first(turn: Turn, dialogue: Dialogue, wish: Tried) -> None:
    """Show what people would be told, and ask to confirm it; what tells nobody is done at once.

    Where it is refused, the editor is left where they were.
    """
    outcome = await turn.desk.decide(turn.actor, wish)
    await _go_on(turn, dialogue.at(dialogue.step, **_noting(dialogue, wish)), outcome)


async def tell_again(turn: Turn, pressed: OnGap) -> None:
    """Tell those once more of whom it is not known whether they were."""
    wish = TellAgain(gap=pressed.gap, seen=pressed.seen)
    dialogue = Dialogue(gap=pressed.gap, step="ready", notes=Notes(seen=pressed.seen))
    await ask_first(turn, dialogue, wish)


async def act_on_trial(turn: Turn, pressed: OnTrial) -> None:
    """Put what was tried into force, or drop it."""
    if pressed.action == "drop":
        await _drop(turn, pressed.trial)
        return
    is_insisted = pressed.action == "insist"
    try:
        done = await turn.desk.confirm(turn.actor, pressed.trial, despite_breaks=is_insisted)
    except EditingError as error:
        if error.reason == "breaks":
            # Its own words ask for a second confirmation.
            await turn.show(turn.refusal(error), insist_buttons(pressed.trial, turn.voice))
            return
        if error.reason not in _TRY_AGAIN:
            raise
        await _try_again(turn, pressed.trial, error)
        return
    tried = await keeping.find_tried(turn, pressed.trial)
    if tried is not None:
        await keeping.end(turn, tried)
    await tell_done(turn, done)


async def tell_done(turn: Turn, done: Done) -> None:
    """Say what was done, and offer to take it back."""
    lines = [turn.say("editing.done", line=done.line)]
    rows: list[Row] = []
    if done.gap is not None:
        gap = done.gap
        lines.append(turn.say("editing.done_gap", gap=gap.id, state=_state(turn, gap.state)))
        if gap.told.waiting:
            lines.append(turn.say("editing.done_waiting", count=gap.told.waiting))
        rows.append(turn.button("editing.do.show", _show(gap.id)))
    if done.opened is not None:
        lines.append(turn.say("editing.done_opened", gap=done.opened))
        rows.append(turn.button("editing.do.show_gap", _show(done.opened), gap=done.opened))
    undo_button = turn.button("editing.do.undo", TakeBack(line=done.line), line=done.line)
    rows.append([*undo_button, *turn.button("editing.do.list", ToList())])
    await turn.show("\n".join(lines), rows)


async def _go_on(
    turn: Turn, dialogue: Dialogue, outcome: Done | Trial, message_id: int | None = None
) -> None:
    """Say what was done, or show what would be; `message_id` is the line of a trial."""
    if isinstance(outcome, Done):
        current = await keeping.find(turn, dialogue.gap)
        if current is not None and not current.notes.has_answer:
            await keeping.end(turn)
        await tell_done(turn, outcome)
        return
    await keeping.keep(turn, dialogue.at("tried", trial=outcome.id))
    await _show_trial(turn, dialogue, outcome, message_id)


async def _show_trial(turn: Turn, dialogue: Dialogue, trial: Trial, message_id: int | None) -> None:
    key = "editing.tried_preview" if trial.previews else "editing.tried"
    if message_id is not None:
        await edit(turn.chat, message_id, turn.say(key), html=True)
    elif trial.previews:
        await turn.show(turn.say("editing.preview"))
    for reply in trial.previews.values():
        await turn.add(render_html(reply, turn.voice.wording))
    seen = dialogue.notes.seen if dialogue.notes.has_answer else None
    await turn.add(render_trial(trial, turn.voice), trial_buttons(trial, turn.voice, seen=seen))


async def _try_again(turn: Turn, trial: str, error: EditingError) -> None:
    """Try once more what is held no longer, as after a restart or a change of the knowledge."""
    dialogue = await keeping.find_tried(turn, trial)
    wish = dialogue.notes.find_wish() if dialogue is not None else None
    if dialogue is None or wish is None:
        await turn.show(turn.say("editing.dialogue_over"), to_list_buttons(turn.voice))
        return
    key = "editing.again_changed" if isinstance(error, ConflictError) else "editing.again"
    await turn.add(turn.say(key))
    await try_out(turn, dialogue, wish)


async def _drop(turn: Turn, trial: str) -> None:
    dialogue = await keeping.find_tried(turn, trial)
    if dialogue is not None:
        await keeping.end(turn, dialogue)
    await turn.show(turn.say("editing.dropped"), to_list_buttons(turn.voice))


def _noting(dialogue: Dialogue, wish: Tried) -> dict[str, object]:
    noted = dialogue.notes.trying(wish)
    return {"wish": noted.wish, "trial": noted.trial}


def _show(gap: str) -> OnGap:
    return OnGap(action="show", gap=gap, seen=0)


def _state(turn: Turn, state: str) -> str:
    return turn.voice(f"editing.state.{state}")
