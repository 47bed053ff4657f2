"""What comes of a wish: it is done, or it was tried and waits to be confirmed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.reply import Reply
from intents import Language
from storage.editing import Gap

Verdict = Literal["fixed", "changed", "broken"]
# How many of how many past questions were asked so far; called on the event loop.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A past question (masked), or a held-out phrasing, that is answered otherwise.

    `before` and `after` are entries, `None` for no answer. `times` counts how often it was asked.
    `held_out_of` names the entry whose `hits` or `misses` line it is.
    """

    text: str
    verdict: Verdict
    before: str | None
    after: str | None
    times: int = 1
    held_out_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a decision would have changed.

    `fixed`, `changed` and `broken` count questions as often as they were asked; `examples` names
    them, up to a few dozen of each, what breaks first; `unshown` says how many are left out.
    `asked` of `known` past questions were tried before the time was over, the newest first, and all
    of the `held_out` phrasings.
    """

    fixed: int = 0
    changed: int = 0
    broken: int = 0
    examples: tuple[Changed, ...] = ()
    asked: int = 0
    known: int = 0
    held_out: int = 0
    unshown: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether some past questions were not tried."""
        return self.asked < self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A decision that is in force.

    `line` is its number in the journal, `gap` is how its gap stands now (`None` where it has none
    any more), `opened` the id of the gap that a split made. What is an undoing, or was a message,
    can't be undone.
    """

    line: int
    gap: Gap | None
    opened: str | None = None
    can_be_undone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A decision that was tried and waits to be confirmed.

    It is confirmed by its `id`, in this process and while the gap and the knowledge stay as they
    are. `replay` is `None` where the knowledge stays as it is. `previews` are the answer exactly as
    people will see it, in each language; empty where none is given. `people` wait and are told of
    it; with `is_repeat` they may have been told before.
    """

    id: str
    gap: str | None
    entry: str | None
    replay: Replay | None
    previews: Mapping[Language, Reply]
    people: int = 0
    is_repeat: bool = False

    @property
    def broken(self) -> int:
        """Return how many questions break."""
        return self.replay.broken if self.replay is not None else 0
