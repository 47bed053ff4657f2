"""Reads the files below `majors/` and lays their majors side by side, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.catalogue.models import LEVELS, CategoryEntry, EditionsFile, Level, MajorEntry
from knowledge.documents import Documents
from knowledge.errors import Problem
from knowledge.reading import Placed, read_model, read_required

FOLDER = "majors"
EDITIONS = f"{FOLDER}/editions.yaml"
_CATEGORY_FILE = re.compile(rf"{FOLDER}/([0-9]{{2}})-[a-z0-9-]+\.yaml")


@dataclass(frozen=True, slots=True)
class PlacedMajor:
    """A major with where it was read and where it belongs."""

    placed: Placed[MajorEntry]
    level: Level
    category_number: int
    class_number: str


@dataclass(frozen=True, slots=True)
class CatalogueEntries:
    """Everything that was read. Not `is_complete` when something could not be."""

    categories: tuple[Placed[CategoryEntry], ...]
    majors: tuple[PlacedMajor, ...]
    editions: Placed[EditionsFile] | None
    is_complete: bool


def is_category_file(name: str) -> bool:
    """Return whether a file of this name (below the knowledge folder) holds a category."""
    return _CATEGORY_FILE.fullmatch(name) is not None


def read_catalogue(documents: Documents, problems: list[Problem]) -> CatalogueEntries:
    """Return the categories, their majors and the editions; without a folder, nothing."""
    before = len(problems)
    categories: list[Placed[CategoryEntry]] = []
    for document in documents.below(FOLDER):
        if document.name != EDITIONS:
            found = list(read_model(CategoryEntry, document.data, document, (), problems))
            problems += [wrong for one in found for wrong in _check_file_name(one)]
            categories += found
    # Without editions a folder may still hold none of the catalogue; with majors they are needed.
    editions = read_editions(documents, problems) if any(documents.below(FOLDER)) else None
    unread = any(problem.file.startswith(f"{FOLDER}/") for problem in documents.problems)
    return CatalogueEntries(
        categories=tuple(categories),
        majors=tuple(one for category in categories for one in _majors_of(category)),
        editions=editions,
        is_complete=len(problems) == before and not unread,
    )


def read_editions(documents: Documents, problems: list[Problem]) -> Placed[EditionsFile] | None:
    """Return `majors/editions.yaml`, or None when it is missing or malformed."""
    document = read_required(documents, EDITIONS, problems)
    if document is None:
        return None
    return next(read_model(EditionsFile, document.data, document, (), problems), None)


def _check_file_name(category: Placed[CategoryEntry]) -> Iterator[Problem]:
    match = _CATEGORY_FILE.fullmatch(category.document.name)
    if match is None or int(match[1]) != category.value.number:
        yield category.problem(
            f"must stand in {FOLDER}/{category.value.number:02}-….yaml, in small letters", "number"
        )


def _majors_of(category: Placed[CategoryEntry]) -> Iterator[PlacedMajor]:
    for index, group in enumerate(category.value.classes):
        for level in LEVELS:
            for place, major in enumerate(group.at(level)):
                path = ("classes", index, level, place)
                placed = Placed(major, category.document, path, major.code)
                yield PlacedMajor(placed, level, category.value.number, group.number)
