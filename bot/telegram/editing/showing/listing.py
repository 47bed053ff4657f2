"""The list of gaps: one message with pages, a button for every gap and every order."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import get_args

from bot.telegram.editing.buttons import OnGap, ToList
from bot.telegram.editing.showing.words import join, mention, text_of
from bot.telegram.editing.turn import Row, make_button
from bot.telegram.showing.voice import Voice
from storage.editing import OPEN_STATES, Gap, GapOrder

PAGE_SIZE = 6
_IN_A_ROW = 3
_MOST_TEXT = 120


def render_list(gaps: Sequence[Gap], counts: Mapping[str, int], page: ToList, voice: Voice) -> str:
    """Return the page as HTML; `gaps` are those on it, `counts` how many there are by state."""
    total = sum(counts.get(state, 0) for state in OPEN_STATES)
    if not total:
        return escape(voice("editing.list.empty"))
    order = voice(f"editing.order.{page.order}")
    head = voice("editing.list.head", total=total, taken=counts.get("assigned", 0), order=order)
    first = page.page * PAGE_SIZE + 1
    lines = [_line(number, gap, voice) for number, gap in enumerate(gaps, start=first)]
    return "\n\n".join([f"<b>{escape(head)}</b>", *lines])


def list_buttons(gaps: Sequence[Gap], page: ToList, voice: Voice, *, has_more: bool) -> list[Row]:
    """Return a button for each gap, for the pages around, and for the orders."""
    first = page.page * PAGE_SIZE + 1
    opening = [
        button
        for number, gap in enumerate(gaps, start=first)
        for button in make_button(str(number), OnGap(action="show", gap=gap.id, seen=gap.version))
    ]
    rows = [opening[at : at + _IN_A_ROW] for at in range(0, len(opening), _IN_A_ROW)]
    around: Row = []
    if page.page:
        back = ToList(order=page.order, page=page.page - 1)
        around += make_button(voice("page.previous"), back)
    if has_more:
        around += make_button(voice("page.next"), ToList(order=page.order, page=page.page + 1))
    orders: Row = []
    for order in get_args(GapOrder):
        mark = "• " if order == page.order else ""
        orders += make_button(f"{mark}{voice(f'editing.order.{order}')}", ToList(order=order))
    return [row for row in (*rows, around, orders[:2], orders[2:]) if row]


def _line(number: int, gap: Gap, voice: Voice) -> str:
    facts = voice(
        "editing.list.facts",
        people=gap.people,
        count=gap.count,
        languages=", ".join(gap.languages),
        last=f"{gap.last:%m-%d}",
    )
    taken = ""
    if gap.assignee is not None:
        # The number of the editor is a link, which no escaped text can hold.
        taken = f"{escape(voice('editing.taken_by'))} {mention(gap.assignee, voice)}"
    text = escape(text_of(gap, voice, most=_MOST_TEXT), quote=False)
    return join([f"{number}. {text}", f"<i>{escape(facts)}</i>", taken])
