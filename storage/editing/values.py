"""The values that go in and out of what is remembered of the editors' loop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

GapState = Literal["open", "assigned", "answered", "dismissed", "merged"]
GapOrder = Literal["people", "newest", "oldest", "unassigned"]
AdditionKind = Literal["source", "claim", "entry", "phrasing", "counterexample"]
TellingState = Literal["waiting", "sending", "told", "unreachable", "unsure"]

# In the place of an editor who had themselves forgotten; `None` is the bot.
NOBODY = 0
OPEN_STATES: tuple[GapState, ...] = ("open", "assigned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many people a gap concerns that pressed "tell me", by what became of it.

    `unsure` counts those whose message was on its way when the process died, or got no answer: it
    is not sent again unless an editor says so.
    """

    waiting: int = 0
    told: int = 0
    unreachable: int = 0
    unsure: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What people miss alike.

    `text`, `reason` and `nearest` are those of its newest question; `text` is empty once that is
    forgotten. `people` counts distinct askers, all questions without one as one person. `entry` is
    what it was answered with, or what it was pointed to when it was dismissed (`why`). `version`
    goes up with every decision. Times are in UTC.
    """

    id: str
    state: GapState
    version: int
    text: str
    reason: str | None
    nearest: tuple[str, ...]
    count: int
    people: int
    languages: tuple[str, ...]
    first: datetime
    last: datetime
    assignee: int | None = None
    entry: str | None = None
    entry_digest: str | None = None
    why: str | None = None
    merged_into: str | None = None
    decided_at: datetime | None = None
    told: Told = field(default_factory=Told)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an editor."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way in which a gap was asked: masked text, how often, by how many, and when last.

    `wording` identifies it in this database for `split`; it is no id to keep.
    """

    wording: str
    text: str
    language: str
    count: int
    people: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastQuestion:
    """What was asked before, masked, and how often."""

    text: str
    language: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungathered:
    """A question before editors that belongs to no gap yet."""

    question: int
    wording: str
    normalised: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a question belongs: to the gap `gap`, to a new one (`None`), or nowhere (noise).

    `like` is the wording of one that is placed before it, to whose gap it belongs.
    """

    question: Ungathered
    gap: str | None = None
    like: str | None = None
    is_noise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWording:
    """A wording in a gap; `id` grows, so that what is new can be asked for."""

    id: int
    gap: str
    normalised: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChange:
    """What a decision changes of a gap.

    `seen` is the version that the editor decided on, `None` for whatever it is. `values` are
    columns: `state`, `assignee`, `entry`, `entry_digest`, `why`, `merged_into`.
    """

    gap: str
    seen: int | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddition:
    """A piece of knowledge in its own format.

    `target` is the source, claim or entry it is or belongs to; `content` is YAML, for a phrasing or
    a counterexample the line itself (and `language` its language).
    """

    kind: AdditionKind
    target: str
    content: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition(NewAddition):
    """A piece of knowledge that an editor added; `ended_because` is `None` while it is in force."""

    id: int
    decision: int
    added_at: datetime
    ended_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Wordings of `gap` that become a gap of their own."""

    gap: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A decision with all it changes, in one transaction or not at all.

    `editor` is `None` where the bot decides. `revision` is that of the live additions that it was
    tried on; with another one it is refused. `answered` names the entry that everybody is told of
    who waits for the first gap; with `tells_again` those are told of its entry once more of whom it
    is not known whether they were. `ends` are additions that end because the decision `undoes` is
    undone; who was not told yet of that waits again.
    """

    at: datetime
    editor: int | None
    action: str
    gaps: tuple[GapChange, ...] = ()
    note: Mapping[str, Any] = field(default_factory=dict)
    additions: tuple[NewAddition, ...] = ()
    revision: int | None = None
    answered: str | None = None
    tells_again: bool = False
    split: Split | None = None
    ends: tuple[int, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Why a change was refused.

    `unknown`: there is no such gap. `version`: somebody decided meanwhile (`by`, what, when).
    `revision`: the live knowledge changed meanwhile. `undone`: it is undone already. `empty`: a
    split would leave nothing, or take nothing. `nobody`: there is nobody to be told again.
    """

    kind: Literal["unknown", "version", "revision", "undone", "empty", "nobody"]
    gap: str | None = None
    by: int | None = None
    action: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the journal.

    `before` and `after` map a gap's id to its columns that changed; what belongs to the decision
    as a whole stands in `after` under "". `editor` is `None` where the bot decided.
    """

    id: int
    at: datetime
    editor: int | None
    action: str
    gap: str | None
    before: Mapping[str, Mapping[str, Any]]
    after: Mapping[str, Mapping[str, Any]]
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """How far an editor is in a dialogue about `gap`; `data` is whatever its steps need."""

    editor: int
    gap: str
    step: str
    data: Mapping[str, Any]
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One person who is to be told that `gap` is answered with `entry`."""

    id: int
    gap: str
    entry: str
    chat_id: int
    language: str
    tries: int
