"""The catalogue of majors: what stands where, and what a major leads to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.catalogue.models import (
    CONTINUES_AT,
    LEVELS,
    Level,
    VocationalKind,
    category_code,
)
from knowledge.catalogue.values import (
    Additions,
    Category,
    Continuation,
    Counts,
    Edition,
    Major,
    MajorCitation,
    MajorClass,
)
from knowledge.models import Source

_NO_MAJORS = Counts(total=0, by_level={}, by_category={}, by_class={}, by_edition={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All majors, by code, in order of level (secondary first) and code.

    `categories`, `classes` and `editions` go by code and id in the same order. Majors come out of
    every query in the order of `majors`. Make one with `make_catalogue`.
    """

    categories: Mapping[str, Category] = field(default_factory=dict)
    classes: Mapping[str, MajorClass] = field(default_factory=dict)
    majors: Mapping[str, Major] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    profiles: Source | None = None
    counts: Counts = _NO_MAJORS
    _by_name: Mapping[str, tuple[Major, ...]] = field(default_factory=dict)
    _by_class: Mapping[str, tuple[Major, ...]] = field(default_factory=dict)

    def named(self, name: str) -> tuple[Major, ...]:
        """Return the majors of exactly this Chinese name, at most one a level, lowest first."""
        return self._by_name.get(name, ())

    def in_class(self, code: str) -> tuple[Major, ...]:
        """Return the majors of a class (four digits)."""
        return self._by_class.get(code, ())

    def in_category(self, code: str) -> tuple[Major, ...]:
        """Return the majors of a category (two digits)."""
        return tuple(major for major in self.majors.values() if major.category_code == code)

    def classes_of(self, code: str) -> tuple[MajorClass, ...]:
        """Return the classes of a category (two digits)."""
        return tuple(one for one in self.classes.values() if one.category_code == code)

    def class_at(self, key: str, level: Level) -> MajorClass | None:
        """Return the class of this `key` at `level`, or None where it does not occur."""
        return self.classes.get(category_code(int(key[:2]), level) + key[2:])

    def siblings(self, major: Major) -> tuple[Major, ...]:
        """Return the other majors of the same class and level."""
        return tuple(one for one in self.in_class(major.class_code) if one.code != major.code)

    def next_level(self, major: Major) -> tuple[Major, ...]:
        """Return the majors of the same class one level up; empty when there are none."""
        above = LEVELS[LEVELS.index(major.level) + 1 :]
        group = self.class_at(self.classes[major.class_code].key, above[0]) if above else None
        return self.in_class(group.code) if group is not None else ()

    def continuations(self, major: Major) -> tuple[Continuation, ...]:
        """Return what officially continues `major`, nearest level first; empty where unknown."""
        continues = major.continues
        return (
            *self._resolve("diploma", continues.diploma),
            *self._resolve("vocational_bachelor", continues.vocational_bachelor),
            *(
                Continuation(name=name, kind="general_bachelor", standing="general_university")
                for name in continues.general_bachelor
            ),
        )

    def _resolve(self, kind: VocationalKind, names: tuple[str, ...]) -> Iterator[Continuation]:
        for name in names:
            level = CONTINUES_AT[kind]
            major = next((one for one in self.named(name) if one.level == level), None)
            yield Continuation(
                name=name,
                kind=kind,
                standing="not_in_catalogue" if major is None else "catalogue",
                major=major,
            )

    def added_in(self, year: int) -> Additions:
        """Return what `year` added; nothing for the year of a whole edition, which adds to none."""
        certain: list[Major] = []
        possible: list[Major] = []
        for major in self.majors.values():
            edition = major.edition
            if not edition.is_whole and edition.first <= year <= edition.last:
                (certain if edition.first == edition.last else possible).append(major)
        return Additions(
            year=year,
            certain=tuple(certain),
            possible=tuple(possible),
            edition=self.editions.get(str(year)),
        )

    def citation_for(self, major: Major) -> MajorCitation:
        """Return the sources of `major`: where one alone gives it, its edition's main one."""
        sources = major.edition.sources
        return MajorCitation(
            listing=sources[:1] if major.has_one_source else sources,
            profile=self.profiles if major.has_profile else None,
        )


def make_catalogue(
    *,
    categories: Mapping[str, Category],
    classes: Mapping[str, MajorClass],
    majors: Mapping[str, Major],
    editions: Mapping[str, Edition],
    profiles: Source | None,
) -> Catalogue:
    """Return the catalogue of these parts, counted and ready to be asked."""
    by_name: dict[str, tuple[Major, ...]] = {}
    by_class: dict[str, tuple[Major, ...]] = {}
    for major in majors.values():
        by_name[major.name.zh] = (*by_name.get(major.name.zh, ()), major)
        by_class[major.class_code] = (*by_class.get(major.class_code, ()), major)
    return Catalogue(
        categories=categories,
        classes=classes,
        majors=majors,
        editions=editions,
        profiles=profiles,
        counts=Counts(
            total=len(majors),
            by_level=Counter(major.level for major in majors.values()),
            by_category=Counter(major.category_code for major in majors.values()),
            by_class=Counter(major.class_code for major in majors.values()),
            by_edition=Counter(major.edition.id for major in majors.values()),
        ),
        _by_name=by_name,
        _by_class=by_class,
    )
