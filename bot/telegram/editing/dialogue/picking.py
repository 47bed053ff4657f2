"""Answers a gap with an entry that is there or denies it one, or makes it part of another gap."""

from dataclasses import replace
from html import escape

from bot.editing import AddCounterexample, AddPhrasing, Done, Link, Merge, Wish
from bot.telegram.editing.buttons import Action, OnGap
from bot.telegram.editing.dialogue import keeping
from bot.telegram.editing.dialogue.notes import Dialogue, Notes, Step
from bot.telegram.editing.dialogue.trying import ask_first, tell_done, try_out
from bot.telegram.editing.showing.words import entry_label, shorten, text_of
from bot.telegram.editing.turn import Row, Turn, make_button

_MOST_PICKS = 6
_MOST_LABEL = 50


async def pick_entry(turn: Turn, pressed: OnGap, step: Step) -> None:
    """Act on the entry that was picked, or ask which: the nearest as buttons, or an id typed."""
    if pressed.argument:
        await _use_entry(turn, pressed, pressed.argument, step)
        return
    shown = await turn.desk.show(turn.actor, pressed.gap)
    await keeping.keep(turn, _begin(pressed, step))
    await _offer(turn, pressed, shown.gap.nearest, turn.say(f"editing.ask.{step}"))


async def take_entry(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Act on the entry that was typed; any other words look for one."""
    step = dialogue.step
    action: Action = step if step in {"phrase", "except"} else "link"
    pressed = OnGap(action=action, gap=dialogue.gap, seen=dialogue.notes.seen)
    entry = text.strip()
    if entry in turn.desk.live.brain.knowledge.answers:
        await _use_entry(turn, pressed, entry, dialogue.step)
        return
    understander = turn.desk.live.brain.understander
    meant = understander.understand(text, otherwise=turn.voice.language)
    found = tuple(one.entry for one in meant.candidates[:_MOST_PICKS])
    key = "editing.entries_found" if found else "editing.no_entries_found"
    await _offer(turn, pressed, found, turn.say(key, words=entry[:80]))


async def pick_gap(turn: Turn, pressed: OnGap) -> None:
    """Merge the gap into the one that was picked, or ask which."""
    if pressed.argument:
        await _merge(turn, pressed, pressed.argument)
        return
    await keeping.keep(turn, _begin(pressed, "merge"))
    gaps = await turn.desk.list_gaps(turn.actor, limit=_MOST_PICKS + 1)
    rows: list[Row] = []
    for other in [one for one in gaps if one.id != pressed.gap][:_MOST_PICKS]:
        label = shorten(f"{other.id} {text_of(other, turn.voice)}", _MOST_LABEL)
        rows.append(make_button(label, replace(pressed, argument=other.id)))
    rows.append(turn.button("editing.do.back", replace(pressed, action="show")))
    await turn.show(turn.say("editing.ask.merge"), rows)


async def take_gap(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Merge the gap into the one whose id was typed."""
    pressed = OnGap(action="merge", gap=dialogue.gap, seen=dialogue.notes.seen)
    await _merge(turn, pressed, text.strip())


async def decide_at_once(turn: Turn, wish: Wish) -> None:
    """Do what needs no trial, and end the dialogue about it."""
    done = await turn.desk.decide(turn.actor, wish)
    await keeping.end(turn)
    if isinstance(done, Done):
        await tell_done(turn, done)


async def _merge(turn: Turn, pressed: OnGap, into: str) -> None:
    wish = Merge(gap=pressed.gap, into=into, seen=pressed.seen)
    await ask_first(turn, _begin(pressed, "ready"), wish)


async def _use_entry(turn: Turn, pressed: OnGap, entry: str, step: Step) -> None:
    if step == "link":
        link = Link(gap=pressed.gap, entry=entry, seen=pressed.seen)
        await ask_first(turn, _begin(pressed, "ready"), link)
        return
    # Without phrases of its own it takes those of the gap that are most frequent.
    make = AddCounterexample if step == "except" else AddPhrasing
    wish = make(gap=pressed.gap, entry=entry, phrases=(), seen=pressed.seen)
    await try_out(turn, _begin(pressed, "ready"), wish)


async def _offer(turn: Turn, pressed: OnGap, entries: tuple[str, ...], text: str) -> None:
    knowledge = turn.desk.live.brain.knowledge
    rows = [
        make_button(entry_label(one, knowledge, turn.voice), replace(pressed, argument=one))
        for one in entries
        if one in knowledge.answers
    ]
    rows.append(turn.button("editing.do.back", OnGap(action="show", gap=pressed.gap, seen=0)))
    names = "\n".join(f"<code>{escape(one)}</code>" for one in entries if one in knowledge.answers)
    await turn.show(f"{text}\n\n{names}".strip(), [row for row in rows if row])


def _begin(pressed: OnGap, step: Step) -> Dialogue:
    return Dialogue(gap=pressed.gap, step=step, notes=Notes(seen=pressed.seen))
