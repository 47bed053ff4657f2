"""Where the lines of a conversation come from: an edited prompt, or standard input."""

import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

_PROMPT = "> "


async def prompted_lines(history_file: Path) -> AsyncIterator[str]:
    """Yield what the person types, with line editing and a history kept in `history_file`.

    Ends at Ctrl-D; Ctrl-C throws the current line away.
    """
    session: PromptSession[str] = PromptSession(history=_open_history(history_file))
    while True:
        with suppress(KeyboardInterrupt):
            try:
                yield await session.prompt_async(_PROMPT)
            except EOFError:
                return


async def piped_lines(stream: TextIO) -> AsyncIterator[str]:
    """Yield the lines of a stream as they come; bytes that are not UTF-8 are replaced.

    Nothing else runs while it waits for a line, and Ctrl-C ends the wait.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    # asyncio's own handler cancels a task, which a wait inside a read never notices.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    while line := stream.readline():
        yield line.rstrip("\r\n")


def _open_history(file: Path) -> History:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(file)
