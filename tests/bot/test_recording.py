"""A store in trouble never keeps anybody from an answer, and nothing is lost while it lasts."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.memory.recording import Recorder
from bot.reply import Question
from bot.services import Brain, open_assistant
from bot.settings import Settings
from storage import StorageError, Store, open_store
from tests.bot.records import MONTH, Clock, Kept, record, texts


@pytest.fixture
async def closed_store(tmp_path: Path) -> Store:
    async with open_store(f"sqlite:///{tmp_path / 'closed.sqlite'}") as opened:
        pass
    return opened


async def test_people_are_answered_while_the_store_fails(
    assist: Callable[[Recorder], Assistant], closed_store: Store
) -> None:
    """The reply is whole, only without a record; a choice works as well."""
    assistant = assist(Recorder(closed_store, retention=MONTH))
    reply = await assistant.reply(Question(text="How many majors are there?", front="cli"))
    assert (reply.outcome, reply.entry, reply.record) == ("answered", "number-of-majors", None)
    assert await assistant.choose(3, "grants", "en") is not None
    assert await assistant.choose_none(3, "en")


async def test_a_failure_is_logged_once_and_again_after_a_recovery(
    store: Store, trouble: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Three failures in a row are one line; nothing that a person wrote is in it."""
    recorder = Recorder(store, retention=MONTH, clock_s=clock)
    for _ in range(2):
        trouble.begin()
        for text in ("问题甲", "问题乙", "问题丙"):
            assert await record(recorder, text) is None
            clock.pass_pause()
        assert recorder.fault
        trouble.end()
        await record(recorder, "问题丁")
        assert recorder.fault is None
    lines = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert len(lines) == 2
    assert "问题" not in caplog.text


async def test_what_waited_is_written_when_the_store_works_again(
    store: Store, trouble: Any, kept: Kept, clock: Clock
) -> None:
    """In the order it was asked, each with the time it was asked at, and the number is right."""
    moments = iter(datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in range(9))
    recorder = Recorder(store, retention=MONTH, now=lambda: next(moments), clock_s=clock)
    trouble.begin()
    await record(recorder, "一")
    await record(recorder, "二")
    assert recorder.waiting == 2
    trouble.end()
    clock.pass_pause()
    number = await record(recorder, "三")
    assert recorder.waiting == 0
    rows = kept()
    assert [(row["text"], row["asked_at"][11:13]) for row in rows] == [
        ("一", "00"),
        ("二", "01"),
        ("三", "02"),
    ]
    assert number == rows[-1]["id"]


async def test_what_waited_is_written_once_when_many_ask_at_once(
    store: Store, trouble: Any, kept: Kept, clock: Clock
) -> None:
    """Two questions that come together don't both write the ones that waited."""
    recorder = Recorder(store, retention=MONTH, clock_s=clock)
    trouble.begin()
    await record(recorder, "waited")
    trouble.end()
    clock.pass_pause()
    await asyncio.gather(*(record(recorder, f"together {number}") for number in range(5)))
    await recorder.finish()
    assert sorted(texts(kept)) == [*(f"together {number}" for number in range(5)), "waited"]


async def test_a_store_in_trouble_is_left_alone_for_a_while(
    store: Store, trouble: Any, kept: Kept, clock: Clock
) -> None:
    """Nobody waits for it meanwhile, neither a question nor a choice, although it works again."""
    recorder = Recorder(store, retention=MONTH, clock_s=clock)
    number = await record(recorder, "before", outcome="offered", gap=None)
    trouble.begin()
    assert not await recorder.choose(number, "grants")
    trouble.end()
    clock.seconds += 29
    assert await record(recorder, "meanwhile") is None
    assert not await recorder.choose(number, "grants")
    clock.seconds += 1
    assert await recorder.choose(number, "grants")
    assert recorder.fault is None
    assert await record(recorder, "after")
    assert texts(kept) == ["before", "meanwhile", "after"]


async def test_a_store_that_could_not_be_opened_is_opened_later(
    store: Store, kept: Kept, clock: Clock
) -> None:
    """At most every 30 seconds, by one of those who ask, and what waited is written."""
    times: list[float] = []

    async def open_() -> Store:
        times.append(clock.seconds)
        await asyncio.sleep(0)
        if clock.seconds < 60:
            raise StorageError("can't open the database")
        return store

    recorder = Recorder(None, retention=MONTH, fault="…", open_store=open_, clock_s=clock)
    for clock.seconds in (0, 29, 30, 31, 59, 60, 61):
        await asyncio.gather(*(record(recorder, f"{clock.seconds} {n}") for n in (1, 2)))
    assert times == [30, 60]
    assert recorder.fault is None
    assert recorder.waiting == 0
    assert len(kept()) == 14


