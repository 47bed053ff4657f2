"""What is asked of the matcher, beside what it does."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and the least that it must be, or with `is_most` the most."""

    name: str
    found: float
    wanted: float
    is_most: bool = False

    @property
    def is_reached(self) -> bool:
        """Return whether the figure is what it must be."""
        return self.found <= self.wanted if self.is_most else self.found >= self.wanted


def print_goals(title: str, goals: Iterable[Goal]) -> bool:
    """Print what was asked for beside what was found; return whether all of it is reached."""
    print()
    goals = tuple(goals)
    for one in goals:
        relation = "≤" if one.is_most else "≥"
        mark = "" if one.is_reached else " — NOT REACHED"
        print(f"- {title}: {one.name} {one.found:.4g}, asked for {relation} {one.wanted:.4g}{mark}")
    return all(one.is_reached for one in goals)
