"""Reads the catalogue from three CSV tables: categories, classes and majors."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.catalogue.importing.named import Named, read_level, read_named
from knowledge.catalogue.importing.rows import Row, read_rows
from knowledge.catalogue.models import (
    LEVELS,
    CategoryEntry,
    ClassEntry,
    CodesEntry,
    Level,
    MajorEntry,
    category_code,
)
from knowledge.catalogue.reading import CatalogueEntries, PlacedMajor
from knowledge.errors import Problem
from knowledge.reading import Placed, read_model

_CONTINUES = {
    "diploma": "next_diploma_zh",
    "vocational_bachelor": "next_voc_bachelor_zh",
    "general_bachelor": "next_general_bachelor_zh",
}
# Which column each key of a major comes from.
_COLUMN_OF = {
    "zh": "name_zh",
    "en": "name_en",
    "years": "study_years",
    "occupations": "occupations_zh",
    **{f"continues.{kind}": column for kind, column in _CONTINUES.items()},
}
_MAJOR_COLUMNS = (
    "code", "name_zh", "name_en", "level", "category_code", "class_code", "state_controlled",
    "edition", "study_years", "occupations_zh", *_CONTINUES.values(), "independent_sources",
)  # fmt: skip
_SEPARATOR = "；"


def column_of(key: str) -> str:
    """Return the key of a major's value as the table calls it: `520201.study_years`."""
    code, _, value = key.partition(".")
    value = value.partition("[")[0]
    return f"{code}.{_COLUMN_OF.get(value, value)}" if value else code


def read_tables(
    majors: Path, *, categories: Path, classes: Path, problems: list[Problem]
) -> CatalogueEntries:
    """Return what the three tables hold, without editions; what does not fit becomes a problem."""
    before = len(problems)
    known = read_named(categories, digits=2, problems=problems)
    groups = read_named(classes, digits=4, problems=problems)
    for code, group in groups.items():
        category = group.row.cells["category_code"]
        if category != code[:2]:
            problems.append(group.row.problem(f"must be '{code[:2]}'", "category_code"))
        elif category not in known:
            problems.append(group.row.problem(f"unknown category '{category}'", "category_code"))
    found: list[PlacedMajor] = []
    if len(problems) == before:  # else every major of a broken class would be named as well
        for row in read_rows(majors, _MAJOR_COLUMNS, problems):
            found += _read_major(row, groups, problems)
    if len(problems) == before:
        problems += _find_empty(known, groups, found)
    is_complete = len(problems) == before
    return CatalogueEntries(
        categories=tuple(_make_categories(known, groups, found)) if is_complete else (),
        majors=tuple(found),
        editions=None,
        is_complete=is_complete,
    )


def _read_major(
    row: Row, groups: Mapping[str, Named], problems: list[Problem]
) -> Iterator[PlacedMajor]:
    cells = row.cells
    before = len(problems)
    level = read_level(row, problems)
    group = groups.get(cells["class_code"])
    if group is None:
        problems.append(row.problem(f"unknown class '{cells['class_code']}'", "class_code"))
    elif level is not None and group.level != level:
        problems.append(row.problem(f"the class stands at {group.level} level", "class_code"))
    if cells["class_code"][:2] != cells["category_code"]:
        problems.append(row.problem("is not the category of the class", "category_code"))
    if cells["state_controlled"] not in ("yes", "no"):
        problems.append(row.problem("must be yes or no", "state_controlled"))
    if not re.fullmatch(r"([1-9][0-9]*)?", cells["independent_sources"]):
        problems.append(row.problem("must be a number from 1, or empty", "independent_sources"))
    for placed in read_model(MajorEntry, _data_of(cells), row.document, (row.label,), problems):
        if group is not None and level is not None and len(problems) == before:
            yield PlacedMajor(placed, level, int(group.key[:2]), group.key[2:])


def _data_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a row as a major's entry. An empty cell is unknown; a name twice in one, once."""
    years = cells["study_years"]
    continues = {kind: _names_in(cells[column]) for kind, column in _CONTINUES.items()}
    data = {
        "code": cells["code"],
        "state_controlled": cells["state_controlled"] == "yes",
        "zh": cells["name_zh"],
        "en": cells["name_en"],
        "edition": cells["edition"],
        "years": int(years) if years.isdecimal() else years or None,
        "occupations": _names_in(cells["occupations_zh"]),
        "continues": {kind: names for kind, names in continues.items() if names} or None,
        "agreeing_sources": 1 if cells["independent_sources"] == "1" else None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _names_in(cell: str) -> list[str] | None:
    names = [name.strip() for name in cell.split(_SEPARATOR)]
    return list(dict.fromkeys(name for name in names if name)) or None


def _find_empty(
    categories: Mapping[str, Named], groups: Mapping[str, Named], majors: list[PlacedMajor]
) -> Iterator[Problem]:
    used = {code for one in majors for code in (_class_code(one)[:2], _class_code(one))}
    for code, named in (*categories.items(), *groups.items()):
        if code not in used:
            yield named.row.problem("no major belongs to it", "code")


def _class_code(major: PlacedMajor) -> str:
    return category_code(major.category_number, major.level) + major.class_number


def _make_categories(
    categories: Mapping[str, Named], groups: Mapping[str, Named], majors: list[PlacedMajor]
) -> Iterator[Placed[CategoryEntry]]:
    for key, named in {one.key: one for one in categories.values()}.items():
        number = int(key)
        entry = CategoryEntry(
            number=number,
            zh=named.zh,
            en=named.en,
            codes=CodesEntry(**{level: category_code(number, level) for level in LEVELS}),
            classes=tuple(
                _make_class(group, majors)
                for group in {one.key: one for one in groups.values()}.values()
                if group.key[:2] == key
            ),
        )
        yield Placed(entry, named.row.document, (), named.row.label)


def _make_class(group: Named, majors: list[PlacedMajor]) -> ClassEntry:
    def at(level: Level) -> tuple[MajorEntry, ...]:
        return tuple(
            one.placed.value
            for one in majors
            if (f"{one.category_number:02}{one.class_number}", one.level) == (group.key, level)
        )

    return ClassEntry(
        number=group.key[2:],
        zh=group.zh,
        en=group.en,
        secondary=at("secondary"),
        diploma=at("diploma"),
        bachelor=at("bachelor"),
    )
