"""What can't be handled is tried a few times, put aside without names, and replayed by editors."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import TypeHandler

from bot.cli import main
from bot.delivery.letters import describe, write_letter
from tests.botapi.trouble.faults import Refusal
from tests.botapi.updates import (
    FIRST_NAME,
    LAST_NAME,
    USERNAME,
    make_message,
    make_question,
    make_user,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.services import Brain
    from tests.botapi.server import BotApi
    from tests.botapi.wire.loopback import BotApiServer
    from tests.delivery.conftest import StartBot

_NOW = datetime(2026, 3, 1, tzinfo=UTC)
_QUESTION = "How many majors are there?"


@pytest.fixture
def broken_brain(made_brain: Brain) -> Brain:
    """Return one whose understander finds an entry that the knowledge lost."""
    return replace(made_brain, knowledge=replace(made_brain.knowledge, answers={}))


async def test_a_handler_that_fails_is_tried_three_times_and_the_person_told_once(
    run_bot: StartBot, bot_api: BotApi, broken_brain: Brain, log: pytest.LogCaptureFixture
) -> None:
    bot = await run_bot(brain=broken_brain)
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.queue_update(make_question("/help", update_id=2))
    await bot_api.wait_until_confirmed(1, 2)
    await bot.end()

    (letter,) = bot.read("dead_letters")
    assert (letter["update_id"], letter["kind"], letter["tries"]) == (1, "message", 3)
    assert letter["error"].startswith("KeyError at bot/")
    kept = json.loads(letter["payload"])
    assert kept["message"]["text"] == _QUESTION
    sent = [one.text for one in bot_api.calls if one.method == "sendMessage"]
    assert sent[0] == broken_brain.wording("telegram.trouble", "en")
    assert len(sent) == 2
    assert "an update is a dead letter after 3 tries" in log.text


async def test_a_handler_that_hangs_holds_its_chat_for_a_while_only(
    run_bot: StartBot, bot_api: BotApi, made_brain: Brain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has done so far is not known, so it is not tried again; the person is told."""
    monkeypatch.setattr("bot.delivery.handling._MOST_S", 0.3)
    bot = await run_bot()
    await bot_api.wait_for("getMe")

    async def hang(update: Update, _context: object) -> None:
        if update.update_id == 1:
            await asyncio.Event().wait()

    bot.application.add_handler(TypeHandler(Update, hang), group=-1)
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.queue_update(make_question(_QUESTION, update_id=2))
    await bot_api.wait_until_confirmed(1, 2)
    await bot.end()
    (letter,) = bot.read("dead_letters")
    assert (letter["update_id"], letter["tries"]) == (1, 1)
    assert letter["error"].startswith("TimeoutError")
    sent = [one.text for one in bot_api.calls if one.method == "sendMessage"]
    assert sent[0] == made_brain.wording("telegram.trouble", "en")
    assert "How many majors" in sent[1]


async def test_what_telegram_refuses_for_good_is_not_tried_again(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 400, "Bad Request: what Telegram never says")
    bot = await run_bot()
    await bot_api.queue_update(make_question(_QUESTION))
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    (letter,) = bot.read("dead_letters")
    assert letter["tries"] == 1
    assert letter["error"].startswith("BadRequest: What telegram never says at bot/")


async def test_an_inline_query_is_no_dead_letter(run_bot: StartBot, bot_api: BotApi) -> None:
    """Who typed it has typed on."""
    bot_api.faults.plant("answerInlineQuery", Refusal(400, "Bad Request: no"))
    bot = await run_bot()
    query = {"id": "5", "from": make_user(), "query": "nursing", "offset": ""}
    await bot_api.queue_update({"update_id": 1, "inline_query": query})
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert bot.read("dead_letters") == []


# -- what is kept


def test_a_letter_has_no_names_and_masked_text() -> None:
    update = make_question("My phone is 13800138000, how many majors?")
    update["message"]["reply_to_message"] = make_message("secret words", **{"from": make_user()})
    letter = write_letter(update, "no", tries=1, at=_NOW)
    kept = json.dumps(letter.payload)
    for gone in (FIRST_NAME, LAST_NAME, USERNAME, "13800138000", "secret words"):
        assert gone not in kept
    assert "how many majors?" in letter.payload["message"]["text"]


