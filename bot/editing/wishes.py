"""What an editor can wish of a gap, as plain values.

`seen` is the version of the gap that the editor has looked at: where another one was decided on
meanwhile, the wish is refused. `None` takes the gap as it is.
"""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from knowledge import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the gap to the editor `to`, or back to nobody (`None`). Taking it is assigning it."""

    gap: str
    to: int | None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of asking, in its language."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCounterexample:
    """Let `entry` be no answer to these phrases; the gap stays as it is."""

    gap: str
    entry: str
    phrases: tuple[Phrase, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPhrasing:
    """Let `entry` be found by these phrasings too; the gap is answered with it."""

    gap: str
    entry: str
    phrases: tuple[Phrase, ...]
    seen: int | None = None


class NewSource(BaseModel):
    """A source that the knowledge does not hold yet.

    `published` is a date, `YYYY-MM` or a year; both it and `url` may be missing where there is
    none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=1, max_length=300)
    publisher: str = Field(min_length=1, max_length=200)
    published: str | None = None
    url: str | None = None
    language: Language = "zh"


class AnswerDraft(BaseModel):
    """A new answer, as an editor types it.

    `title` and `says` may lack a language. It cites claims (`cites`), a source (`source`) or a new
    one; at least one of them. What `says` states becomes a claim of that source, with every figure
    in it, so that figures typed are figures cited. `topic` is that of the nearest entry where it
    is `None`, `review_by` a year from now. `phrases` are how it is found, by default the gap's own
    wordings.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: dict[Language, str] = Field(default_factory=dict)
    says: dict[Language, str] = Field(default_factory=dict)
    cites: tuple[str, ...] = ()
    source: str | None = None
    new_source: NewSource | None = None
    topic: str | None = None
    review_by: date | None = None
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAnswer:
    """Answer the gap with a new entry."""

    gap: str
    draft: AnswerDraft
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Answer the gap with an entry that is there, and leave its phrasings as they are."""

    gap: str
    entry: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellAgain:
    """Tell those once more of whom it is not known whether they were told of the answer."""

    gap: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Let the gap be part of the gap `into`."""

    gap: str
    into: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff:
    """Make some wordings of the gap (`Wording.wording`) a gap of their own."""

    gap: str
    wordings: tuple[str, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismiss:
    """Put the gap away; `towards` an entry, it comes back when that changes."""

    gap: str
    why: str
    towards: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Let the gap wait for an editor again."""

    gap: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take the decision with this number in the journal back."""

    line: int


# About one gap.
GapWish = (
    Assign
    | AddCounterexample
    | AddPhrasing
    | WriteAnswer
    | Link
    | TellAgain
    | Merge
    | SplitOff
    | Dismiss
    | Reopen
)
Wish = GapWish | Undo
