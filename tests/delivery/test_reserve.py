"""A database in trouble and a kill at the same time lose no question and no reply."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.botapi.trouble.faults import too_many
from tests.botapi.updates import make_question
from tests.delivery.asking import OTHER, sent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.botapi.server import BotApi
    from tests.botapi.wire.loopback import BotApiServer
    from tests.bots.process import BotProcess

pytestmark = pytest.mark.process

_QUESTIONS = (
    "how many majors are there",
    "red canteen meals",
    "blue canteen meals",
    "green canteen meals",
)


async def _ask(api: BotApi, update_id: int, text: str, *, chat_id: int = 7001) -> None:
    await api.queue_update(
        make_question(text, update_id=update_id, chat_id=chat_id, message_id=update_id)
    )


async def test_what_a_locked_database_could_not_take_outlives_a_kill(
    start_bot: Callable[..., Awaitable[BotProcess]],
    bot_api_server: BotApiServer,
    knowledge_folder: Path,
) -> None:
    """Four questions were answered meanwhile, and the reply to a fifth had to wait."""
    server, api = bot_api_server, bot_api_server.api
    chosen = {
        "TELEGRAM_TOKEN": server.token,
        "API_URL": server.url,
        "KNOWLEDGE_DIR": str(knowledge_folder),
    }
    bot = await start_bot(**chosen)
    await _ask(api, 1, "yellow canteen meals")
    await api.wait_until_confirmed(1)
    file = bot.folder / "voced.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for update_id, text in enumerate(_QUESTIONS, start=2):
            await _ask(api, update_id, text)
        api.faults.plant("sendMessage", too_many(4), chat_id=OTHER)
        await _ask(api, 6, "red canteen meals", chat_id=OTHER)
        await api.wait_until_confirmed(*range(1, 7))
        await bot.end(with_signal=signal.SIGKILL)
    answered = sent(api)

    bot = await start_bot(**chosen)
    await api.wait_for("sendMessage", number=2, chat_id=OTHER)
    status, errors = await bot.end(with_signal=signal.SIGTERM)
    assert status == 0, errors
    assert sent(api) == answered, "an answer was repeated"
    assert len(answered) == 5
    assert len(sent(api, OTHER)) == 2, "one was refused, one has arrived"
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT update_id, text FROM questions ORDER BY update_id")
        assert [row[0] for row in rows] == list(range(1, 7))
        assert database.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
    with closing(sqlite3.connect(bot.folder / "reserve.sqlite")) as reserve:
        kinds = reserve.execute("SELECT DISTINCT kind FROM kept").fetchall()
        assert kinds in ([], [("update",)]), "what is in the database needs no reserve"
