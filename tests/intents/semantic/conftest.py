"""An encoder that needs no package, on a model that notes what it was given."""

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray

from intents.semantic import SentenceEncoder

TEXTS = ("How much is tuition?", "学费多少钱", "Which majors are there?", "有哪些专业")
LONG_S = 60.0  # nothing takes as long; a test that would hang fails


class Characters:
    """A model that counts characters, and notes what it was given."""

    def __init__(self, dimensions: int = 64) -> None:
        self.seen: list[str] = []
        self._dimensions = dimensions

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        self.seen += texts
        rows = np.ones((len(texts), self._dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character, count in Counter(text).items():
                row[ord(character) % self._dimensions] += count
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


@pytest.fixture
def model() -> Characters:
    return Characters()


@pytest.fixture
def encoder(model: Characters) -> SentenceEncoder:
    """Return an encoder that needs no package, on a model that has seen nothing yet."""
    encoder = SentenceEncoder(model, name="characters-1")
    model.seen.clear()
    return encoder
