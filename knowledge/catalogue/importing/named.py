"""Reads the tables of categories and classes."""

import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalogue.importing.rows import Row, read_rows
from knowledge.catalogue.models import LEVELS, Level, category_number
from knowledge.errors import Problem

_NAME_COLUMNS = ("code", "name_zh", "name_en", "level")
_COLUMNS = {2: _NAME_COLUMNS, 4: (*_NAME_COLUMNS, "category_code")}


@dataclass(frozen=True, slots=True)
class Named:
    """A category or class at one level; `key` is the same at every level."""

    row: Row
    key: str
    level: Level
    zh: str
    en: str


def read_named(path: Path, *, digits: int, problems: list[Problem]) -> dict[str, Named]:
    """Return categories (two digits) or classes (four) by code; misfits become problems."""
    named: dict[str, Named] = {}
    at_first: dict[str, Named] = {}
    for row in read_rows(path, _COLUMNS[digits], problems):
        code = row.cells["code"]
        level = read_level(row, problems)
        if level is None:
            continue
        number = category_number(code[:2], level)
        if number is None or not re.fullmatch(rf"[0-9]{{{digits}}}", code):
            problems.append(row.problem(f"is not a code of {digits} digits at this level", "code"))
            continue
        one = Named(
            row, f"{number:02}{code[2:]}", level, row.cells["name_zh"], row.cells["name_en"]
        )
        other = at_first.setdefault(one.key, one)
        if code in named:
            problems.append(row.problem("the code stands twice", "code"))
        elif not one.zh or not one.en:
            problems.append(row.problem("needs a name in both languages"))
        elif (one.zh, one.en) != (other.zh, other.en):
            problems.append(
                row.problem(f"is called '{other.zh}', '{other.en}' at another level", "name_zh")
            )
        named[code] = one
    return named


def read_level(row: Row, problems: list[Problem]) -> Level | None:
    """Return the level of a row, or None when it names none, which becomes a problem."""
    level = next((level for level in LEVELS if level == row.cells["level"]), None)
    if level is None:
        problems.append(row.problem(f"must be one of {', '.join(LEVELS)}", "level"))
    return level
