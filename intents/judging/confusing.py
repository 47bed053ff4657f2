"""Finds the pairs of entries that are most easily taken for each other."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from intents.judging.judge import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Two entries that are taken for each other.

    To so many questions that `entry` answers, `other` stood first `instead` of it, and to so many
    closest `behind` it. `lead` is the least by which the score of `entry` lay above it, `None`
    where it never was among the candidates.
    """

    entry: str
    other: str
    instead: int
    behind: int
    lead: float | None


def find_confused(judged: Iterable[Judged], *, most: int = 10) -> tuple[Confusion, ...]:
    """Return the pairs that are most confused, the worst first, at most `most`.

    Of each question the rival takes the share that the softmax over the two scores gives it, all
    of it where the right entry was not found; the pairs are in order of the sum of their shares.
    """
    pairs: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for one in judged:
        if one.label is not None and one.rival is not None:
            pairs[one.label, one.rival].append(one.lead)
    weighed = sorted((-sum(map(_share_taken, leads)), *pair) for pair, leads in pairs.items())
    return tuple(
        _confusion(entry, other, pairs[entry, other]) for _, entry, other in weighed[:most]
    )


def _confusion(entry: str, other: str, leads: list[float | None]) -> Confusion:
    behind = sum(lead is not None and lead > 0 for lead in leads)
    return Confusion(
        entry=entry,
        other=other,
        instead=len(leads) - behind,
        behind=behind,
        lead=min((lead for lead in leads if lead is not None), default=None),
    )


def _share_taken(lead: float | None) -> float:
    return 1.0 if lead is None else 1 / (1 + math.exp(min(lead, 60.0)))
