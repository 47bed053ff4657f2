"""Reads a CSV file row by row, with the line of each."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Document
from knowledge.errors import Problem


@dataclass(frozen=True, slots=True)
class _RowDocument(Document):
    """A row that stands for a file of its own: everything in it is on its line."""

    line: int

    def line_of(self, *path: str | int) -> int:  # noqa: ARG002
        return self.line


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column, without space around its cells. `document` is where models place it."""

    document: _RowDocument
    cells: Mapping[str, str]

    @property
    def label(self) -> str:
        """Return the code in the row, or what stands in its place."""
        return self.cells["code"] or "(no code)"

    def problem(self, message: str, column: str = "") -> Problem:
        """Return a problem with the cell in `column`, or with the whole row."""
        key = f"{self.label}.{column}" if column else self.label
        return Problem(self.document.name, self.document.line, key, message)


def read_rows(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of a UTF-8 CSV file that has exactly `columns`, in any order.

    What can't be read becomes a problem and is left out; so are empty lines.
    """
    name = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problems.append(Problem(name, 0, "", f"can't be read: {error.strerror}"))
        return
    except UnicodeDecodeError:
        problems.append(Problem(name, 0, "", "is not UTF-8 text"))
        return
    lines = _split(name, text, problems)
    header = next(lines, (1, []))[1]
    if sorted(header) != sorted(columns):
        problems += _tell_columns(name, header, columns)
        return
    for line, cells in lines:
        if len(cells) == len(header):
            document = _RowDocument(name, "", None, line)
            yield Row(document, dict(zip(header, cells, strict=True)))
        elif cells:
            message = f"has {len(cells)} cells instead of {len(header)}"
            problems.append(Problem(name, line, "", message))


def _split(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of every row with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(name, line, "", f"not valid CSV: {error}"))


def _tell_columns(name: str, header: list[str], columns: tuple[str, ...]) -> Iterator[Problem]:
    for column in columns:
        if column not in header:
            yield Problem(name, 1, column, "the column is missing")
    for column in header:
        if column not in columns:
            yield Problem(name, 1, column, "is not a known column")
        elif header.count(column) > 1:
            yield Problem(name, 1, column, "the column stands twice")
