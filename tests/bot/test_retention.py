"""The text of a question is deleted after its time, once a day."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.memory.recording import Recorder
from storage import Store
from tests.bot.records import MONTH, Clock, Kept, record, texts


async def test_old_texts_are_deleted_once_a_day_however_many_ask_at_once(
    store: Store, trouble: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And once more where the store was in trouble."""
    swept: list[datetime] = []
    delete = store.forget_texts

    async def note_and_delete(before: datetime) -> int:
        swept.append(before)
        return await delete(before)

    monkeypatch.setattr(store, "forget_texts", note_and_delete)
    recorder = Recorder(store, retention=MONTH, clock_s=clock)
    trouble.begin()
    await record(recorder, "一")
    trouble.end()
    clock.pass_pause()
    await asyncio.gather(*(record(recorder, text) for text in "二三四五"))
    assert len(swept) == 2


async def test_the_text_of_a_question_is_forgotten_after_its_time(store: Store, kept: Kept) -> None:
    """With the first question of a day, texts past the retention go; the rows stay and count."""
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    recorder = Recorder(store, retention=timedelta(days=10), now=lambda: now)
    await record(recorder, "第一天")
    now = datetime(2026, 1, 5, 12, tzinfo=UTC)
    await record(recorder, "第五天")
    assert texts(kept) == ["第一天", "第五天"]
    now = datetime(2026, 1, 12, 12, tzinfo=UTC)
    await record(recorder, "第十二天")
    assert texts(kept) == ["", "第五天", "第十二天"]
    assert kept()[0]["normalised"] == ""


async def test_texts_are_swept_once_a_day(store: Store, kept: Kept) -> None:
    """What passes its time during a day goes with the first question of the next day."""
    now = datetime(2026, 1, 5, 12, tzinfo=UTC)
    recorder = Recorder(store, retention=timedelta(days=10), now=lambda: now)
    await record(recorder, "old")
    now = datetime(2026, 1, 15, 8, tzinfo=UTC)
    await record(recorder, "morning")
    now = datetime(2026, 1, 15, 23, tzinfo=UTC)
    await record(recorder, "evening")
    assert texts(kept) == ["old", "morning", "evening"]
    now = datetime(2026, 1, 16, 0, 1, tzinfo=UTC)
    await record(recorder, "night")
    assert texts(kept) == ["", "morning", "evening", "night"]
