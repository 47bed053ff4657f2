"""The real process, talking to a Bot API server on loopback."""

from __future__ import annotations

import json
import signal
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from bot.memory.asker import AskerHash

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.botapi.wire.loopback import BotApiServer
    from tests.bots.process import BotProcess

    StartBot = Callable[..., Awaitable[BotProcess]]
    MakeUpdate = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.process

_QUESTION = "How many majors are there?"


def _read_questions(folder: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "voced.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM questions ORDER BY id")]


async def test_a_question_is_answered_and_a_stop_loses_nothing(
    start_bot: StartBot, bot_api_server: BotApiServer, make_question_update: MakeUpdate
) -> None:
    """With the knowledge that comes with voced; nothing tells who asked."""
    server = bot_api_server
    await server.api.queue_update(make_question_update(_QUESTION, update_id=41))
    bot = await start_bot(TELEGRAM_TOKEN=server.token, API_URL=server.url)
    sent = await server.api.wait_for("sendMessage")
    status, errors = await bot.end(with_signal=signal.SIGTERM)

    assert status == 0, errors
    assert sent.shown.startswith("How many majors there are\n\n")
    said = [call.method for call in server.api.calls if "My" not in call.method]
    assert said == ["getMe", "deleteWebhook", "sendMessage"]
    assert server.api.offsets[-1] == 42, "the update was not confirmed"
    assert "Traceback" not in errors
    assert "Warning" not in errors
    assert server.token not in errors
    assert server.token.partition(":")[2] not in errors

    (row,) = _read_questions(bot.folder)
    key_file = bot.folder / "asker.key"
    assert (row["text"], row["outcome"], row["front"]) == (_QUESTION, "answered", "telegram")
    assert row["asker"] == AskerHash(key_file.read_bytes().strip())("telegram:7001")
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    kept = b"".join(file.read_bytes() for file in bot.folder.glob("voced.sqlite*"))
    for name in (b"Xiaoming", b"Secretname", b"xiaoming_hidden", b"7001"):
        assert name not in kept
        assert name.decode() not in errors
    # A database that was closed leaves no log beside it.
    assert [file.name for file in bot.folder.glob("voced.sqlite*")] == ["voced.sqlite"]


async def test_the_same_person_has_the_same_hash_after_a_restart(
    start_bot: StartBot,
    bot_api_server: BotApiServer,
    make_question_update: MakeUpdate,
    knowledge_folder: Path,
) -> None:
    server = bot_api_server
    for update_id in (1, 2):
        server.api.calls.clear()
        await server.api.queue_update(make_question_update(_QUESTION, update_id=update_id))
        bot = await start_bot(
            TELEGRAM_TOKEN=f" {server.token}\n",
            API_URL=f"{server.url}/",
            KNOWLEDGE_DIR=str(knowledge_folder),
        )
        await server.api.wait_for("sendMessage")
        status, errors = await bot.end(with_signal=signal.SIGINT)
        assert status == 0, errors
    assert len({row["asker"] for row in _read_questions(bot.folder)}) == 1
    assert len(_read_questions(bot.folder)) == 2


async def test_a_server_that_can_not_be_reached_is_waited_for(
    start_bot: StartBot,
    silent_bot_api_server: BotApiServer,
    make_question_update: MakeUpdate,
    knowledge_folder: Path,
) -> None:
    server = silent_bot_api_server
    await server.api.queue_update(make_question_update(_QUESTION))
    bot = await start_bot(
        TELEGRAM_TOKEN=server.token, API_URL=server.url, KNOWLEDGE_DIR=str(knowledge_folder)
    )
    line = await bot.wait_for_line("trying again")
    assert "Telegram can't be reached" in line
    await server.start()
    await server.api.wait_for("sendMessage")
    status, errors = await bot.end(with_signal=signal.SIGTERM)
    assert status == 0, errors
    assert "Traceback" not in errors
    assert server.token not in errors


