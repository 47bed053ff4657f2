"""Loads the encoder in the background, so that nobody's first answer waits for it."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

from intents.errors import SemanticUnavailable
from intents.semantic.encoder import Encoder, load_encoder

_LOG = logging.getLogger(__name__)


class BackgroundEncoder:
    """An encoder that is there once it is loaded, and `None` until then.

    When it can't be loaded it stays `None` and the log says so once. The thread never keeps the
    process from ending.
    """

    def __init__(
        self,
        load: Callable[[], Encoder] = load_encoder,
        *,
        prepare: Callable[[Encoder], None] | None = None,
    ) -> None:
        """Load nothing yet.

        What `prepare` does with the loaded encoder, such as encoding all phrasings, is done in the
        same thread and before the encoder counts as ready.
        """
        self._load = load
        self._prepare = prepare
        self._encoder: Encoder | None = None
        self._thread: Thread | None = None
        self._starting = Lock()
        self._ended = Event()

    @property
    def encoder(self) -> Encoder | None:
        """Return the encoder, or `None` when it is not loaded yet or can't be."""
        return self._encoder

    @property
    def ready(self) -> bool:
        """Return whether the encoder is there."""
        return self._encoder is not None

    def start(self) -> None:
        """Begin to load; a second call changes nothing."""
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="semantic", daemon=True)
                self._thread.start()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Return whether the encoder is there, once that is settled or `timeout_s` are over.

        `None` waits as long as it takes. What was never started is not waited for.
        """
        if self._thread is not None:
            self._ended.wait(timeout_s)
        return self.ready

    def _run(self) -> None:
        try:
            encoder = self._load()
            if self._prepare is not None:
                self._prepare(encoder)
            self._encoder = encoder
        except SemanticUnavailable as error:
            _LOG.warning("%s; questions are matched by their words alone", error)
        finally:
            self._ended.set()
