"""The classifier learns to tell entries apart, and what it would know without a phrasing."""

import numpy as np
import pytest

from intents.evidence.classifier import MOST_WEIGHTS, Training, odds_without, train
from intents.evidence.index import Vector, weigh

TEXTS = (
    ("fee", "how much"), ("fee", "price"), ("fee", "how much money"),
    ("time", "how long"), ("time", "years"), ("time", "how long years"),
)  # fmt: skip


def vectors_of(texts: tuple[str, ...]) -> tuple[tuple[Vector, ...], int]:
    documents = [{f"w{word}": 1.0 for word in text.split()} for text in texts]
    weights = weigh(documents)
    return tuple(weights.vector(document) for document in documents), len(weights.pieces)


@pytest.fixture
def owners() -> np.ndarray:
    return np.array([0, 0, 0, 1, 1, 1])


def test_every_phrasing_is_told_to_belong_to_its_entry(owners: np.ndarray) -> None:
    vectors, pieces = vectors_of(tuple(text for _, text in TEXTS))
    training = train(vectors, owners, pieces=pieces)
    assert training is not None
    odds = [training.classifier.log_odds(vector) for vector in vectors]
    shared = [number for number, vector in enumerate(vectors) if odds[number].any()]
    assert [int(odds[number].argmax()) for number in shared] == owners[shared].tolist()
    assert len(shared) >= 4


def test_training_again_gives_the_same_weights(owners: np.ndarray) -> None:
    vectors, pieces = vectors_of(tuple(text for _, text in TEXTS))
    first, second = (train(vectors, owners, pieces=pieces) for _ in range(2))
    assert isinstance(first, Training)
    assert isinstance(second, Training)
    assert (first.classifier.steps == second.classifier.steps).all()
    assert (first.classifier.scales == second.classifier.scales).all()


def test_without_a_phrasing_less_speaks_for_its_entry(owners: np.ndarray) -> None:
    vectors, pieces = vectors_of(tuple(text for _, text in TEXTS))
    training = train(vectors, owners, pieces=pieces)
    assert training is not None
    with_it = training.classifier.log_odds(vectors[3])
    without = odds_without(training, 3, vectors[3])
    assert without[1] - without[0] < with_it[1] - with_it[0]


@pytest.mark.parametrize("texts", [("a b", "a b"), ("a", "b")])
def test_one_entry_or_no_shared_piece_needs_no_classifier(texts: tuple[str, ...]) -> None:
    vectors, pieces = vectors_of(texts)
    owners = np.zeros(2, np.int64) if texts[0] == texts[1] else np.arange(2)
    assert train(vectors, owners, pieces=pieces) is None


def test_of_entries_without_number_none_is_learned() -> None:
    entries = 20_000
    vectors, pieces = vectors_of(tuple(f"a b w{n % 1000} v{n % 997}" for n in range(entries)))
    assert entries * entries > MOST_WEIGHTS
    assert train(vectors, np.arange(entries), pieces=pieces) is None


def test_of_too_many_pieces_the_most_frequent_are_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """A knowledge of many words does not lose its classifier."""
    texts = ("a b c d e", "a b c d f", "a b g h e", "a b g h f")
    vectors, pieces = vectors_of(texts)
    owners = np.array([0, 0, 1, 1])
    everything = train(vectors, owners, pieces=pieces)
    monkeypatch.setattr("intents.evidence.classifier.MOST_WEIGHTS", 2 * len(texts))
    fewer = train(vectors, owners, pieces=pieces)
    assert everything is not None
    assert fewer is not None
    held = np.bincount(np.concatenate([one.numbers for one in vectors]), minlength=pieces)
    kept, left = fewer.classifier.rows >= 0, everything.classifier.rows >= 0
    assert (kept.sum(), left.sum()) == (4, 8)
    assert held[kept].min() >= held[left & ~kept].max()
