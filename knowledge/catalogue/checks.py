"""The rules of the catalogue: codes fit their place, nothing stands twice, names lead somewhere."""

from collections.abc import Collection, Iterator, Mapping

from knowledge.catalogue.counting import check_counts
from knowledge.catalogue.models import (
    CONTINUES_AT,
    LEVELS,
    CategoryEntry,
    EditionsFile,
    Level,
    VocationalKind,
    category_code,
)
from knowledge.catalogue.reading import EDITIONS, CatalogueEntries, PlacedMajor
from knowledge.errors import Problem
from knowledge.models import Claim
from knowledge.reading import Placed


def check_catalogue(
    entries: CatalogueEntries, *, sources: Collection[str], claims: Mapping[str, Claim]
) -> Iterator[Problem]:
    """Yield what is wrong with the catalogue beyond the shape of its files.

    What only the whole catalogue can tell is left out when a part of it could not be read.
    """
    yield from _check_categories(entries.categories)
    yield from _check_doubles(entries.majors)
    for major in entries.majors:
        yield from _check_place(major)
        yield from _check_direction(major)
    if entries.editions is not None:
        yield from _check_sources(entries.editions, sources)
        yield from _check_editions(entries.majors, entries.editions.value)
        if entries.is_complete:
            yield from _check_continuations(entries.majors, entries.editions)
            yield from check_counts(entries.majors, entries.editions, claims)


def _check_categories(categories: tuple[Placed[CategoryEntry], ...]) -> Iterator[Problem]:
    first: dict[int, str] = {}
    for category in categories:
        number = category.value.number
        if number in first:
            yield category.problem(f"category {number} stands in {first[number]} too", "number")
        first.setdefault(number, category.document.name)
        for level in LEVELS:
            code = category_code(number, level)
            if getattr(category.value.codes, level) != code:
                yield category.problem(
                    f"category {number} has the code '{code}' at this level", "codes", level
                )
        yield from _check_classes(category)


def _check_classes(category: Placed[CategoryEntry]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, group in enumerate(category.value.classes):
        if group.number in seen:
            yield category.problem(
                f"class '{group.number}' stands twice", "classes", index, "number"
            )
        seen.add(group.number)
        if not any(group.at(level) for level in LEVELS):
            yield category.problem(f"class '{group.number}' has no majors", "classes", index)


def _check_doubles(majors: tuple[PlacedMajor, ...]) -> Iterator[Problem]:
    codes: dict[str, str] = {}
    names: dict[tuple[Level, str], str] = {}
    for major in majors:
        code, name = major.placed.value.code, major.placed.value.zh
        if code in codes:
            yield major.placed.problem(f"the code stands in {codes[code]} too", "code")
        elif (major.level, name) in names:
            yield major.placed.problem(
                f"'{name}' is the name of {names[major.level, name]} at the same level", "zh"
            )
        codes.setdefault(code, major.placed.document.name)
        names.setdefault((major.level, name), code)


def _check_place(major: PlacedMajor) -> Iterator[Problem]:
    code, category = major.placed.value.code, category_code(major.category_number, major.level)
    if code[:2] != category:
        yield major.placed.problem(f"must begin with '{category}', its category's code", "code")
    elif code[2:4] != major.class_number:
        yield major.placed.problem(
            f"must begin with '{category}{major.class_number}', its class's code", "code"
        )


def _check_direction(major: PlacedMajor) -> Iterator[Problem]:
    continues = major.placed.value.continues
    if continues is not None and major.level == "bachelor":
        yield major.placed.problem("a bachelor major is not continued", "continues")
    elif continues is not None and continues.diploma and major.level == "diploma":
        yield major.placed.problem(
            "a diploma major is not continued by another", "continues", "diploma"
        )


def _check_sources(editions: Placed[EditionsFile], sources: Collection[str]) -> Iterator[Problem]:
    for edition, entry in editions.value.editions.items():
        for index, source in enumerate(entry.sources):
            if source not in sources:
                yield editions.problem(
                    f"unknown source '{source}'", "editions", edition, "sources", index
                )
    if editions.value.profiles not in sources:
        yield editions.problem(f"unknown source '{editions.value.profiles}'", "profiles")


def _check_editions(majors: tuple[PlacedMajor, ...], editions: EditionsFile) -> Iterator[Problem]:
    for major in majors:
        edition = major.placed.value.edition
        if edition not in editions.editions:
            yield major.placed.problem(f"unknown edition '{edition}' (see {EDITIONS})", "edition")


def _check_continuations(
    majors: tuple[PlacedMajor, ...], editions: Placed[EditionsFile]
) -> Iterator[Problem]:
    known = {(major.level, major.placed.value.zh) for major in majors}
    marked = editions.value.not_in_catalogue
    used: set[tuple[VocationalKind, str]] = set()
    for major in majors:
        for kind, index, name in _continuations_of(major):
            used.add((kind, name))
            if (CONTINUES_AT[kind], name) not in known and name not in marked.get(kind, ()):
                yield major.placed.problem(
                    f"no {CONTINUES_AT[kind]} major is called '{name}';"
                    f" if the source says so, add it to not_in_catalogue in {EDITIONS}",
                    *("continues", kind, index),
                )
    for kind, names in marked.items():
        for index, name in enumerate(names):
            wrong = (
                "is in the catalogue" if (CONTINUES_AT[kind], name) in known else
                "continues no major" if (kind, name) not in used else None
            )  # fmt: skip
            if wrong:
                yield editions.problem(f"'{name}' {wrong}", "not_in_catalogue", kind, index)


def _continuations_of(major: PlacedMajor) -> Iterator[tuple[VocationalKind, int, str]]:
    continues = major.placed.value.continues
    if continues is not None:
        for kind in CONTINUES_AT:
            for index, name in enumerate(getattr(continues, kind) or ()):
                yield kind, index, name
