"""Lines that are edited at a prompt, and the history of them."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from bot.memory.masking import mask

_PROMPT = "> "


async def prompted_lines(
    history_file: Path, *, is_private: Callable[[str], bool]
) -> AsyncIterator[str]:
    """Yield what the person types, with line editing and a history kept in `history_file`.

    The history takes masked lines, and none that `is_private`. Ends at Ctrl-D; Ctrl-C throws the
    current line away.
    """
    session: PromptSession[str] = PromptSession(history=open_history(history_file, is_private))
    while True:
        with suppress(KeyboardInterrupt):
            try:
                yield await session.prompt_async(_PROMPT)
            except EOFError:
                return


def open_history(file: Path, is_private: Callable[[str], bool]) -> History:
    """Return a history in `file` for its owner's eyes, or in memory where no file can be."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return _DiscreetHistory(file, is_private)


class _DiscreetHistory(FileHistory):
    """Remembers lines as they are, and writes down what may be read by others."""

    def __init__(self, file: Path, is_private: Callable[[str], bool]) -> None:
        super().__init__(file)
        self._is_private = is_private

    def store_string(self, string: str) -> None:
        if not self._is_private(string):
            with suppress(OSError):
                super().store_string(mask(string))
