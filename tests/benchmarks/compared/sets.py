"""Reads the sets that methods are compared on, and prints tables for a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from compared.peers import Lines, is_chinese

# The label of a question that must not be answered.
NO_ANSWER = "-"


@dataclass(frozen=True)
class BenchmarkSet:
    """Labelled phrasings, and questions in the same form."""

    name: str
    folder: Path

    @cached_property
    def index(self) -> Lines:
        """Return the phrasings."""
        return self._read("index")

    @cached_property
    def queries(self) -> Lines:
        """Return the questions; the label `-` marks one without an answer."""
        return self._read("queries")

    @cached_property
    def is_chinese(self) -> bool:
        """Return whether it is in Chinese."""
        return is_chinese(self.index)

    @property
    def tune(self) -> Path | None:
        """Return the file of more questions, to tune by, if there is one."""
        file = self.folder / "tune.tsv"
        return file if file.is_file() else None

    @property
    def about(self) -> str:
        """Return how much there is."""
        labels = len({label for label, _ in self.index})
        without = sum(label == NO_ANSWER for label, _ in self.queries)
        return (
            f"{labels} entries, {len(self.index):,} phrasings; {len(self.queries) - without:,}"
            f" questions with an answer, {without:,} without"
        )

    def answerable(self, most: int) -> Lines:
        """Return at most `most` questions with an answer, evenly spread, always the same."""
        lines = [line for line in self.queries if line[0] != NO_ANSWER]
        step = max(1.0, len(lines) / most)
        return [lines[int(place * step)] for place in range(min(most, len(lines)))]

    def _read(self, name: str) -> Lines:
        rows = (self.folder / f"{name}.tsv").read_text(encoding="utf-8-sig").split("\n")
        pairs = (row.rstrip("\r").partition("\t") for row in rows if row.strip())
        return [(label.strip(), text.strip()) for label, _, text in pairs]


def find_sets(folder: Path) -> Iterator[BenchmarkSet]:
    """Yield every set in the folders of `folder`, by name."""
    for index in sorted(folder.glob("*/index.tsv")):
        yield BenchmarkSet(index.parent.name, index.parent)


def print_table(title: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table as a page holds it, numbers to the right."""
    print(f"\n**{title}**\n")
    print(f"| {' | '.join(heading)} |")
    print(f"|---|{'---:|' * (len(heading) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
