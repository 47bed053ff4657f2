"""The values that come out of the counts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What became of the questions asked from `since` (in UTC) until the next period.

    `resolved` are those that were offered choices and picked one, `offered` those where nobody has
    pressed anything yet. Whom none of the choices helped counts as `missed`. `gated` was noise.
    Small talk is none of them.
    """

    since: datetime
    answered: int = 0
    resolved: int = 0
    offered: int = 0
    missed: int = 0
    gated: int = 0

    @property
    def total(self) -> int:
        """Return how many there were in all."""
        return self.answered + self.resolved + self.offered + self.missed + self.gated


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedEntry:
    """How often an entry was answered or picked, and by how many distinct people.

    All questions without an asker count as one person.
    """

    entry: str
    count: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedEntry:
    """How many found an entry useful (`up`) or not (`down`), as it was in one version."""

    entry: str
    knowledge_version: str
    up: int
    down: int
    last: datetime

    @property
    def rate(self) -> float:
        """Return the share that found it useful, in 0..1."""
        return self.up / (self.up + self.down)
