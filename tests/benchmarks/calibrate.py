"""Fits the confidence on the knowledge's own lines: `python tests/benchmarks/calibrate.py`.

Right are held-out phrasings (`hits`) whose best candidate is their entry. Wrong are look-alikes
(`misses`) whose best candidate is the entry they must not find, and hits whose own entry was taken
out of the candidates. Printed are the fitted weights beside those in force, and for a few
thresholds how many hits are answered and how many wrong ones slip through.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.services import Brain, load_brain
from bot.settings import Settings
from intents import Candidate
from intents.match.confidence import ANSWER_FROM, BIAS, WEIGHTS, measure

_STEPS = 4000
_RATE = 0.5
_RIDGE = 1e-4
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Sample:
    """What the confidence sees of one line, and whether answering it would be right."""

    kind: str
    measures: tuple[float, ...]
    is_right: bool


def main() -> None:
    """Print the fit."""
    brain = load_brain(Settings())
    samples = collect(brain)
    table = np.array([sample.measures for sample in samples])
    right = np.array([sample.is_right for sample in samples], dtype=float)
    bias, weights = fit(table, right)
    names = list(WEIGHTS)
    print(f"knowledge {brain.knowledge.version}: {len(samples)} lines, {int(right.sum())} right")
    print(f"{'':10}{'fitted':>9}{'in force':>10}")
    print(f"{'bias':10}{bias:9.1f}{BIAS:10.1f}")
    for name, weight in zip(names, weights, strict=True):
        print(f"{name:10}{weight:9.1f}{WEIGHTS[name]:10.1f}")
    in_force = np.array([WEIGHTS[name] for name in names])
    for title, rated in (
        ("fitted", confidences(table, bias, weights)),
        ("in force", confidences(table, BIAS, in_force)),
    ):
        print(f"\n{title}: AUROC {auroc(rated, right):.4f}")
        report(samples, rated)


def collect(brain: Brain) -> list[Sample]:
    """Return a sample for every line that has a candidate without veto."""
    samples: list[Sample] = []
    for answer in brain.knowledge.answers.values():
        for language in ("zh", "en"):
            for line in answer.hits.in_(language):
                candidates = brain.understander.candidates(line)
                samples += _sample("hit", candidates, answer.id)
                others = tuple(one for one in candidates if one.entry != answer.id)
                samples += _sample("removed", others, answer.id)
            for line in answer.misses.in_(language):
                candidates = brain.understander.candidates(line)
                samples += _sample("miss", candidates, answer.id)
    return samples


def _sample(kind: str, candidates: tuple[Candidate, ...], entry: str) -> list[Sample]:
    best = next((one for one in candidates if not one.vetoes), None)
    if best is None or (kind == "miss" and best.entry != entry):
        return []
    values = measure(best, candidates)
    is_right = kind == "hit" and best.entry == entry
    return [Sample(kind, tuple(values[name] for name in WEIGHTS), is_right)]


def fit(
    table: NDArray[np.float64], right: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Return bias and weights of a logistic regression, by gradient descent on scaled columns."""
    mean, scale = table.mean(0), np.maximum(table.std(0), 1e-9)
    columns = np.c_[np.ones(len(table)), (table - mean) / scale]
    weights = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        rated = 1 / (1 + np.exp(-columns @ weights))
        ridge = _RIDGE * np.r_[0.0, weights[1:]]
        weights -= _RATE * (columns.T @ (rated - right) / len(right) + ridge)
    unscaled = weights[1:] / scale
    return float(weights[0] - (unscaled * mean).sum()), unscaled


def confidences(
    table: NDArray[np.float64], bias: float, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the confidence of every row."""
    rated: NDArray[np.float64] = 1 / (1 + np.exp(-(bias + table @ weights)))
    return rated


def auroc(rated: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Return how often a right line is rated above a wrong one (Mann-Whitney)."""
    ranks = np.empty(len(rated))
    ranks[np.argsort(rated)] = np.arange(len(rated))
    positive = right.sum()
    above = ranks[right == 1].sum() - positive * (positive - 1) / 2
    return float(above / (positive * (len(right) - positive)))


def report(samples: list[Sample], rated: NDArray[np.float64]) -> None:
    """Print what each threshold would answer."""
    hits = sum(sample.kind == "hit" for sample in samples)
    print(f"{'threshold':>10}{'hits answered':>15}{'wrong entry':>13}{'misses':>8}{'removed':>9}")
    for threshold in _THRESHOLDS:
        passed = [one for one, value in zip(samples, rated, strict=True) if value >= threshold]
        answered = sum(one.is_right for one in passed) / hits
        wrong = dict.fromkeys(("hit", "miss", "removed"), 0)
        for one in passed:
            wrong[one.kind] += not one.is_right
        mark = "  <- in force" if threshold == ANSWER_FROM else ""
        print(
            f"{threshold:10}{answered:15.1%}{wrong['hit']:13}{wrong['miss']:8}"
            f"{wrong['removed']:9}{mark}"
        )


if __name__ == "__main__":
    main()
