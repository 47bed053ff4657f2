"""Measures how the bot keeps up: replies per core-second, waiting times and memory.

    .venv/bin/python tests/benchmarks/load.py [--flood N] [--seconds S] [--rate R] [--memory N]

Everything runs in one go on loopback: the bot by polling and by webhook, and beside it a bare echo
bot of the library on the bot's HTTP client and on the library's own. CPU time is that of the
bot's process alone. A bot that ends is told of with the end of its log; it ends with this script.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.load_parts.questions import read_questions
from tests.benchmarks.load_parts.server import LoadServer
from tests.benchmarks.load_parts.subjects import (
    SUBJECTS,
    EndedError,
    Process,
    Subject,
    running,
)

_WARM_UP = 300


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one subject; times in milliseconds, memory in MB."""

    name: str
    per_core_s: float
    cpu_ms: float
    wall_per_s: float
    p50_ms: float
    p99_ms: float
    memory_mb: float


async def _measure(subject: Subject, questions: list[str], options: argparse.Namespace) -> Measured:
    async with _started(subject, questions) as (server, process):
        before = process.cpu_s()
        count = max(_WARM_UP, int(options.flood * subject.share))
        seconds = await server.flood(count)
        cpu_s = process.cpu_s() - before
        waits = sorted(await server.pace(options.rate, options.seconds))
        return Measured(
            name=subject.name,
            per_core_s=count / cpu_s,
            cpu_ms=cpu_s / count * 1000,
            wall_per_s=count / seconds,
            p50_ms=waits[len(waits) // 2] * 1000,
            p99_ms=waits[int(len(waits) * 0.99)] * 1000,
            memory_mb=process.memory_mb(),
        )


async def _measure_memory(subject: Subject, questions: list[str], count: int) -> None:
    async with _started(subject, questions) as (server, process):
        print(f"\nmemory of {subject.name}: {process.memory_mb():.0f} MB at the start")
        for part in range(1, 6):
            await server.flood(count // 5)
            print(f"{process.memory_mb():.0f} MB after {count // 5 * part:,} questions", flush=True)


@asynccontextmanager
async def _started(
    subject: Subject, questions: list[str]
) -> AsyncIterator[tuple[LoadServer, Process]]:
    """Yield a bot that is warm, and its server."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            LoadServer(questions[: subject.popular]).running() as server,
            running(subject, server, Path(folder)) as process,
        ):
            print(f"{subject.name}: started", file=sys.stderr, flush=True)
            await server.flood(_WARM_UP)
            yield server, process


def _show(rows: list[Measured]) -> None:
    print("| bot | replies per core-second | CPU per reply, ms | replies per second ", end="")
    print("| p50, ms | p99, ms | memory, MB |")
    print("|---|---|---|---|---|---|---|")
    for one in rows:
        print(
            f"| {one.name} | {one.per_core_s:.0f} | {one.cpu_ms:.2f} | {one.wall_per_s:.0f} "
            f"| {one.p50_ms:.1f} | {one.p99_ms:.1f} | {one.memory_mb:.0f} |"
        )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flood", type=int, default=4000, help="questions that wait at once")
    parser.add_argument("--seconds", type=int, default=15, help="how long questions come evenly")
    parser.add_argument("--rate", type=int, default=100, help="questions a second then")
    parser.add_argument("--memory", type=int, default=0, help="questions to watch the memory over")
    parser.add_argument("--only", default="", help="subjects with this in their name")
    options = parser.parse_args()
    try:
        asyncio.run(_measure_all(options))
    except ExceptionGroup as group:
        ended, others = group.split(EndedError)
        if ended is None or others is not None:
            raise
        sys.exit("\n".join(str(one) for one in ended.exceptions))
    except asyncio.CancelledError:
        sys.exit("stopped, and the bot with it")


async def _measure_all(options: argparse.Namespace) -> None:
    # Whoever ends the measuring ends the bot as well.
    this = asyncio.current_task()
    assert this is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, this.cancel)
    questions = read_questions()
    rows = []
    for subject in SUBJECTS:
        if subject.needs is not None and find_spec(subject.needs) is None:
            print(f"{subject.name}: left out, `make test` installs what it needs", file=sys.stderr)
        elif options.only in subject.name:
            rows.append(await _measure(subject, questions, options))
            print(f"{subject.name}: done", file=sys.stderr)
    _show(rows)
    if options.memory:
        await _measure_memory(SUBJECTS[0], questions, options.memory)


if __name__ == "__main__":
    main()