@pytest.mark.parametrize(
    "update",
    [
        make_question("/major nursing"),
        {
            "update_id": 3,
            "edited_message": make_message("hi", **{"from": make_user()}) | {"edit_date": 1},
        },
        {
            "update_id": 4,
            "callback_query": {
                "id": "9",
                "from": make_user(),
                "chat_instance": "1",
                "data": "1:n:en:0",
                "message": make_message("an offer"),
            },
        },
        {
            "update_id": 5,
            "inline_query": {"id": "1", "from": make_user(), "query": "x", "offset": ""},
        },
        {"update_id": 6, "hologram": {"depth": 3}},
        {"update_id": 7, "message": 7},
        {"update_id": 8},
    ],
)
def test_whatever_is_kept_can_be_replayed(update: dict[str, Any]) -> None:
    letter = write_letter(update, "no", tries=1, at=_NOW)
    again = Update.de_json(json.loads(json.dumps(letter.payload)), None)
    assert again.update_id == update["update_id"]
    assert again.effective_user is None or again.effective_user.id == 7001
    if again.message is not None:
        assert again.message.text == "/major nursing"
        assert again.message.entities[0].type == "bot_command"


def test_a_fault_is_described_without_the_words_of_a_person() -> None:
    try:
        json.loads("what somebody wrote")
    except ValueError as error:
        described = describe(error)
    assert described == "JSONDecodeError"
    assert describe(BadRequest("can't parse")) == "BadRequest: can't parse"


# -- the command


@pytest.fixture
def voced(
    bot_api_server: BotApiServer,
    tmp_path: Path,
    knowledge_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Any]:
    """Return what runs a command of `voced` on the database of the bot."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DATA_DIR": str(tmp_path),
        "TELEGRAM_TOKEN": bot_api_server.token,
        "API_URL": bot_api_server.url,
        "KNOWLEDGE_DIR": str(knowledge_folder),
    }.items():
        monkeypatch.setenv(f"VOCED_{name}", value)

    def call(*words: str) -> Any:
        return asyncio.to_thread(CliRunner().invoke, main, list(words))

    return call


@pytest.mark.parametrize("mode", ["polling"])
async def test_editors_see_dead_letters_and_replay_them(
    run_bot: StartBot, bot_api: BotApi, broken_brain: Brain, voced: Callable[..., Any]
) -> None:
    bot = await run_bot(brain=broken_brain)
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    listed = await voced("letters", "list", "--json")
    (row,) = [json.loads(line) for line in listed.stdout.splitlines()]
    assert (row["letter"], row["update"], row["kind"]) == (1, 1, "message")
    assert "KeyError" in (await voced("letters", "list")).stdout
    shown = json.loads((await voced("letters", "show", "1")).stdout)
    assert shown["payload"]["message"]["text"] == _QUESTION

    bot_api.calls.clear()
    replayed = await voced("letters", "replay", "--all")
    assert replayed.exit_code == 0, replayed.output
    assert "1 handled, 0 failed again" in replayed.stderr
    (sent,) = [one for one in bot_api.calls if one.method == "sendMessage"]
    assert sent.chat_id == 7001
    assert "How many majors" in sent.text
    assert [one["text"] for one in bot.read("questions")] == [_QUESTION]
    assert "No update is a dead letter" in (await voced("letters", "list")).stderr


@pytest.mark.parametrize("mode", ["polling"])
async def test_a_letter_that_fails_again_stays(
    run_bot: StartBot, bot_api: BotApi, broken_brain: Brain, voced: Callable[..., Any]
) -> None:
    bot = await run_bot(brain=broken_brain)
    await bot_api.queue_update(make_question(_QUESTION, update_id=1))
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    bot_api.refuse("sendMessage", 400, "Bad Request: what Telegram never says")
    replayed = await voced("letters", "replay", "1")
    assert replayed.exit_code == 1
    assert "1: BadRequest" in replayed.stderr
    assert len(bot.read("dead_letters")) == 1
    assert (await voced("letters", "drop", "1")).exit_code == 0
    assert bot.read("dead_letters") == []


async def test_a_wrong_number_or_none_is_told_plainly(voced: Callable[..., Any]) -> None:
    for words in (("show", "9"), ("replay", "9"), ("drop", "9")):
        failed = await voced("letters", *words)
        assert failed.exit_code == 1
        assert "there is no dead letter 9" in failed.stderr
    for words in (("replay",), ("replay", "9", "--all")):
        assert (await voced("letters", *words)).exit_code == 2
