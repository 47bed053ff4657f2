"""An update that comes again is skipped, or handled again without a second record."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storage import open_store
from tests.botapi.updates import make_question

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.botapi.server import BotApi
    from tests.delivery.conftest import StartBot

_QUESTION = "How many majors are there?"


def _sent(api: BotApi) -> int:
    return len([one for one in api.calls if one.method == "sendMessage"])


async def test_an_update_that_was_handled_before_a_crash_is_skipped(
    run_bot: StartBot, bot_api: BotApi, tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    now = datetime.now(UTC)
    async with open_store(f"sqlite:///{tmp_path / 'voced.sqlite'}") as store:
        await store.delivery.begin(1, at=now)
        await store.delivery.finish(1, at=now)
    bot = await run_bot()
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert _sent(bot_api) == 0
    assert bot.read("questions") == []
    assert "update 1 has come again and is handled already" in log.text


async def test_an_update_that_was_in_hand_at_a_crash_is_answered_and_not_recorded_again(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await run_bot()
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    _unmark(bot.database)

    bot = await run_bot()
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.wait_for("sendMessage", number=2)
    await bot.end()
    assert len(bot.read("questions")) == 1
    (update,) = bot.read("updates")
    assert update["tries"] == 2
    assert update["handled_at"] is not None


async def test_an_update_that_ends_the_process_again_and_again_is_put_aside(
    run_bot: StartBot, bot_api: BotApi, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    async with open_store(f"sqlite:///{tmp_path / 'voced.sqlite'}") as store:
        for _ in range(12):
            await store.delivery.begin(1, at=now)
    bot = await run_bot()
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert _sent(bot_api) == 0
    (letter,) = bot.read("dead_letters")
    assert letter["error"] == "the process ended each time it was begun"


async def test_a_stop_finishes_what_is_in_hand_and_confirms_it(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """By the signal that platforms send, heeded as `voced run` does."""
    bot = await run_bot()
    bot.stop.heed_signals()
    for update_id in range(1, 60):
        await bot_api.queue_update(make_question(_QUESTION, update_id=update_id, chat_id=update_id))
    await bot_api.wait_for("sendMessage")
    signal.raise_signal(signal.SIGTERM)
    await bot.work
    answered = _sent(bot_api)
    assert len(bot.read("questions")) == answered
    assert sorted(bot_api.confirmed) == list(range(1, answered + 1))
    loop = asyncio.get_running_loop()
    loop.remove_signal_handler(signal.SIGTERM)
    loop.remove_signal_handler(signal.SIGINT)


def _unmark(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE updates SET handled_at = NULL")
