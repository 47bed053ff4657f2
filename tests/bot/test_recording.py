"""A store in trouble never keeps anybody from an answer, and nothing is lost while it lasts."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.recording import Recorder
from bot.reply import Question, Reply
from bot.services import Brain, open_assistant
from bot.settings import Settings
from storage import StorageError, Store, open_store

Kept = Callable[[], list[dict[str, Any]]]
MONTH = timedelta(days=30)


async def _record(recorder: Recorder, text: str, **values: Any) -> int | None:
    usual: dict[str, Any] = {"outcome": "missed", "gap": "no_match", "reason": "no_match"}
    reply = Reply(question=text, normalised=text, language="zh", blocks=("…",), **(usual | values))
    return await recorder.record(Question(text=text, front="cli"), reply, text)


def _texts(kept: Kept) -> list[str]:
    return [row["text"] for row in kept()]


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
    store: Store, trouble: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Three failures in a row are one line; nothing that a person wrote is in it."""
    recorder = Recorder(store, retention=MONTH)
    for _ in range(2):
        trouble.begin()
        for text in ("问题甲", "问题乙", "问题丙"):
            assert await _record(recorder, text) is None
        assert recorder.fault
        trouble.end()
        await _record(recorder, "问题丁")
        assert recorder.fault is None
    lines = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert len(lines) == 2
    assert "问题" not in caplog.text


async def test_what_waited_is_written_when_the_store_works_again(
    store: Store, trouble: Any, kept: Kept
) -> None:
    """In the order it was asked, each with the time it was asked at, and the number is right."""
    moments = iter(datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in range(9))
    recorder = Recorder(store, retention=MONTH, now=lambda: next(moments))
    trouble.begin()
    await _record(recorder, "一")
    await _record(recorder, "二")
    assert recorder.waiting == 2
    trouble.end()
    number = await _record(recorder, "三")
    assert recorder.waiting == 0
    rows = kept()
    assert [(row["text"], row["asked_at"][11:13]) for row in rows] == [
        ("一", "00"),
        ("二", "01"),
        ("三", "02"),
    ]
    assert number == rows[-1]["id"]


async def test_what_waited_is_written_once_when_many_ask_at_once(
    store: Store, trouble: Any, kept: Kept
) -> None:
    """Two questions that come together don't both write the ones that waited."""
    recorder = Recorder(store, retention=MONTH)
    trouble.begin()
    await _record(recorder, "waited")
    trouble.end()
    await asyncio.gather(*(_record(recorder, f"together {number}") for number in range(5)))
    assert sorted(_texts(kept)) == [*(f"together {number}" for number in range(5)), "waited"]


async def test_what_waits_at_the_end_is_tried_once_more(
    store: Store, trouble: Any, kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    """Closing writes what a store that works again can take, and then has nothing to log."""
    recorder = Recorder(store, retention=MONTH)
    trouble.begin()
    await _record(recorder, "一")
    trouble.end()
    caplog.clear()
    await recorder.finish()
    assert _texts(kept) == ["一"]
    assert not caplog.records


async def test_at_most_a_thousand_wait_and_the_rest_is_counted(
    closed_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """The oldest go first; the end names the sum of what was not recorded."""
    recorder = Recorder(closed_store, retention=MONTH)
    for number in range(1003):
        await _record(recorder, f"question {number}")
    assert (recorder.waiting, recorder.lost) == (1000, 3)
    await recorder.finish()
    assert "1003 of the questions asked could not be recorded: " in caplog.text


async def test_without_a_store_the_fault_is_told_at_the_end(
    tiny_brain: Brain, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that can't be opened does not keep the assistant from answering."""
    (tmp_path / "file").write_text("a file in the place of a folder")
    settings = Settings(data_dir=tmp_path / "file", _env_file=None)
    async with open_assistant(settings, tiny_brain) as assistant:
        reply = await assistant.reply(Question(text="How many majors are there?", front="cli"))
        assert (reply.outcome, reply.record) == ("answered", None)
        with pytest.raises(StorageError, match="file"):
            await assistant.recorder.list_missed(limit=5)
    assert "1 of the questions asked could not be recorded: can't " in caplog.text


async def test_nothing_asked_is_nothing_to_complain_about(
    tiny_brain: Brain, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that can't be opened matters only once there is something to write."""
    (tmp_path / "file").write_text("a file in the place of a folder")
    async with open_assistant(Settings(data_dir=tmp_path / "file", _env_file=None), tiny_brain):
        pass
    assert not caplog.records


async def test_the_text_of_a_question_is_forgotten_after_its_time(store: Store, kept: Kept) -> None:
    """With the first question of a day, texts past the retention go; the rows stay and count."""
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    recorder = Recorder(store, retention=timedelta(days=10), now=lambda: now)
    await _record(recorder, "第一天")
    now = datetime(2026, 1, 5, 12, tzinfo=UTC)
    await _record(recorder, "第五天")
    assert _texts(kept) == ["第一天", "第五天"]
    now = datetime(2026, 1, 12, 12, tzinfo=UTC)
    await _record(recorder, "第十二天")
    assert _texts(kept) == ["", "第五天", "第十二天"]
    assert kept()[0]["normalised"] == ""
    assert {one.text for one in await store.list_missed()} == {"第五天", "第十二天"}


async def test_texts_are_swept_once_a_day(store: Store, kept: Kept) -> None:
    """What passes its time during a day goes with the first question of the next day."""
    now = datetime(2026, 1, 5, 12, tzinfo=UTC)
    recorder = Recorder(store, retention=timedelta(days=10), now=lambda: now)
    await _record(recorder, "old")
    now = datetime(2026, 1, 15, 8, tzinfo=UTC)
    await _record(recorder, "morning")
    now = datetime(2026, 1, 15, 23, tzinfo=UTC)
    await _record(recorder, "evening")
    assert _texts(kept) == ["old", "morning", "evening"]
    now = datetime(2026, 1, 16, 0, 1, tzinfo=UTC)
    await _record(recorder, "night")
    assert _texts(kept) == ["", "morning", "evening", "night"]
