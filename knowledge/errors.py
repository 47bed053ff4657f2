"""What can be wrong with the knowledge, told so that an editor can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One break of a rule: where it stands and what it is.

    `file` is relative to the knowledge folder, `line` counts from 1 (0 when the whole file is
    meant) and `key` is the way to the broken value, such as `number-of-majors.cites[0]`.
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """Return `file:line: key: message`, leaving out what is not known."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.message) if part)


class KnowledgeError(Exception):
    """The knowledge can't be used; `problems` holds every break that was found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        heading = (
            "1 problem in the knowledge" if count == 1 else f"{count} problems in the knowledge"
        )
        super().__init__("\n".join([f"{heading}:", *(f"  {problem}" for problem in self.problems)]))
