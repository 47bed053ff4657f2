"""The bot as a process of its own."""

import asyncio
import signal
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE_S = 60


@dataclass(slots=True)
class BotProcess:
    """`voced run` in a folder of its own, which is its data folder too; it sees no other settings.

    `started` is the process, `folder` its working folder.
    """

    started: asyncio.subprocess.Process
    folder: Path
    _read: list[str] = field(default_factory=list)

    async def wait_for_line(self, words: str) -> str:
        """Return the first line from now on that the process writes with `words` in it."""
        assert self.started.stderr is not None
        async with asyncio.timeout(_PATIENCE_S):
            while line := (await self.started.stderr.readline()).decode():
                self._read.append(line)
                if words in line:
                    return line
        raise AssertionError(f"the process ended without {words!r}: {''.join(self._read)}")

    async def end(self, *, with_signal: signal.Signals | None = None) -> tuple[int | None, str]:
        """Return the exit status and all of standard error, once the process has ended.

        Standard output must stay empty.
        """
        if with_signal is not None:
            self.started.send_signal(with_signal)
        async with asyncio.timeout(_PATIENCE_S):
            out, rest = await self.started.communicate()
        assert out == b""
        return self.started.returncode, "".join(self._read) + rest.decode()
