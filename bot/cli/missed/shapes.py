"""The JSON that `voced missed` prints; others rely on its keys."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.cli.shapes import reply_shape
from bot.editing import Done, Replay, ShownGap, Trial
from storage.editing import Gap, Line, Wording

Shape = dict[str, Any]


def gap_shape(gap: Gap) -> Shape:
    """Return a gap as `voced missed list --json` prints it."""
    return {
        "gap": gap.id,
        "text": gap.text,
        "count": gap.count,
        "people": gap.people,
        "languages": list(gap.languages),
        "first": _moment(gap.first),
        "last": _moment(gap.last),
        "reason": gap.reason,
        "nearest": list(gap.nearest),
    }


def state_shape(gap: Gap) -> Shape:
    """Return a gap with what was decided on it and who of those that wait was told."""
    return gap_shape(gap) | {
        "state": gap.state,
        "version": gap.version,
        "assignee": gap.assignee,
        "entry": gap.entry,
        "why": gap.why,
        "merged_into": gap.merged_into,
        "told": asdict(gap.told),
    }


def shown_shape(shown: ShownGap) -> Shape:
    """Return a gap as `voced missed show --json` prints it."""
    return state_shape(shown.gap) | {
        "wordings": [wording_shape(one) for one in shown.wordings],
        "journal": [line_shape(one) for one in shown.lines],
    }


def wording_shape(wording: Wording) -> Shape:
    """Return one way in which a gap was asked; `wording` is what `split` takes."""
    return asdict(wording) | {"last": _moment(wording.last)}


def line_shape(line: Line) -> Shape:
    """Return a line as `voced missed journal --json` prints it."""
    return {
        "line": line.id,
        "at": _moment(line.at),
        "editor": line.editor,
        "action": line.action,
        "gap": line.gap,
        "before": _plain(line.before),
        "after": _plain(line.after),
        "undoes": line.undoes,
        "undone_by": line.undone_by,
    }


def replay_shape(replay: Replay) -> Shape:
    """Return what a decision would have changed."""
    return asdict(replay) | {"examples": [asdict(one) for one in replay.examples]}


def done_shape(done: Done, trial: Trial | None) -> Shape:
    """Return a decision that is in force, with what it was tried on where it was."""
    return {
        "line": done.line,
        "gap": state_shape(done.gap) if done.gap else None,
        "opened": done.opened,
        "replay": replay_shape(trial.replay) if trial and trial.replay else None,
        "previews": (
            {language: reply_shape(one) for language, one in trial.previews.items()}
            if trial
            else None
        ),
    }


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _plain(values: Mapping[str, Mapping[str, Any]]) -> Shape:
    return {gap: dict(columns) for gap, columns in values.items()}
