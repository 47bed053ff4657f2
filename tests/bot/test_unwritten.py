"""Questions wait in the reserve, and are written from it once the store works again."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from bot.memory.asker import AskerHash
from bot.memory.people import People
from bot.memory.recording import Recorder
from bot.memory.spare import Spare, open_spare
from bot.reply import Question, Reply
from bot.services import open_assistant
from storage import StorageError
from tests.bot.records import MONTH, record, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.services import Brain
    from bot.settings import Settings
    from storage import Store
    from tests.bot.conftest import Trouble
    from tests.bot.records import Clock, Kept

ME = "telegram:7"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reserve.sqlite"


@pytest.fixture
async def spare(file: Path) -> AsyncIterator[Spare]:
    async with open_spare(file) as opened:
        yield opened


async def test_what_waits_outlives_its_process_and_is_written_by_the_next(
    store: Store, kept: Kept, trouble: Trouble, file: Path
) -> None:
    trouble.begin()
    async with open_spare(file) as spare:
        first = Recorder(store, retention=MONTH, spare=spare)
        await record(first, "一")
        await record(first, "二")
        assert (first.waiting, first.lost) == (2, 0)
    trouble.end()
    async with open_spare(file) as spare:
        second = Recorder(store, retention=MONTH, spare=spare)
        await second.load()
        assert (second.waiting, texts(kept)) == (0, ["一", "二"])
    async with open_spare(file) as spare:
        third = Recorder(store, retention=MONTH, spare=spare)
        await third.load()
        assert texts(kept) == ["一", "二"]


async def test_more_than_memory_holds_wait_and_are_written_in_their_order(
    store: Store, kept: Kept, trouble: Trouble, clock: Clock, spare: Spare
) -> None:
    recorder = Recorder(store, retention=MONTH, spare=spare, clock_s=clock)
    trouble.begin()
    asked = [f"question {number}" for number in range(1201)]
    for text in asked:
        await record(recorder, text)
    assert (recorder.waiting, recorder.lost) == (1201, 0)
    trouble.end()
    clock.pass_pause()
    await record(recorder, "after")
    assert (recorder.waiting, texts(kept)) == (0, [*asked, "after"])


async def test_what_the_reserve_can_not_take_waits_in_memory(
    store: Store, kept: Kept, trouble: Trouble, clock: Clock, file: Path
) -> None:
    """It is told once, and both are written together."""
    async with AsyncExitStack() as stack:
        spare = await stack.enter_async_context(open_spare(file))
        recorder = Recorder(store, retention=MONTH, spare=spare, clock_s=clock)
        trouble.begin()
        await record(recorder, "一")
        await spare.use(_fill)
        await record(recorder, "二")
        await record(recorder, "三")
        assert recorder.waiting == 3
        trouble.end()
        clock.pass_pause()
        await record(recorder, "四")
        assert (recorder.waiting, texts(kept)) == (0, ["一", "二", "三", "四"])


async def _fill(reserve: object) -> None:
    """Let the file take nothing more, as on a full disk."""
    connection = reserve._connection  # type: ignore[attr-defined]
    await connection.execute_fetchall("PRAGMA query_only = ON")


async def test_a_person_sees_and_forgets_what_waits_in_the_reserve(
    store: Store, kept: Kept, trouble: Trouble, clock: Clock, spare: Spare
) -> None:
    recorder = Recorder(
        store, retention=MONTH, spare=spare, asker_hash=AskerHash(b"key"), clock_s=clock
    )
    people = People(recorder)
    trouble.begin()
    for asker, text in ((ME, "秘密"), ("telegram:8", "别人的")):
        reply = Reply(question=text, normalised=text, language="zh", outcome="chat", blocks=("…",))
        question = Question(text=text, front="telegram", asker=asker)
        assert await recorder.record(question, reply, text) is None
    shown = await people.show_everything(ME, chat_id=7001)
    assert [row["text"] for row in shown.held.questions] == ["秘密"]
    assert (await people.forget(ME, chat_id=7001)).erased.questions == 1
    assert await recorder.waiting_of(ME) == ()
    trouble.end()
    clock.pass_pause()
    await recorder.write_waiting()
    assert texts(kept) == ["", "别人的"]


async def test_what_stays_in_the_reserve_at_the_end_is_not_called_lost(
    store: Store, trouble: Trouble, spare: Spare, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(store, retention=MONTH, spare=spare)
    trouble.begin()
    await record(recorder, "一")
    await recorder.finish()
    last = caplog.records[-1]
    assert (last.levelno, last.getMessage()[:40]) == (
        logging.WARNING,
        "1 of the questions asked wait in the res",
    )


async def test_a_damaged_reserve_is_set_aside_and_made_anew(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(b"no database at all " * 99)
    async with open_spare(file) as spare:
        assert await spare.use(lambda reserve: reserve.count("question")) == 0
    assert "can't open the reserve reserve.sqlite: the file is not an SQLite" in caplog.text
    assert file.with_name("reserve.sqlite.damaged").exists()


async def test_without_a_reserve_people_are_served_from_memory(
    file: Path, store: Store, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_spare(file), open_spare(file) as second:
        assert "another process holds the database" in caplog.text
        recorder = Recorder(store, retention=MONTH, spare=second)
        trouble.begin()
        await record(recorder, "一")
        assert recorder.waiting == 1


async def test_only_who_serves_people_has_a_reserve(settings: Settings, tiny_brain: Brain) -> None:
    """A command beside the bot must not take it away from it."""
    async with open_assistant(settings, tiny_brain):
        assert not settings.reserve.exists()
    async with open_assistant(settings, tiny_brain, serves=True) as assistant:
        assert settings.reserve.exists()
        assistant.recorder.access.note(StorageError("away"))
        await assistant.reply(Question(text="zzkqx vbnwq", front="cli"))
        assert await assistant.recorder.spare.use(lambda one: one.count("question")) == 1
