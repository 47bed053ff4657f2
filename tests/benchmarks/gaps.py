"""Measures the editors' loop over very many missed questions.

    .venv/bin/python tests/benchmarks/gaps.py [--misses 100000]

It records misses of made-up people about made-up matters, gathers them, and then times what people
and editors would wait for: one new miss, the list, one gap, a restart.
"""

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.gathering import Gatherer
from bot.memory.access import StoreAccess
from bot.services import Brain, load_brain
from bot.settings import Settings
from intents.match.alike import Alike
from storage import QuestionRecord, Store, open_store

_WHAT = "canteen meals|dormitory wifi|sports hall|drone club|laundry room|school bus|library hours"
_WHAT += "|parking places|swimming pool|chess team|music room|phone rules|uniform size|locker keys"
_WHO = "welders|electricians|bakers|pilots|florists|tailors|masons|sailors|farmers|printers|cooks"
_WHO += "|miners|potters|weavers|drivers|dancers|actors|nurses|vets|smiths|joiners|plumbers"
_HOW = "are there {} for {}|what about {} for {}|tell me about {} for {}|{} for {}|any {} for {}"
_WHERE = "harbin|kunming|lhasa|urumqi|xiamen|guilin|datong|baotou|jilin|sanya|yantai|weihai|suzhou"
_START = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 500


def make_misses(count: int, brain: Brain) -> list[QuestionRecord]:
    """Return so many misses; some matters are asked often, most are asked seldom."""
    chance = random.Random(7)  # noqa: S311 - made-up questions
    matters = list(itertools.product(_WHAT.split("|"), _WHO.split("|"), _WHERE.split("|")))
    chance.shuffle(matters)
    misses = []
    for number in range(count):
        what, who, where = matters[int(len(matters) * chance.random() ** 2)]
        how = chance.choice(_HOW.split("|"))
        text = f"{how.format(what, who)} in {where}"
        misses.append(
            QuestionRecord(
                asked_at=_START + timedelta(seconds=number),
                front="telegram",
                text=text,
                normalised=brain.understander.normalise(text),
                language="en",
                outcome="missed",
                entry=None,
                confidence=0.0,
                reason="no_match",
                knowledge_version="1",
                asker=f"person {chance.randrange(count // 3 + 1)}",
                gap="no_match",
                nearest=(),
            )
        )
    return misses


async def measure(name: str, do: Callable[[], Awaitable[object]], times: int = 20) -> None:
    """Print how long something takes: the median and the longest of several times."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await do()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name:34} median {statistics.median(taken):8.1f} ms   longest {max(taken):8.1f} ms")


async def run(count: int, brain: Brain, url: str) -> None:
    """Record, gather, and measure."""
    async with open_store(url) as store:
        misses = make_misses(count + 40, brain)
        for start in range(0, count, _BATCH):
            await store.record_many(misses[start : min(start + _BATCH, count)])
        access = StoreAccess(store)
        gatherer = Gatherer(access, _comparing(brain))
        start = time.perf_counter()
        while await gatherer.gather(most=5_000):
            states = await store.editing.count_gaps()
            print(f"\r{sum(states.values())} gaps ...", end="", file=sys.stderr, flush=True)
        seconds = time.perf_counter() - start
        print(f"\r{count} misses gathered in {seconds:.0f} s, {seconds / count * 1000:.2f} ms each")
        fresh = iter(misses[count:])
        await measure("one new miss, recorded", lambda: store.record(next(fresh)))
        await measure("gathering 20 new misses", gatherer.gather, times=1)
        await _measure_looking(store)
        fresh_start = Gatherer(access, _comparing(brain))
        await store.record(next(fresh))
        await measure("first gathering after a start", fresh_start.gather, times=1)


async def _measure_looking(store: Store) -> None:
    editing = store.editing
    loudest = (await editing.list_gaps(limit=1))[0]
    for order in ("people", "newest", "oldest", "unassigned"):
        page = partial(editing.list_gaps, order=order, limit=8)
        await measure(f"a page of gaps by {order}", page)
    await measure("the gap of most people", lambda: editing.show_gap(loudest.id))
    await measure("its wordings", lambda: editing.list_wordings(loudest.id))
    await measure("nothing new to gather", lambda: editing.list_ungathered(limit=200))
    await measure("gaps that are loud", lambda: editing.list_loud(people=1_000))
    await measure("past questions for a replay", lambda: editing.list_past(limit=20_000), times=3)


def _comparing(brain: Brain) -> Callable[[], Alike]:
    alike = brain.understander.alike()
    return lambda: alike


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", type=int, default=100_000)
    parser.add_argument("--knowledge", type=Path, help="another folder of knowledge")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), knowledge_dir=options.knowledge, _env_file=None)
        brain = load_brain(settings)
        asyncio.run(run(options.misses, brain, settings.database))


if __name__ == "__main__":
    main()
