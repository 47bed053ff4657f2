"""The bot as a process of its own."""

import asyncio
import signal
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE_S = 60


@dataclass(slots=True)
class BotProcess:
    """`voced run` in a folder of its own, which is its data folder too; it sees no other settings.

    `started` is the process, `folder` its working folder. What it writes is read at once: a pipe
    that nobody empties would stop it after some hundred lines.
    """

    started: asyncio.subprocess.Process
    folder: Path
    _lines: list[str] = field(default_factory=list)
    _looked_at: int = 0
    _has_ended: bool = False
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _reading: asyncio.Task[None] = field(init=False)

    def __post_init__(self) -> None:
        self._reading = asyncio.create_task(self._read())

    async def wait_for_line(self, words: str) -> str:
        """Return the first line from now on that the process writes with `words` in it."""
        async with asyncio.timeout(_PATIENCE_S), self._changed:
            while True:
                while self._looked_at < len(self._lines):
                    self._looked_at += 1
                    if words in (line := self._lines[self._looked_at - 1]):
                        return line
                if self._has_ended:
                    raise AssertionError(
                        f"the process ended without {words!r}: {''.join(self._lines)}"
                    )
                await self._changed.wait()

    async def end(self, *, with_signal: signal.Signals | None = None) -> tuple[int | None, str]:
        """Return the exit status and all of standard error, once the process has ended.

        Standard output must stay empty.
        """
        if with_signal is not None:
            self.started.send_signal(with_signal)
        assert self.started.stdout is not None
        async with asyncio.timeout(_PATIENCE_S):
            out = await self.started.stdout.read()
            await self._reading
            await self.started.wait()
        assert out == b""
        return self.started.returncode, "".join(self._lines)

    async def kill(self) -> None:
        """Let it end at once, if it has not ended."""
        if self.started.returncode is None:
            self.started.kill()
        await self._reading
        await self.started.wait()

    async def _read(self) -> None:
        assert self.started.stderr is not None
        async for line in self.started.stderr:
            async with self._changed:
                self._lines.append(line.decode())
                self._changed.notify_all()
        async with self._changed:
            self._has_ended = True
            self._changed.notify_all()
