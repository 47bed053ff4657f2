"""The bots that are measured, each as a process of its own."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.load_parts.server import TOKEN, LoadServer

_ROOT = Path(__file__).parents[3]
_TICKS = os.sysconf("SC_CLK_TCK")
_LINES_SHOWN = 20
# The bot itself takes up to 20 seconds for what it has in hand.
_GRACE_S = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """A bot: what is started, and which share of the questions it gets, if it is slow.

    `needs` is a package that is only there for tests. Of `popular` questions each is asked over and
    over, else every one is new.
    """

    name: str
    command: tuple[str, ...]
    by_webhook: bool = False
    share: float = 1.0
    needs: str | None = None
    popular: int | None = None


_ECHO = "tests.benchmarks.load_parts.echo"
SUBJECTS = (
    Subject("voced, polling", ("bot", "run")),
    Subject("voced, webhook", ("bot", "run"), by_webhook=True),
    Subject("voced, polling, 200 questions again and again", ("bot", "run"), popular=200),
    Subject("bare echo, same client", (_ECHO, "same")),
    Subject("bare echo, httpx-aiohttp", (_ECHO, "httpx-aiohttp"), needs="httpx_aiohttp"),
    Subject("bare echo, stock client", (_ECHO, "stock"), share=0.2),
)


@dataclass(frozen=True, slots=True)
class Process:
    """A bot that runs."""

    pid: int

    def cpu_s(self) -> float:
        """Return how much CPU time it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mb(self) -> float:
        """Return its resident memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


class EndedError(Exception):
    """A bot has ended while it was measured."""


@asynccontextmanager
async def running(subject: Subject, server: LoadServer, folder: Path) -> AsyncIterator[Process]:
    """Yield the bot as a process, which is ended afterwards.

    Raises:
        ExceptionGroup: With an `EndedError`: it has ended by itself, and what was to be measured is
            cancelled.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "VOCED_TELEGRAM_TOKEN": TOKEN,
        "VOCED_API_URL": server.url,
        "VOCED_DATA_DIR": folder,
    }
    if subject.by_webhook:
        settings |= {"VOCED_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "PORT": port}
    log_file = folder / "log"
    log = log_file.open("wb")
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *subject.command,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), **{k: str(v) for k, v in settings.items()}},
        stdout=log,
        stderr=log,
    )
    log.close()
    try:
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(_watch(started, subject.name, log_file))
            # By webhook nothing can be asked before Telegram knows the address.
            async with asyncio.timeout(60):
                await server.wait_until_ready(by_webhook=subject.by_webhook)
            yield Process(started.pid)
            watching.cancel()
    finally:
        await _end(started)


async def _watch(started: asyncio.subprocess.Process, name: str, log_file: Path) -> None:
    status = await started.wait()
    raise EndedError(f"{name}: ended with status {status}; its log:\n{_read_end_of(log_file)}")


def _read_end_of(log_file: Path) -> str:
    lines = log_file.read_text(errors="replace").splitlines()
    return "\n".join(lines[-_LINES_SHOWN:])


async def _end(started: asyncio.subprocess.Process) -> None:
    """Let a process end, in good time or at once."""
    if started.returncode is None:
        started.terminate()
        try:
            async with asyncio.timeout(_GRACE_S):
                await started.wait()
        except TimeoutError:
            started.kill()
    await started.wait()
