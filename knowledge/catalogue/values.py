"""The catalogue of majors as values: what a look-up hands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.catalogue.models import ContinuationKind, CountKey, Level
from knowledge.models import Localised, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category (专业大类) at one level. `number` (1 to 19) is the same at every level."""

    code: str
    number: int
    level: Level
    name: Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorClass:
    """A class (专业类) at one level. `key`, such as `1202`, is the same at every level."""

    code: str
    key: str
    level: Level
    category_code: str
    name: Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedCount:
    """A number of majors as a claim gives it."""

    count: int
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A year's edition, or several years' where no source names the one (`first` < `last`).

    The main source comes first. A whole edition is a new catalogue, the others add to it; of one
    that is partly held, sources announce more majors than the catalogue holds.
    """

    id: str
    first: int
    last: int
    is_whole: bool
    is_partly_held: bool
    sources: tuple[Source, ...]
    adds: Mapping[CountKey, CitedCount] = field(default_factory=dict)
    holds: Mapping[CountKey, CitedCount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Continues:
    """The names of the majors that officially continue a major; empty where none is known."""

    diploma: tuple[str, ...] = ()
    vocational_bachelor: tuple[str, ...] = ()
    general_bachelor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Major:
    """A major (专业). `years`, `occupations` and `continues` are None or empty where unknown.

    The Chinese name is official, the English one this project's translation. `has_one_source`
    marks those that a single source gives.
    """

    code: str
    level: Level
    name: Localised
    category_code: str
    class_code: str
    edition: Edition
    is_state_controlled: bool
    years: int | None
    occupations: tuple[str, ...]
    continues: Continues
    has_one_source: bool

    @property
    def official_code(self) -> str:
        """Return the code as it is published: with a K when the state controls the major."""
        return f"{self.code}K" if self.is_state_controlled else self.code

    @property
    def is_addition(self) -> bool:
        """Whether the major was added to a catalogue instead of issued with it."""
        return not self.edition.is_whole

    @property
    def has_profile(self) -> bool:
        """Whether study years, occupations or continuations are known."""
        return bool(self.years or self.occupations or self.continues != _NOTHING)


_NOTHING = Continues()


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """A major that officially continues another.

    `standing` says where the name belongs: `catalogue` (then `major` is it), `general_university`,
    or `not_in_catalogue` when the source names a vocational major that the catalogue lacks.
    """

    name: str
    kind: ContinuationKind
    standing: Literal["catalogue", "general_university", "not_in_catalogue"]
    major: Major | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What a year added to the catalogue.

    `certain` were added in that year; `possible` in one of several years of which it is one, and
    no source says which. `edition` is the year's own edition, None when there is none.
    """

    year: int
    certain: tuple[Major, ...]
    possible: tuple[Major, ...]
    edition: Edition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many majors there are; categories and classes by their code, which tells the level."""

    total: int
    by_level: Mapping[Level, int]
    by_category: Mapping[str, int]
    by_class: Mapping[str, int]
    by_edition: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorCitation:
    """What a major rests on.

    `listing` gives its code, name, class and edition, main source first; `profile` its study
    years, occupations and continuations, None when none of them is known.
    """

    listing: tuple[Source, ...]
    profile: Source | None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return all of them, each once."""
        return (*self.listing, self.profile) if self.profile is not None else self.listing
