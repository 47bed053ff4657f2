"""Lines that come by standard input."""

import signal
from collections.abc import AsyncIterator
from io import TextIOWrapper
from typing import TextIO


async def piped_lines(stream: TextIO) -> AsyncIterator[str]:
    """Yield the lines of a stream as they come; bytes that are not UTF-8 are replaced.

    Nothing else runs while it waits for a line, and Ctrl-C ends the wait.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    heed_interrupts()
    while line := stream.readline():
        yield line.rstrip("\r\n")


def heed_interrupts() -> None:
    """Let Ctrl-C end a wait for what is typed, unless whoever started the process ignores it."""
    # asyncio's own handler cancels a task, which a wait inside a read never notices.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
