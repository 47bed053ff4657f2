"""Does what an editor has pressed."""

from collections.abc import Awaitable, Callable

from bot.editing import Assign, Reopen
from bot.telegram.editing.buttons import Action, OnGap, ToList
from bot.telegram.editing.dialogue import answering, keeping, parting, picking, trying
from bot.telegram.editing.showing.gap import gap_buttons, render_gap
from bot.telegram.editing.showing.listing import PAGE_SIZE, list_buttons, render_list
from bot.telegram.editing.turn import Turn, make_button

_MOST_EDITORS = 8
_MOST_UNSURE = 3


async def show_list(turn: Turn, page: ToList) -> None:
    """Show a page of the gaps that wait, and the way back into a dialogue that was left."""
    await keeping.pause(turn)
    gaps = await turn.desk.list_gaps(
        turn.actor, order=page.order, limit=PAGE_SIZE + 1, offset=page.page * PAGE_SIZE
    )
    counts = await turn.desk.count_gaps(turn.actor)
    shown, has_more = gaps[:PAGE_SIZE], len(gaps) > PAGE_SIZE
    rows = list_buttons(shown, page, turn.voice, has_more=has_more)
    for gap in await turn.desk.list_unsure(turn.actor, limit=_MOST_UNSURE):
        unsure = OnGap(action="show", gap=gap.id, seen=0)
        count = gap.told.unsure
        rows.insert(0, turn.button("editing.do.show_unsure", unsure, gap=gap.id, count=count))
    for begun in reversed(await keeping.list_begun(turn)):
        back = OnGap(action="go_on", gap=begun.gap, seen=begun.notes.seen)
        rows.insert(0, turn.button("editing.do.go_on", back, gap=begun.gap))
    await turn.show(render_list(shown, counts, page, turn.voice), rows)


async def act_on_gap(turn: Turn, pressed: OnGap) -> None:
    """Do what was pressed with a gap."""
    await _ACTS[pressed.action](turn, pressed)


async def show_gap(turn: Turn, pressed: OnGap) -> None:
    """Show one gap with everything that can be done with it."""
    await keeping.pause(turn)
    shown = await turn.desk.show(turn.actor, pressed.gap)
    has_others = len(turn.desk.editors) > 1
    rows = gap_buttons(shown, turn.actor, turn.voice, has_others=has_others)
    html = render_gap(shown, turn.desk.live.brain.knowledge, turn.voice)
    await turn.show(html, [row for row in rows if row])


async def _take(turn: Turn, pressed: OnGap) -> None:
    await _assign(turn, pressed, turn.actor)


async def _give_back(turn: Turn, pressed: OnGap) -> None:
    await _assign(turn, pressed, None)


async def _assign_another(turn: Turn, pressed: OnGap) -> None:
    others = sorted(turn.desk.editors - {turn.actor})[:_MOST_EDITORS]
    chosen = next((one for one in others if str(one) == pressed.argument), None)
    if chosen is not None:
        await _assign(turn, pressed, chosen)
        return
    rows = [
        make_button(
            str(one), OnGap(action="assign", gap=pressed.gap, seen=pressed.seen, argument=str(one))
        )
        for one in others
    ]
    back = OnGap(action="show", gap=pressed.gap, seen=0)
    rows.append(turn.button("editing.do.back", back))
    await turn.show(turn.say("editing.ask.assign"), rows)


async def _assign(turn: Turn, pressed: OnGap, to: int | None) -> None:
    await turn.desk.decide(turn.actor, Assign(gap=pressed.gap, to=to, seen=pressed.seen))
    await show_gap(turn, pressed)


async def _reopen(turn: Turn, pressed: OnGap) -> None:
    await turn.desk.decide(turn.actor, Reopen(gap=pressed.gap, seen=pressed.seen))
    await show_gap(turn, pressed)


async def _phrase(turn: Turn, pressed: OnGap) -> None:
    await picking.pick_entry(turn, pressed, "phrase")


async def _except(turn: Turn, pressed: OnGap) -> None:
    await picking.pick_entry(turn, pressed, "except")


async def _link(turn: Turn, pressed: OnGap) -> None:
    await picking.pick_entry(turn, pressed, "link")


async def _drop(turn: Turn, pressed: OnGap) -> None:
    dialogue = await keeping.find_begun(turn, pressed.gap)
    if dialogue is not None:
        await keeping.end(turn, dialogue)
    await show_gap(turn, pressed)


_ACTS: dict[Action, Callable[[Turn, OnGap], Awaitable[None]]] = {
    "show": show_gap,
    "take": _take,
    "give_back": _give_back,
    "assign": _assign_another,
    "phrase": _phrase,
    "link": _link,
    "except": _except,
    "merge": picking.pick_gap,
    "split": parting.choose_wordings,
    "toggle": parting.toggle,
    "split_off": parting.split_off,
    "dismiss": parting.ask_why,
    "towards": parting.dismiss,
    "reopen": _reopen,
    "tell_again": trying.tell_again,
    "answer": answering.start,
    "go_on": answering.go_on,
    "ask": answering.ask_for,
    "skip": answering.skip,
    "source": answering.choose_source,
    "new_source": answering.begin_source,
    "topic": answering.choose_topic,
    "try": answering.try_answer,
    "drop": _drop,
}
