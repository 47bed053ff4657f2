"""The encoder is loaded in the background; where it can't be had the log says so once."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from intents.errors import SemanticUnavailable
from intents.semantic import BackgroundEncoder, Encoder, SentenceEncoder
from tests.intents.semantic.conftest import LONG_S


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
