"""What a search returns, and what it may leave out."""

from dataclasses import dataclass
from typing import NamedTuple

from intents.evidence.index import NONE, Floats
from intents.guard import NO_CORE, Scope
from intents.match.confidence import BUILT_IN, Calibration


class Candidate(NamedTuple):
    """An entry that a question may mean.

    `score` orders candidates and has no bounds; `covered` (share of the question's pieces that the
    entry has), `known` (share that anything has) and `confidence` run from 0 to 1; `foreign` counts
    the question's words that nothing in the knowledge holds; `vetoes` are the guard's reasons
    against the entry, `doubt` how much it doubts it. `parts` are what the score is made of
    (`likeness.MEASURES`), `measures` what the confidence is made of (`confidence.WEIGHTS`), `logit`
    the confidence before calibration. `weights` and `calibration` are what they were weighed by.

    A named tuple is made in half the time of a frozen dataclass, and a question has six.
    """

    entry: str
    phrasing: str
    score: float
    covered: float
    known: float
    parts: tuple[float, ...]
    foreign: int = 0
    vetoes: tuple[str, ...] = ()
    doubt: float = 0.0
    confidence: float = 0.0
    logit: float = 0.0
    measures: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    calibration: Calibration = BUILT_IN

    @property
    def named(self) -> "Candidate":
        """Return this, vetoed where the question doesn't name what the entry is about."""
        if self.vetoes or self.doubt < NO_CORE:
            return self
        return self._replace(vetoes=("subject",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """What a search leaves out, to see what would be found without it.

    `entry` is the number of an entry, `phrasing` of a phrasing: `odds` are the classifier's
    without it, `scope` and `held` (numbers of pieces) those of its entry (`owner`). `unknown` are
    pieces that nothing else holds. `asked` is the vector of the question, where it is known.
    """

    entry: int | None = None
    phrasing: int | None = None
    owner: int | None = None
    asked: Floats | None = None
    odds: Floats | None = None
    scope: Scope | None = None
    held: frozenset[int] = NONE
    unknown: frozenset[int] = NONE


NOTHING = Without()
