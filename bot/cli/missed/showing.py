"""Gaps, lines of the journal and trials as lines of text."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.cli.missed.shapes import gap_shape
from bot.editing import Changed, ShownGap, Trial
from bot.terminal import on_one_line
from bot.words.telling import tell_told
from bot.words.wording import Wording
from intents import Language
from storage.editing import Gap, Line

_SIGNS = {"fixed": "+", "changed": "~", "broken": "!"}
_NONE = "-"


def gap_rows(shown: ShownGap, say: Callable[..., str]) -> Iterator[str]:
    """Yield a gap as `voced missed show` prints it, a name and a value on each line."""
    gap = shown.gap
    for name, value in {**gap_shape(gap), **_state_of(gap)}.items():
        text = ", ".join(value) if isinstance(value, list) else value
        yield _row(name, "" if text is None else str(text))
    for text in tell_told(gap.told, say):
        yield _row("told", text)
    for one in shown.wordings:
        yield _row("wording", f"{one.wording} {one.language} {one.count}x {one.text}")
    for line in shown.lines:
        yield _row("journal", line_row(line))


def line_row(line: Line) -> str:
    """Return a line of the journal: number, time, who, what, and what changed."""
    who = "voced" if line.editor is None else f"editor {line.editor or 'forgotten'}"
    row = f"{line.id}  {line.at:%Y-%m-%d %H:%M}  {who}  {line.action}  {line.gap or _NONE}"
    own = line.gap or ""
    changes = _changes(line.before.get(own, {}), line.after.get(own, {}))
    notes = [f"{name}: {_short(value)}" for name, value in sorted(line.after.get("", {}).items())]
    undone = [f"undone by {line.undone_by}"] if line.undone_by is not None else []
    return on_one_line("  ".join([row, *changes, *notes, *undone]))


def trial_rows(trial: Trial, wording: Wording, language: Language) -> Iterator[str]:
    """Yield what a decision would have changed: the sum, and the questions that change."""
    replay = trial.replay
    if replay is None:
        yield wording("editing.trial.same", language)
        return
    yield wording(
        "editing.cli.replay", language,
        asked=replay.asked, known=replay.known, held_out=replay.held_out,
        fixed=replay.fixed, changed=replay.changed, broken=replay.broken,
    )  # fmt: skip
    if replay.is_cut:
        yield wording("editing.trial.cut", language)
    for one in replay.examples:
        yield on_one_line(f"  {_SIGNS[one.verdict]} {_changed_row(one)}")
    if replay.unshown:
        yield f"  {wording('digest.rest', language, count=replay.unshown)}"


def _changed_row(one: Changed) -> str:
    times = f" ({one.times}x)" if one.times > 1 else ""
    held_out = f" [{one.held_out_of}]" if one.held_out_of else ""
    return f"{one.text}{times}: {one.before or _NONE} → {one.after or _NONE}{held_out}"


def _state_of(gap: Gap) -> dict[str, Any]:
    state = {
        "state": gap.state,
        "assignee": gap.assignee,
        "entry": gap.entry,
        "why": gap.why,
        "merged": gap.merged_into,
    }
    return {name: value for name, value in state.items() if value not in (None, "")}


def _row(name: str, value: str) -> str:
    return on_one_line(f"{name:10} {value}").rstrip()


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [
        f"{name}: {_short(before.get(name))} → {_short(after.get(name))}"
        for name in sorted({*before, *after})
    ]


def _short(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(map(str, value))
    return _NONE if value is None else str(value)