async def test_a_server_that_stumbles_is_asked_again(
    start_bot: StartBot,
    bot_api_server: BotApiServer,
    make_question_update: MakeUpdate,
    knowledge_folder: Path,
) -> None:
    server = bot_api_server
    server.api.refuse("deleteWebhook", 500, "Internal Server Error")
    server.api.refuse("getUpdates", 502, "Bad Gateway")
    await server.api.queue_update(make_question_update(_QUESTION))
    bot = await start_bot(
        TELEGRAM_TOKEN=server.token, API_URL=server.url, KNOWLEDGE_DIR=str(knowledge_folder)
    )
    await server.api.wait_for("sendMessage")
    status, errors = await bot.end(with_signal=signal.SIGTERM)
    assert status == 0, errors
    assert "updates can't be fetched, trying again in 1 s: Bad Gateway" in errors
    assert "Traceback" not in errors


async def test_a_stop_while_waiting_for_the_server_is_a_stop(
    start_bot: StartBot, silent_bot_api_server: BotApiServer, knowledge_folder: Path
) -> None:
    server = silent_bot_api_server
    bot = await start_bot(
        TELEGRAM_TOKEN=server.token, API_URL=server.url, KNOWLEDGE_DIR=str(knowledge_folder)
    )
    await bot.wait_for_line("trying again")
    status, errors = await bot.end(with_signal=signal.SIGTERM)
    assert status == 0, errors
    assert "Traceback" not in errors


async def test_without_a_token_the_setting_and_the_way_around_are_named(
    start_bot: StartBot,
) -> None:
    nothing = " \n"
    bot = await start_bot(TELEGRAM_TOKEN=nothing)
    status, errors = await bot.end()
    assert status == 1
    assert errors.startswith("Error: VOCED_TELEGRAM_TOKEN is not set")
    assert "`voced chat`" in errors
    assert "Traceback" not in errors


async def test_a_refused_token_is_one_clear_line(
    start_bot: StartBot, bot_api_server: BotApiServer, knowledge_folder: Path
) -> None:
    refused = "4242:ATokenThatWasRevoked"
    bot = await start_bot(
        TELEGRAM_TOKEN=refused, API_URL=bot_api_server.url, KNOWLEDGE_DIR=str(knowledge_folder)
    )
    status, errors = await bot.end()
    assert status == 1
    assert errors.splitlines()[-1] == "Error: VOCED_TELEGRAM_TOKEN: Telegram refuses this token"
    assert "Traceback" not in errors
    assert refused not in errors


async def test_a_database_of_a_newer_version_is_one_clear_line(
    start_bot: StartBot, bot_api_server: BotApiServer, tmp_path: Path, knowledge_folder: Path
) -> None:
    newer = tmp_path / "newer.sqlite"
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.commit()
    bot = await start_bot(
        TELEGRAM_TOKEN=bot_api_server.token,
        API_URL=bot_api_server.url,
        DATABASE_URL=f"sqlite:///{newer}",
        KNOWLEDGE_DIR=str(knowledge_folder),
    )
    status, errors = await bot.end()
    assert status == 1
    last = errors.splitlines()[-1]
    assert last.startswith("Error: the database is at revision '9999'")
    assert "Traceback" not in errors


async def test_without_a_database_people_are_answered_and_the_log_says_so(
    start_bot: StartBot,
    bot_api_server: BotApiServer,
    make_question_update: MakeUpdate,
    knowledge_folder: Path,
) -> None:
    server = bot_api_server
    await server.api.queue_update(make_question_update(_QUESTION))
    bot = await start_bot(
        TELEGRAM_TOKEN=server.token,
        API_URL=server.url,
        DATABASE_URL="sqlite:////dev/null/voced.sqlite",
        KNOWLEDGE_DIR=str(knowledge_folder),
    )
    await bot.wait_for_line("questions can't be recorded")
    await server.api.wait_for("sendMessage")
    status, errors = await bot.end(with_signal=signal.SIGTERM)
    assert status == 0, errors
    assert "1 of the questions asked wait in the reserve" in errors
    assert _QUESTION not in errors
    with closing(sqlite3.connect(bot.folder / "reserve.sqlite")) as reserve:
        ((body,),) = reserve.execute("SELECT body FROM kept WHERE kind = 'question'")
    assert json.loads(body)["text"] == _QUESTION


async def test_the_settings_in_the_working_folder_are_read(
    start_bot: StartBot, tmp_path: Path
) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / ".env").write_text("VOCED_LOG_FORMAT=wrong\n", encoding="utf-8")
    bot = await start_bot()
    status, errors = await bot.end()
    assert status == 1
    assert errors.startswith("Error: VOCED_LOG_FORMAT")
