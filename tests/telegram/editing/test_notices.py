"""The editors' chat is told what needs eyes: each thing once, whatever processes run."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.telegram.editing.notices import keep_informed
from tests.botapi.trouble.faults import too_many
from tests.telegram.editing.conftest import EDITORS_CHAT, NOON

if TYPE_CHECKING:
    from tests.telegram.editing.conftest import OpenRoom, Room

_MISSED = "Do apprentices get dental insurance?"


async def test_what_needs_eyes_is_told_once_a_period_in_both_languages(room: Room) -> None:
    await room.somebody(1).say(_MISSED)
    early = NOON - timedelta(hours=4)
    assert await room.look(now=early) == []
    (digest,) = await room.look(now=NOON)
    assert "等待处理的缺口（1）" in digest
    assert "Gaps that wait for an editor (1)" in digest
    assert _MISSED in digest
    assert await room.look(now=NOON + timedelta(days=6)) == []
    assert len(await room.look(now=NOON + timedelta(days=7))) == 1


async def test_a_daily_digest_comes_every_day_on_which_there_is_something(
    room: Room, open_room: OpenRoom
) -> None:
    assert await room.look(days=1) == []
    await room.somebody(1).say(_MISSED)
    assert await room.look(days=1) == [], "the quiet day is over"
    tomorrow = NOON + timedelta(days=1)
    assert len(await room.look(days=1, now=tomorrow)) == 1
    async with open_room() as another:
        assert await another.look(days=1, now=tomorrow) == []


async def test_of_two_processes_that_look_at_once_one_tells(
    room: Room, open_room: OpenRoom
) -> None:
    for user in (1, 2, 3):
        await room.somebody(user).say(_MISSED)
    await room.gather()
    async with open_room() as another:
        processes = [one.notices(days=7, now=NOON) for one in (room, another) for _ in range(3)]
        assert all(await asyncio.gather(*(one.look() for one in processes)))
    alert, digest = [one.text for one in room.api.screen(EDITORS_CHAT)]
    assert "without an answer: 3" in alert
    assert "Gaps that wait" in digest
    assert all(one["sent_at"] for one in room.read("SELECT sent_at FROM notices"))


async def test_what_a_process_took_on_and_died_over_is_told_by_another(
    room: Room, open_room: OpenRoom
) -> None:
    for user in (1, 2, 3):
        await room.somebody(user).say(_MISSED)
    await room.gather()
    room.api.faults.plant("sendMessage", too_many(1), times=2, chat_id=EDITORS_CHAT)
    for number in (1, 2):
        # First the alert, then the digest is to be tried again when the process is gone.
        looking = asyncio.create_task(room.notices(days=7, now=NOON).look())
        await room.api.wait_for("sendMessage", number=number, chat_id=EDITORS_CHAT)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
    assert room.api.screen(EDITORS_CHAT) == []
    async with open_room() as another:
        assert await another.look(now=NOON + timedelta(minutes=4)) == []
        alert, digest = await another.look(now=NOON + timedelta(minutes=5))
        assert "without an answer: 3" in alert
        assert "Gaps that wait" in digest
        assert await another.look(now=NOON + timedelta(minutes=15)) == []


async def test_a_chat_that_refuses_is_told_later(room: Room) -> None:
    for user in (1, 2, 3):
        await room.somebody(user).say(_MISSED)
    room.api.close_chat(EDITORS_CHAT)
    await room.gather()
    assert not await room.notices(days=7, now=NOON).look()
    assert room.read("SELECT * FROM notices") == []
    room.api.open_chat(EDITORS_CHAT)
    alert, digest = await room.look()
    assert "without an answer: 3" in alert
    assert "Gaps that wait" in digest


async def test_the_running_bot_tells_by_itself(room: Room) -> None:
    for user in (1, 2, 3):
        await room.somebody(user).say(_MISSED)
    await room.gather()
    settings = Settings(editors_chat=EDITORS_CHAT, digest="weekly", _env_file=None)
    async with keep_informed(room.application.bot, room.assistant, settings=settings):
        told = await room.api.wait_for("sendMessage", chat_id=EDITORS_CHAT)
    assert "without an answer: 3" in told.text


async def test_without_a_chat_nobody_is_told(room: Room) -> None:
    settings = Settings(_env_file=None)
    async with keep_informed(room.application.bot, room.assistant, settings=settings):
        pass
    assert room.api.screen(EDITORS_CHAT) == []
