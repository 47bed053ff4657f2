"""A text is encoded once; its vector is kept."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.cache import Cache
from intents.semantic import SentenceEncoder, encode_cached
from tests.intents.semantic.conftest import TEXTS, Characters


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def test_a_text_is_encoded_once(cache: Cache, encoder: SentenceEncoder, model: Characters) -> None:
    """Also when it comes twice in one list; a later list only costs what is new in it."""
    first = encode_cached(cache, encoder, [*TEXTS, TEXTS[0]])
    assert len(model.seen) == len(TEXTS)
    model.seen.clear()
    later = encode_cached(cache, encoder, ["a new one", *TEXTS[::-1]])
    assert model.seen == ["a new one"]
    model.seen.clear()
    assert np.array_equal(first[: len(TEXTS)], later[:0:-1])
    assert np.array_equal(first[0], first[-1])
    assert np.array_equal(first, encode_cached(cache, encoder, [*TEXTS, TEXTS[0]]))
    assert model.seen == []


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:1], (), ("\ud800", "?")])
def test_kept_vectors_are_those_of_the_encoder(
    texts: tuple[str, ...], cache: Cache, encoder: SentenceEncoder
) -> None:
    """The first time, from then on, and without a cache."""
    wanted = encoder.encode(texts)
    for kept_in in (cache, cache, None):
        rows = encode_cached(kept_in, encoder, texts)
        assert rows.dtype == np.float32
        assert np.array_equal(rows, wanted)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:0],
        lambda content: content[:31],
        lambda content: content[:32],
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: bytes([content[0] ^ 1]) + content[1:],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content[::-1],
    ],
)
def test_a_damaged_file_is_made_anew(
    damage: Callable[[bytes], bytes],
    cache: Cache,
    encoder: SentenceEncoder,
    model: Characters,
    tmp_path: Path,
) -> None:
    """No damage gets into a vector, and the next start finds a whole file."""
    wanted = encode_cached(cache, encoder, TEXTS)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert np.array_equal(encode_cached(cache, encoder, TEXTS), wanted)
    assert file.read_bytes() == whole
    model.seen.clear()
    encode_cached(cache, encoder, TEXTS)
    assert model.seen == []


@pytest.mark.parametrize(("name", "dimensions"), [("characters-2", 64), ("characters-1", 31)])
def test_another_encoder_finds_nothing_of_an_earlier_one(
    name: str, dimensions: int, cache: Cache, encoder: SentenceEncoder, tmp_path: Path
) -> None:
    """Its vectors lie in another space; one file takes the place of the other."""
    encode_cached(cache, encoder, TEXTS)
    other = SentenceEncoder(Characters(dimensions), name=name)
    rows = encode_cached(cache, other, TEXTS)
    assert np.array_equal(rows, other.encode(TEXTS))
    (file,) = tmp_path.iterdir()
    assert name in file.name


def test_what_is_no_longer_asked_for_is_not_kept(
    cache: Cache, encoder: SentenceEncoder, model: Characters
) -> None:
    """From the next change on, so that the file does not grow for ever."""
    encode_cached(cache, encoder, TEXTS)
    encode_cached(cache, encoder, [*TEXTS[1:], "a new one"])
    model.seen.clear()
    encode_cached(cache, encoder, TEXTS)
    assert len(model.seen) == 1


def test_sets_of_two_kinds_are_kept_side_by_side(
    cache: Cache, encoder: SentenceEncoder, model: Characters
) -> None:
    """Such as phrasings and the names of majors."""
    for _ in range(2):
        encode_cached(cache, encoder, TEXTS[:2])
        encode_cached(cache, encoder, TEXTS[2:], kind="names")
    assert len(model.seen) == len(TEXTS)
