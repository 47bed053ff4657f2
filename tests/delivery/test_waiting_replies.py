"""What waits in the outbox arrives in its order, whatever becomes of the rest and of the bot."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.botapi.trouble.faults import (
    CANT_PARSE,
    Cut,
    Refusal,
    Silence,
    too_many,
)
from tests.botapi.updates import make_membership, make_question
from tests.delivery.asking import OTHER, QUESTION, ask, sent

if TYPE_CHECKING:
    from pathlib import Path

    from bot.services import Brain
    from tests.botapi.server import BotApi
    from tests.delivery.conftest import RunningBot, StartBot


async def _run_with_a_reply_that_waits(run_bot: StartBot, bot_api: BotApi) -> RunningBot:
    """Return a bot that was asked once, and whose reply waits for three seconds."""
    bot_api.faults.plant("sendMessage", too_many(3))
    bot = await run_bot()
    await ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    return bot


async def test_a_long_flood_wait_holds_up_nobody_else(run_bot: StartBot, bot_api: BotApi) -> None:
    """The reply waits in the outbox, later ones to its chat behind it."""
    bot_api.faults.plant("sendMessage", too_many(3), chat_id=7001)
    bot = await run_bot()
    await ask(bot_api, 1)
    await ask(bot_api, 2)
    await ask(bot_api, 3, chat_id=OTHER)
    await bot_api.wait_until_confirmed(1, 2, 3)
    assert len(sent(bot_api, OTHER)) == 1
    assert len(sent(bot_api)) == 1, "nothing may be sent before the time is over"
    assert len(bot.read("outbox")) == 2

    await bot_api.wait_for("sendMessage", number=3, chat_id=7001)
    times = [one.at_s for one in bot_api.exchanges if one.call.chat_id == 7001]
    assert times[-2] - times[-3] >= 3
    await bot.end()
    assert bot.read("outbox") == []
    assert len(bot.read("questions")) == 3


@pytest.mark.parametrize(
    "fault",
    [too_many(3), Refusal(502, "Bad Gateway"), Cut(is_done=True), CANT_PARSE],
    ids=["flood", "trouble", "cut off", "refused"],
)
async def test_the_file_with_what_is_held_arrives_all_the_same_or_the_person_is_told(
    run_bot: StartBot, bot_api: BotApi, made_brain: Brain, fault: Refusal | Cut
) -> None:
    """The bot may be stopped meanwhile."""
    bot_api.faults.plant("sendDocument", fault)
    bot = await run_bot()
    await ask(bot_api, 1)
    await bot_api.queue_update(make_question("/mydata", update_id=2))
    await bot_api.wait_until_confirmed(1, 2)
    await bot.end()
    if fault is CANT_PARSE:
        assert sent(bot_api)[-1] == made_brain.wording("telegram.trouble", "en")
        return
    bot = await run_bot()
    file = await bot_api.wait_for("sendDocument", number=2)
    await bot.end()
    held = json.loads(file.values["document"].content)
    assert [one["text"] for one in held["questions"]] == [QUESTION]
    assert file.text == made_brain.wording("telegram.mydata", "en")
    assert bot.read("outbox") == bot.read("dead_letters") == []


async def test_a_question_that_is_edited_gets_its_new_answer_however_long_the_old_one_waits(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """Behind the old one while that waits, in its place once it is there."""
    bot = await _run_with_a_reply_that_waits(run_bot, bot_api)
    other = "When is the first episode broadcast?"
    await _edit(bot_api, other, update_id=2)
    await bot_api.wait_for("sendMessage", number=3)
    await _edit(bot_api, QUESTION, update_id=3)
    edited = await bot_api.wait_for("editMessageText")
    await bot.end()
    titles = [one.split("\n")[0] for one in sent(bot_api)[1:]]
    assert ["How many majors" in title for title in titles] == [True, False]
    assert int(edited.values["message_id"]) == bot_api.screen(7001)[-1].message["message_id"]
    assert "How many majors" in edited.text


async def _edit(api: BotApi, text: str, *, update_id: int) -> None:
    update = make_question(text, update_id=update_id)
    message = update.pop("message")
    await api.queue_update(update | {"edited_message": message | {"edit_date": 1_760_000_009}})
    await api.wait_until_confirmed(update_id)


async def test_what_waits_in_the_outbox_outlives_the_process(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await _run_with_a_reply_that_waits(run_bot, bot_api)
    await bot.end()
    (row,) = bot.read("outbox")
    assert "Xiaoming" not in str(row)

    bot = await run_bot()
    await bot_api.wait_for("sendMessage", number=2)
    await bot.end()
    assert bot.read("outbox") == []
    assert len(bot.read("questions")) == 1


@pytest.mark.parametrize("mode", ["polling"])
async def test_a_waiting_reply_whose_sending_hangs_holds_up_no_other_chat_that_waits(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    for chat_id in (7001, OTHER):
        bot_api.faults.plant("sendMessage", too_many(3), chat_id=chat_id)
    bot_api.faults.plant("sendMessage", Silence(is_done=False), chat_id=7001)
    bot = await run_bot(timeout_s=10)
    await ask(bot_api, 1)
    await bot_api.wait_for("sendMessage", number=2, chat_id=7001)
    await ask(bot_api, 2, chat_id=OTHER)
    await bot_api.wait_for("sendMessage", number=2, chat_id=OTHER)
    hanging, waiting = (
        [one.at_s for one in bot_api.exchanges if one.call.chat_id == chat_id]
        for chat_id in (7001, OTHER)
    )
    await bot.end()
    assert len(hanging) == 2, "the call that hangs has not come to its end"
    assert waiting[1] - waiting[0] < 5


def _spoil_outbox(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE outbox SET payload = '{}'")


@pytest.mark.parametrize("mode", ["polling"])
async def test_a_waiting_reply_that_can_not_be_read_holds_up_nobody(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    """Another version may have put it in."""
    bot = await _run_with_a_reply_that_waits(run_bot, bot_api)
    await asyncio.to_thread(_spoil_outbox, bot.database)
    await ask(bot_api, 2)
    await bot_api.wait_for("sendMessage", number=2)
    await bot.end()
    assert bot.read("outbox") == []
    assert "a waiting reply can't be read, and is given up" in log.text


@pytest.mark.parametrize("mode", ["polling"])
async def test_whoever_puts_the_bot_out_meanwhile_gets_no_waiting_reply(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await _run_with_a_reply_that_waits(run_bot, bot_api)
    change = make_membership("member", "kicked")
    await bot_api.queue_update({"update_id": 2, "my_chat_member": change})
    await bot_api.wait_until_confirmed(2)
    await asyncio.sleep(3.5)
    await bot.end()
    assert bot.read("outbox") == []
    assert len(sent(bot_api)) == 1
