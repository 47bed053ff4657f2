"""The shapes of the files below `majors/`: categories with their majors, and editions."""

import re
from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from knowledge.models import Strict, Text

T = TypeVar("T")
Level = Literal["secondary", "diploma", "bachelor"]
LEVELS: tuple[Level, ...] = ("secondary", "diploma", "bachelor")
VocationalKind = Literal["diploma", "vocational_bachelor"]
ContinuationKind = VocationalKind | Literal["general_bachelor"]
# At which level a continuation is looked for; majors of general universities stand at none.
CONTINUES_AT: dict[VocationalKind, Level] = {
    "diploma": "diploma",
    "vocational_bachelor": "bachelor",
}
CountKey = Literal["total", "secondary", "diploma", "bachelor"]

# The first two digits of a code are the running number of the category plus this.
_CODES_FROM: dict[Level, int] = {"secondary": 60, "diploma": 40, "bachelor": 20}
_MOST_CATEGORIES = 19


def category_code(number: int, level: Level) -> str:
    """Return the two digits of category `number` at `level`: 12 at diploma level is `52`."""
    return str(_CODES_FROM[level] + number)


def category_number(code: str, level: Level) -> int | None:
    """Return the running number (1 to 19) of a category's two digits, or None at another level."""
    number = int(code) - _CODES_FROM[level] if re.fullmatch(r"[0-9]{2}", code) else 0
    return number if 1 <= number <= _MOST_CATEGORIES else None


def _digits(count: int, example: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if isinstance(value, str) and re.fullmatch(rf"[0-9]{{{count}}}", value):
            return value
        raise ValueError(f"must be {count} digits, in quotes: '{example}'")

    return check


def _check_edition(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{4})?", value):
        first, last = value[:4], value[-4:]
        if len(value) == len(first) or first < last:
            return value
    raise ValueError("must be a year or a range of years, in quotes: '2024' or '2022-2024'")


def _check_filled(items: tuple[T, ...]) -> tuple[T, ...]:
    if not items:
        raise ValueError("must not be empty")
    return items


def _check_no_doubles(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"'{name}' stands twice")
    return names


EditionId = Annotated[str, BeforeValidator(_check_edition)]
Names = Annotated[
    tuple[Text, ...], AfterValidator(_check_filled), AfterValidator(_check_no_doubles)
]
FigureRef = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+\.[a-z][A-Za-z0-9_]*$")]


class ContinuesEntry(Strict):
    """The majors that officially continue a major, by name.

    `general_bachelor` names majors of general universities; this catalogue does not hold them.
    """

    diploma: Names | None = None
    vocational_bachelor: Names | None = None
    general_bachelor: Names | None = None


class MajorEntry(Strict):
    """A major as it stands in the file of its category. What is not known is absent.

    `agreeing_sources` is written only where a single source gives the major.
    """

    code: Annotated[str, BeforeValidator(_digits(6, "520201"))]
    state_controlled: bool = False
    zh: Text
    en: Text
    edition: EditionId
    years: Annotated[int, Field(ge=1, le=6, strict=True)] | None = None
    occupations: Names | None = None
    continues: ContinuesEntry | None = None
    agreeing_sources: Literal[1] | None = None


class ClassEntry(Strict):
    """A class with its majors at each level where it occurs; `number` is its own two digits."""

    number: Annotated[str, BeforeValidator(_digits(2, "02"))]
    zh: Text
    en: Text
    secondary: tuple[MajorEntry, ...] = ()
    diploma: tuple[MajorEntry, ...] = ()
    bachelor: tuple[MajorEntry, ...] = ()

    def at(self, level: Level) -> tuple[MajorEntry, ...]:
        """Return the majors at `level`."""
        majors: tuple[MajorEntry, ...] = getattr(self, level)
        return majors


class CodesEntry(Strict):
    """The two digits of a category at each level."""

    secondary: Text
    diploma: Text
    bachelor: Text


class CategoryEntry(Strict):
    """One file: a category, whose running number is the same at every level."""

    number: Annotated[int, Field(ge=1, le=_MOST_CATEGORIES, strict=True)]
    zh: Text
    en: Text
    codes: CodesEntry
    classes: Annotated[tuple[ClassEntry, ...], AfterValidator(_check_filled)]


class EditionEntry(Strict):
    """Where an edition is known from, and the figures that its majors are counted against.

    `adds` refers to how many majors the edition added, `holds` to how many the catalogue held
    with it. `whole` says that it is a new catalogue instead of additions to one, `partly_held`
    that more was announced than the files hold.
    """

    sources: Names
    whole: bool = False
    partly_held: bool = False
    adds: dict[CountKey, FigureRef] = Field(default_factory=dict)
    holds: dict[CountKey, FigureRef] = Field(default_factory=dict)


class EditionsFile(Strict):
    """`majors/editions.yaml`.

    `profiles` is the source of study years, occupations and continuations; `not_in_catalogue`
    lists names that it gives as continuations although the catalogue does not hold them.
    """

    editions: dict[EditionId, EditionEntry]
    profiles: Text
    not_in_catalogue: dict[VocationalKind, Names] = Field(default_factory=dict)
