"""What an editor's button carries: what to do, on what, and which state of it the editor saw.

| data | button |
|---|---|
| `e1:l:<order>:<page>` | a page of the list; the order is its first letter |
| `e1:g:<action>:<gap>:<seen>:<argument>` | does something with a gap, in the version seen |
| `e1:t:<action>:<trial>` | does something with what was tried |
| `e1:u:<line>` | takes back the decision with this number |

Apart from people's buttons by its beginning, versioned, ASCII, at most 64 bytes. A number is
written in base 36.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from bot.telegram.buttons.compact import pack_number, unpack_number
from storage.editing import GapOrder

PREFIX = "e1:"
_MOST_BYTES = 64
_MOST_COLONS = 4  # any further ones belong to the argument
_MOST_PAGES = 100_000
_GAP = re.compile(r"g[0-9a-f]{8}")
_TRIAL = re.compile(r"t[0-9a-f]{8}")

Action = Literal[
    "show", "take", "give_back", "assign", "phrase", "link", "merge", "split", "toggle",
    "split_off", "dismiss", "towards", "reopen", "answer", "go_on", "ask", "skip", "source",
    "new_source", "topic", "try", "drop", "tell_again", "except",
]  # fmt: skip
_CODES: dict[Action, str] = {
    "show": "s", "take": "t", "give_back": "b", "assign": "a", "phrase": "p", "link": "k",
    "merge": "m", "split": "x", "toggle": "xt", "split_off": "xo", "dismiss": "d", "towards": "dt",
    "reopen": "o", "answer": "w", "go_on": "wg", "ask": "wa", "skip": "ws", "source": "wc",
    "new_source": "wn", "topic": "wt", "try": "wr", "drop": "wd", "tell_again": "r",
    "except": "n",
}  # fmt: skip
_ACTIONS = {code: action for action, code in _CODES.items()}
TrialAction = Literal["confirm", "insist", "drop"]
_TRIAL_ACTIONS: dict[str, TrialAction] = {one[0]: one for one in get_args(TrialAction)}
_ORDERS: dict[str, GapOrder] = {one[0]: one for one in get_args(GapOrder)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToList:
    """Shows a page of the list; pages count from 0."""

    order: GapOrder = "people"
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnGap:
    """Does something with a gap; `argument` is whatever the action needs."""

    action: Action
    gap: str
    seen: int
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTrial:
    """Puts into force what was tried, despite what it breaks (`insist`), or drops it."""

    action: TrialAction
    trial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Takes a decision back."""

    line: int


EditorButton = ToList | OnGap | OnTrial | TakeBack


def encode(button: EditorButton) -> str | None:
    """Return the callback data of a button, `None` where an argument is too long for one."""
    data = PREFIX + ":".join(_parts_of(button))
    return data if data.isascii() and len(data) <= _MOST_BYTES else None


def decode(data: str | None) -> EditorButton | None:
    """Return what was pressed, or `None` for data that is forged or from another version."""
    if data is None or not data.startswith(PREFIX) or len(data) > _MOST_BYTES:
        return None
    kind, *fields = data.removeprefix(PREFIX).split(":", _MOST_COLONS)
    reader = _READERS.get((kind, len(fields)))
    return reader(*fields) if reader is not None else None


def _parts_of(button: EditorButton) -> tuple[str, ...]:
    match button:
        case ToList():
            return ("l", button.order[0], pack_number(button.page))
        case OnGap():
            seen = pack_number(button.seen)
            return ("g", _CODES[button.action], button.gap, seen, button.argument)
        case OnTrial():
            return ("t", button.action[0], button.trial)
        case TakeBack():
            return ("u", pack_number(button.line))
    raise TypeError(button)


def _read_list(order: str, page: str) -> ToList | None:
    number = unpack_number(page)
    # No list has so many pages that its rows could not be counted.
    if order not in _ORDERS or number is None or number > _MOST_PAGES:
        return None
    return ToList(order=_ORDERS[order], page=number)


def _read_gap(code: str, gap: str, seen: str, argument: str) -> OnGap | None:
    version = unpack_number(seen)
    if code not in _ACTIONS or not _GAP.fullmatch(gap) or version is None:
        return None
    return OnGap(action=_ACTIONS[code], gap=gap, seen=version, argument=argument)


def _read_trial(code: str, trial: str) -> OnTrial | None:
    if code not in _TRIAL_ACTIONS or not _TRIAL.fullmatch(trial):
        return None
    return OnTrial(action=_TRIAL_ACTIONS[code], trial=trial)


def _read_line(line: str) -> TakeBack | None:
    number = unpack_number(line)
    return None if number is None else TakeBack(line=number)


# By the kind and how many fields follow.
_READERS: dict[tuple[str, int], Callable[..., EditorButton | None]] = {
    ("l", 2): _read_list,
    ("g", 4): _read_gap,
    ("t", 2): _read_trial,
    ("u", 1): _read_line,
}
