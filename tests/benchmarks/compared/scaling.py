"""How the matcher goes on with many phrasings: time, memory, starts; and how the bot starts."""

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from compared.goals import Goal, print_goals
from compared.growing import more_entries, more_phrasings
from compared.measuring import Start, apart, start
from compared.peers import Lines
from compared.sets import BenchmarkSet, print_table
from intents.judging.metrics import percentile

# For so many phrasings the median and the 99th percentile in milliseconds, and the megabytes added.
ASKED_FOR: Mapping[int, tuple[float, float, float]] = {
    12_000: (1.0, 5.0, 80.0),
    120_000: (3.0, math.inf, math.inf),
}
WARM_S, COLD_S = 1.5, 10.0
_MOST_ASKED = 1000
_WAYS: Mapping[str, Callable[[Lines, int], Lines]] = {
    "more of each entry": more_phrasings,
    "more entries": more_entries,
}
_HEADING = (
    "phrasings", "ms p50", "ms p95", "ms p99",
    "cold start s", "warm start s", "MB added, warm", "peak MB, cold",
)  # fmt: skip


def scale(one: BenchmarkSet) -> bool:
    """Print what many phrasings cost, as more of each entry and as more entries."""
    questions = [text for _, text in one.answerable(_MOST_ASKED)]
    rows = []
    goals = []
    for size, (median, late, added) in ASKED_FOR.items():
        for name, grow in _WAYS.items():
            lines = grow(one.index, size)
            with TemporaryDirectory() as folder:
                cold = apart(start, lines, Path(folder), ())
                warm = apart(start, lines, Path(folder), questions)
            rows.append(_row(f"{size:,}: {name}", cold, warm))
            title = f"{size:,} phrasings, {name}:"
            found = [percentile(warm.milliseconds, percent) or 0.0 for percent in (50, 99)]
            goals += [
                Goal(f"{title} median ms", found[0], median, is_most=True),
                Goal(f"{title} 99th percentile ms", found[1], late, is_most=True),
                Goal(f"{title} MB added", warm.added_mb, added, is_most=True),
            ]
    print_table(f"{one.name} grown", _HEADING, rows)
    return print_goals(one.name, (goal for goal in goals if goal.wanted < math.inf))


def _row(name: str, cold: Start, warm: Start) -> tuple[str, ...]:
    times = (percentile(warm.milliseconds, percent) or 0.0 for percent in (50, 95, 99))
    return (
        name,
        *(f"{value:.2f}" for value in times),
        f"{cold.ready_s:.1f}",
        f"{warm.ready_s:.2f}",
        f"{warm.added_mb:.0f}",
        f"{cold.peak_mb:.0f}",
    )


def time_starts(question: str = "How many majors are there?") -> bool:
    """Print how long `voced ask` takes from the call to the answer, at first and again."""
    took = []
    with TemporaryDirectory() as folder:
        environment = os.environ | {"VOCED_DATA_DIR": folder}
        for _ in range(3):
            began = time.perf_counter()
            command = [sys.executable, "-m", "bot", "ask", question]
            subprocess.run(command, env=environment, check=True, capture_output=True)
            took.append(time.perf_counter() - began)
    rows = zip(("first start", "again", "and again"), (f"{one:.2f}" for one in took), strict=True)
    print_table("`voced ask`, from the call to the answer", ("start", "s"), list(rows))
    goals = (
        Goal("first start s", took[0], COLD_S, is_most=True),
        Goal("later start s", min(took[1:]), WARM_S, is_most=True),
    )
    return print_goals("`voced ask`", goals)
