"""Fits the built-in weights of the matcher: `python tests/benchmarks/fit.py FOLDER [--meaning]`.

The sets are those in FOLDER, as in `matching.py`, and the knowledge itself. Phrasings of each and
whole entries are left out for real and asked for, together with phrasings of the others, which
nothing answers. Printed are the fitted weights beside those in force, and what each set gets by the
weights in force, by those fitted on all sets and by those fitted on the other sets only.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import add
from pathlib import Path
from random import Random

import numpy as np
from compared.folds import (
    Array,
    Beliefs,
    Choices,
    Fold,
    collect_beliefs,
    collect_choices,
    make_folds,
)
from compared.peers import subjects_of
from compared.sets import find_sets

from bot.learned import subjects_of as subjects_of_knowledge
from bot.services import load_brain
from bot.settings import Settings
from intents import Subject
from intents.evidence import classifier
from intents.judging.metrics import auroc
from intents.match import confidence, likeness
from intents.match.fitting import fit_logistic
from intents.semantic import Encoder, load_encoder

SEED = 20260101
_FOREIGN = 400
_RIDGE = 2.0
# Set by hand: editors' phrasings hold no strangers' words, and are not look-alikes of each other.
BY_HAND = ("foreign", "contrast", "strangers", "counter", "doubt")

Sets = Mapping[str, Sequence[Subject]]


def main() -> None:
    """Print the weights and what they are worth."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--meaning", action="store_true", help="with the semantic extra")
    options = parser.parse_args()
    sets: Sets = {
        **{one.name: subjects_of(one.index) for one in find_sets(options.folder)},
        "knowledge": subjects_of_knowledge(load_brain(Settings()).knowledge),
    }
    if options.meaning:
        encoder = load_encoder()
        folds = fold_all(sets, encoder)
        ranking = fit_rankings("likeness.WITH_SENSE", folds, likeness.WITH_SENSE)
        fit_confidence("confidence.WITH_SENSE", folds, ranking, confidence.WITH_SENSE)
        return
    folds = fold_all(sets)
    ranking = fit_rankings("likeness.WITH_CLASSIFIER", folds, likeness.WITH_CLASSIFIER)
    in_force = (confidence.BIAS, *confidence.WEIGHTS.values())
    fit_confidence("confidence.WEIGHTS", folds, ranking, in_force)
    with _without_classifier():
        folds = fold_all(sets)
    fit_rankings("likeness.WITHOUT_CLASSIFIER", folds, likeness.WITHOUT_CLASSIFIER)


def fold_all(sets: Sets, encoder: Encoder | None = None) -> Mapping[str, Sequence[Fold]]:
    """Return the folds of every set, with phrasings of the others as foreign questions."""
    found = {}
    for name, subjects in sets.items():
        others = [
            text
            for other, theirs in sets.items()
            for subject in theirs
            if other != name
            for text in subject.phrasings
        ]
        random = Random(f"{SEED} {name}")  # noqa: S311 - not for secrets
        foreign = random.sample(others, min(_FOREIGN, len(others)))
        found[name] = list(make_folds(subjects, foreign, encoder=encoder))
        asked = sum(len(fold.questions) for fold in found[name])
        print(f"{name}: {len(found[name])} folds, {asked:,} questions", flush=True)
    return found


@contextmanager
def _without_classifier() -> Iterator[None]:
    """Let nothing be worth a classifier, as in a knowledge that is too large for one."""
    most = classifier.MOST_WEIGHTS
    classifier.MOST_WEIGHTS = 0
    try:
        yield
    finally:
        classifier.MOST_WEIGHTS = most


def fit_rankings(
    title: str, folds: Mapping[str, Sequence[Fold]], in_force: Sequence[float]
) -> Array:
    """Print the weights of the score; return those fitted on all sets."""
    start = np.array(in_force)
    choices = {name: collect_choices(some, start) for name, some in folds.items()}

    def fit(chosen: Sequence[Choices]) -> Array:
        # What is never measured here stays as it is.
        return reduce(add, chosen).fit(start)

    fitted = fit(list(choices.values()))
    _print_weights(title, likeness.MEASURES, start, fitted)
    print(f"{'top-1':12}{'in force':>10}{'all':>10}{'others':>10}")
    for name, own in choices.items():
        rest = [one for other, one in choices.items() if other != name]
        rankings = [start, fitted, *([fit(rest)] if rest else [])]
        print(f"{name:12}" + "".join(f"{own.top1(one):10.4f}" for one in rankings))
    return fitted


def fit_confidence(
    title: str, folds: Mapping[str, Sequence[Fold]], ranking: Array, in_force: Sequence[float]
) -> None:
    """Print the weights of the confidence, fitted with candidates in the order of `ranking`."""
    start = np.array(in_force)
    beliefs = {name: collect_beliefs(some, ranking) for name, some in folds.items()}
    is_fitted = np.array([name not in BY_HAND for name in confidence.WEIGHTS])

    def fit(chosen: Sequence[Beliefs]) -> Array:
        together = reduce(add, chosen)
        # A measure that never differs leaves its weight where it is.
        table = together.measures * is_fitted
        return fit_logistic(
            table, together.right, start=start, ridge=_RIDGE, importance=together.importance
        )

    fitted = fit(list(beliefs.values()))
    _print_weights(title, ("bias", *confidence.WEIGHTS), start, fitted)
    print(f"{'AUROC':12}{'in force':>10}{'all':>10}{'others':>10}")
    for name, own in beliefs.items():
        rest = [one for other, one in beliefs.items() if other != name]
        models = [start, fitted, *([fit(rest)] if rest else [])]
        print(f"{name:12}" + "".join(f"{_parted(own, one):10.4f}" for one in models))


def _parted(beliefs: Beliefs, model: Array) -> float:
    """Return how well the confidence parts right answers from all others."""
    logits = beliefs.measures @ model[1:]
    right = beliefs.right > 0
    return auroc(logits[right].tolist(), logits[~right].tolist()) or 0.0


def _print_weights(title: str, names: Sequence[str], in_force: Array, fitted: Array) -> None:
    print(f"\n{title:32}{'in force':>10}{'fitted':>10}")
    for name, before, now in zip(names, in_force, fitted, strict=True):
        mark = "  set by hand" if name in BY_HAND else ""
        print(f"  {name:30}{before:10.2f}{now:10.2f}{mark}")
    print()


if __name__ == "__main__":
    main()
