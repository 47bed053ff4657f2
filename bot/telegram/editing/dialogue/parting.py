"""Puts a gap away with a reason, and makes a gap of its own of some of its wordings."""

from dataclasses import replace

from bot.editing import Dismiss, ShownGap, SplitOff
from bot.telegram.editing.buttons import OnGap
from bot.telegram.editing.dialogue import keeping
from bot.telegram.editing.dialogue.notes import Dialogue, Notes
from bot.telegram.editing.dialogue.picking import decide_at_once
from bot.telegram.editing.showing.words import entry_label, shorten
from bot.telegram.editing.turn import Row, Turn, make_button

_REASONS = ("off_topic", "unclear", "private", "unknowable")
_MOST_LABEL = 50
_NOWHERE = "-"


async def ask_why(turn: Turn, pressed: OnGap) -> None:
    """Take the reason that was chosen, or ask for one."""
    if pressed.argument in _REASONS:
        dialogue = Dialogue(gap=pressed.gap, step="dismiss", notes=Notes(seen=pressed.seen))
        await take_why(turn, dialogue, turn.voice(f"editing.why.{pressed.argument}"))
        return
    notes = Notes(seen=pressed.seen)
    await keeping.keep(turn, Dialogue(gap=pressed.gap, step="dismiss", notes=notes))
    rows = [
        turn.button(f"editing.why.{reason}", replace(pressed, argument=reason))
        for reason in _REASONS
    ]
    rows.append(turn.button("editing.do.back", replace(pressed, action="show", argument="")))
    await turn.show(turn.say("editing.ask.dismiss"), rows)


async def take_why(turn: Turn, dialogue: Dialogue, why: str) -> None:
    """Ask to which answer the gap is pointed: it comes back when that one changes."""
    shown = await turn.desk.show(turn.actor, dialogue.gap)
    knowledge = turn.desk.live.brain.knowledge
    await keeping.keep(turn, dialogue.at("towards", why=why.strip()))
    pressed = OnGap(action="towards", gap=dialogue.gap, seen=dialogue.notes.seen, argument=_NOWHERE)
    rows = [turn.button("editing.do.dismiss_simply", pressed)]
    rows += [
        make_button(entry_label(one, knowledge, turn.voice), replace(pressed, argument=one))
        for one in shown.gap.nearest
        if one in knowledge.answers
    ]
    rows.append(turn.button("editing.do.back", replace(pressed, action="show", argument="")))
    await turn.show(turn.say("editing.ask.towards", why=why.strip()), [row for row in rows if row])


async def dismiss(turn: Turn, pressed: OnGap) -> None:
    """Put the gap away, for the reason that was given before."""
    dialogue = await keeping.find(turn, pressed.gap)
    if dialogue is None or dialogue.step != "towards":
        await turn.show(turn.say("editing.dialogue_over"))
        return
    towards = None if pressed.argument == _NOWHERE else pressed.argument
    await decide_at_once(
        turn,
        Dismiss(gap=pressed.gap, why=dialogue.notes.why, towards=towards, seen=pressed.seen),
    )


async def choose_wordings(turn: Turn, pressed: OnGap) -> None:
    """Show the wordings of a gap, to be chosen by a press."""
    shown = await turn.desk.show(turn.actor, pressed.gap)
    dialogue = Dialogue(gap=pressed.gap, step="split", notes=Notes(seen=pressed.seen))
    await _show_wordings(turn, dialogue, shown)


async def toggle(turn: Turn, pressed: OnGap) -> None:
    """Choose a wording, or not any more."""
    dialogue = await keeping.find(turn, pressed.gap)
    if dialogue is None or dialogue.step != "split":
        await turn.show(turn.say("editing.dialogue_over"))
        return
    shown = await turn.desk.show(turn.actor, pressed.gap)
    chosen = set(dialogue.notes.chosen)
    # By its end, for the whole would not fit into a button.
    meant = {one.wording for one in shown.wordings if _name(one.wording) == pressed.argument}
    await _show_wordings(turn, dialogue.at("split", chosen=tuple(sorted(chosen ^ meant))), shown)


async def split_off(turn: Turn, pressed: OnGap) -> None:
    """Make a gap of the wordings that were chosen."""
    dialogue = await keeping.find(turn, pressed.gap)
    if dialogue is None or dialogue.step != "split":
        await turn.show(turn.say("editing.dialogue_over"))
        return
    chosen = dialogue.notes.chosen
    await decide_at_once(turn, SplitOff(gap=pressed.gap, wordings=chosen, seen=pressed.seen))


async def _show_wordings(turn: Turn, dialogue: Dialogue, shown: ShownGap) -> None:
    await keeping.keep(turn, dialogue)
    pressed = OnGap(action="toggle", gap=dialogue.gap, seen=dialogue.notes.seen)
    rows: list[Row] = []
    for one in shown.wordings:
        mark = "☑ " if one.wording in dialogue.notes.chosen else "☐ "
        label = f"{mark}{shorten(one.text, _MOST_LABEL)}"
        rows.append(make_button(label, replace(pressed, argument=_name(one.wording))))
    if dialogue.notes.chosen:
        rows.append(turn.button("editing.do.split_off", replace(pressed, action="split_off")))
    rows.append(turn.button("editing.do.back", replace(pressed, action="show")))
    await turn.show(turn.say("editing.ask.split"), rows)


def _name(wording: str) -> str:
    return wording[-16:]