async def test_a_locked_database_stalls_one_answer_and_not_for_long(
    assist: Callable[[Recorder], Assistant], store: Store, database_file: Path, clock: Clock
) -> None:
    """The first who meets the lock waits a second, others don't; then everything is written."""
    recorder = Recorder(store, retention=MONTH, clock_s=clock)
    assistant = assist(recorder)
    locked = sqlite3.connect(database_file, isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")
    started = time.perf_counter()
    for _ in range(20):
        reply = await assistant.reply(Question(text="How many majors are there?", front="cli"))
        assert (reply.outcome, reply.record) == ("answered", None)
    assert time.perf_counter() - started < 4
    locked.close()
    clock.pass_pause()
    await record(recorder, "after")
    assert (recorder.waiting, recorder.fault) == (0, None)


async def test_a_locked_database_is_opened_when_it_is_free(
    tiny_brain: Brain, settings: Settings
) -> None:
    """Locked at the start, it is tried once more at the end, and what was asked is kept."""
    async with open_store(settings.database):
        pass
    file = settings.data_dir / "voced.sqlite"
    locked = sqlite3.connect(file, isolation_level=None)
    locked.execute("PRAGMA locking_mode = EXCLUSIVE")
    locked.execute("BEGIN EXCLUSIVE")
    async with open_assistant(settings, tiny_brain) as assistant:
        assert assistant.recorder.fault
        reply = await assistant.reply(Question(text="zzkqx vbnwq", front="cli"))
        assert (reply.outcome, reply.record) == ("missed", None)
        locked.close()
    async with open_store(settings.database) as opened:
        assert (await opened.status()).outcomes["missed"] == 1


async def test_what_waits_at_the_end_is_tried_once_more(
    store: Store, trouble: Any, kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    """Closing writes what a store that works again can take, and then has nothing to log."""
    recorder = Recorder(store, retention=MONTH)
    trouble.begin()
    await record(recorder, "一")
    trouble.end()
    caplog.clear()
    await recorder.finish()
    assert texts(kept) == ["一"]
    assert not caplog.records


async def test_at_most_a_thousand_wait_and_the_rest_is_counted(
    closed_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """The oldest go first; the end names the sum of what was not recorded."""
    recorder = Recorder(closed_store, retention=MONTH)
    for number in range(1003):
        await record(recorder, f"question {number}")
    assert (recorder.waiting, recorder.lost) == (1000, 3)
    await recorder.finish()
    assert "1003 of the questions asked could not be recorded: " in caplog.text


async def test_without_a_store_the_fault_is_told_at_the_end(
    tiny_brain: Brain, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that can't be opened does not keep the assistant from answering."""
    (tmp_path / "file").write_text("a file in the place of a folder")
    settings = Settings(data_dir=tmp_path / "file", _env_file=None)
    async with open_assistant(settings, tiny_brain, editors=frozenset({1})) as assistant:
        reply = await assistant.reply(Question(text="How many majors are there?", front="cli"))
        assert (reply.outcome, reply.record) == ("answered", None)
        with pytest.raises(StorageError, match="file"):
            await assistant.desk.count_gaps(1)
    assert "1 of the questions asked could not be recorded: can't " in caplog.text


async def test_nothing_asked_is_nothing_to_complain_about(
    tiny_brain: Brain, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that can't be opened matters only once there is something to write."""
    (tmp_path / "file").write_text("a file in the place of a folder")
    async with open_assistant(Settings(data_dir=tmp_path / "file", _env_file=None), tiny_brain):
        pass
    assert not caplog.records


async def test_a_record_names_the_matcher_beside_the_knowledge(store: Store, kept: Kept) -> None:
    """Words alone are the rule; what was matched by meaning as well says so."""
    recorder = Recorder(store, retention=MONTH)
    await record(recorder, "一", knowledge_version="3f2a")
    await record(recorder, "二", knowledge_version="3f2a", matcher="semantic")
    assert [row["knowledge_version"] for row in kept()] == ["3f2a", "3f2a+semantic"]
