"""One gap: what was asked, by how many, what was decided, and everything that can be done."""

from collections.abc import Iterable
from html import escape

from bot.editing import ShownGap
from bot.telegram.editing.buttons import Action, OnGap, TakeBack, ToList
from bot.telegram.editing.showing.words import entry_label, join, mention, moment, shorten, text_of
from bot.telegram.editing.turn import Row, make_button
from bot.telegram.showing.voice import Voice
from bot.words.telling import tell_told
from knowledge import Knowledge
from storage.editing import Gap, Line

_MOST_WORDINGS = 8
_MOST_LINES = 5
_DECIDING: tuple[tuple[Action, ...], ...] = (
    ("answer",), ("phrase", "link"), ("except",), ("merge", "split"), ("dismiss",),
)  # fmt: skip

# What can't be undone, for it is an undoing, the bot's own, or a message.
_FINAL = frozenset({"undo", "missed_again", "tell_again"})


def render_gap(shown: ShownGap, knowledge: Knowledge, voice: Voice) -> str:
    """Return the gap as HTML."""
    gap = shown.gap
    head = voice("editing.gap.head", gap=gap.id, state=voice(f"editing.state.{gap.state}"))
    wordings = [
        voice("editing.gap.wording", text=shorten(one.text, 150), count=one.count)
        for one in shown.wordings[:_MOST_WORDINGS]
    ]
    parts = [
        f"<b>{escape(head)}</b>",
        escape(text_of(gap, voice), quote=False),
        join([*map(_escaped, _facts(gap, knowledge, voice)), _taken(gap, voice)]),
    ]
    if len(wordings) > 1:
        parts.append(join([_bold(voice("editing.gap.wordings")), *map(_escaped, wordings)]))
    if shown.lines:
        lines = [_journal_line(one, voice) for one in shown.lines[:_MOST_LINES]]
        parts.append(join([_bold(voice("editing.gap.journal")), *lines]))
    return "\n\n".join(part for part in parts if part)


def gap_buttons(shown: ShownGap, actor: int, voice: Voice, *, has_others: bool) -> list[Row]:
    """Return what can be done with the gap as it stands."""
    gap = shown.gap

    def row(*actions: Action) -> Row:
        return [
            button
            for action in actions
            for button in make_button(
                voice(f"editing.do.{action}"), OnGap(action=action, gap=gap.id, seen=gap.version)
            )
        ]

    rows: list[Row] = []
    if gap.is_open:
        hold: list[Action] = ["give_back" if gap.assignee == actor else "take"]
        if has_others:
            hold.append("assign")
        rows = [row(*hold)]
        rows += [row(*actions) for actions in _DECIDING]
    elif gap.state != "merged":
        rows = [row("reopen")]
        if gap.state == "answered" and gap.told.unsure:
            rows.insert(0, row("tell_again"))
    undoable = next((one for one in shown.lines if _can_be_undone(one)), None)
    if undoable is not None:
        rows.append(make_button(voice("editing.do.undo", line=undoable.id), _undo(undoable)))
    again = make_button(voice("editing.do.refresh"), OnGap(action="show", gap=gap.id, seen=0))
    rows.append([*again, *make_button(voice("editing.do.list"), ToList())])
    return rows


def _facts(gap: Gap, knowledge: Knowledge, voice: Voice) -> Iterable[str]:
    yield voice(
        "editing.gap.asked",
        people=gap.people,
        count=gap.count,
        languages=", ".join(gap.languages),
        first=moment(gap.first),
        last=moment(gap.last),
    )
    if gap.reason:
        yield voice("editing.gap.reason", reason=gap.reason)
    if gap.nearest:
        named = (f"{entry_label(one, knowledge, voice)} [{one}]" for one in gap.nearest)
        yield voice("editing.gap.nearest", entries="; ".join(named))
    if gap.state == "merged" and gap.merged_into:
        yield voice("editing.gap.merged_into", gap=gap.merged_into)
    elif gap.entry:
        yield voice("editing.gap.entry", entry=gap.entry)
    if gap.why:
        yield voice("editing.gap.why", why=gap.why)
    yield from tell_told(gap.told, voice)


def _taken(gap: Gap, voice: Voice) -> str:
    if gap.assignee is None:
        return ""
    return f"{_escaped(voice('editing.taken_by'))} {mention(gap.assignee, voice)}"


def _journal_line(line: Line, voice: Voice) -> str:
    action = voice(f"editing.action.{line.action}")
    undone = f" ({voice('editing.gap.undone')})" if line.undone_by is not None else ""
    at = moment(line.at)
    return f"{line.id}. {at} {mention(line.editor, voice)}: {_escaped(action + undone)}"


def _can_be_undone(line: Line) -> bool:
    return line.undone_by is None and line.action not in _FINAL


def _undo(line: Line) -> TakeBack:
    return TakeBack(line=line.id)


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _bold(text: str) -> str:
    return f"<b>{_escaped(text)}</b>"
