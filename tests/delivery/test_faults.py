"""Whatever Telegram answers, every question is recorded once and answered, and others go on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.delivery.handling import RefusedTokenError
from storage import StorageError
from tests.botapi.trouble.faults import (
    BLOCKED,
    CANT_PARSE,
    KICKED,
    OTHER_POLLER,
    Cut,
    Garbled,
    Refusal,
    Silence,
    too_many,
)
from tests.botapi.updates import make_question

if TYPE_CHECKING:
    from tests.botapi.server import BotApi
    from tests.botapi.wire.loopback import BotApiServer
    from tests.delivery.conftest import StartBot

_QUESTION = "How many majors are there?"
_OTHER = 8002


async def _ask(api: BotApi, update_id: int = 1, *, chat_id: int = 7001) -> None:
    await api.queue_update(make_question(_QUESTION, update_id=update_id, chat_id=chat_id))


def _sent(api: BotApi, chat_id: int = 7001) -> list[str]:
    return [one.text for one in api.calls if one.method == "sendMessage" and one.chat_id == chat_id]


async def test_a_question_is_recorded_answered_and_confirmed(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()

    assert len(_sent(bot_api)) == 1
    assert [(one["update_id"], one["outcome"]) for one in bot.read("questions")] == [
        (1, "answered")
    ]
    (update,) = bot.read("updates")
    assert update["handled_at"] is not None


async def test_a_short_flood_wait_is_waited_for(run_bot: StartBot, bot_api: BotApi) -> None:
    bot_api.faults.plant("sendMessage", too_many(1))
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(_sent(bot_api)) == 2
    assert bot.read("outbox") == []


async def test_a_long_flood_wait_holds_up_nobody_else(run_bot: StartBot, bot_api: BotApi) -> None:
    """The reply waits in the outbox, later ones to its chat behind it."""
    bot_api.faults.plant("sendMessage", too_many(3), chat_id=7001)
    bot = await run_bot()
    await _ask(bot_api, 1)
    await _ask(bot_api, 2)
    await _ask(bot_api, 3, chat_id=_OTHER)
    await bot_api.wait_until_confirmed(1, 2, 3)
    assert len(_sent(bot_api, _OTHER)) == 1
    assert len(_sent(bot_api)) == 1, "nothing may be sent before the time is over"
    assert len(bot.read("outbox")) == 2

    await bot_api.wait_for("sendMessage", number=3, chat_id=7001)
    times = [one.at_s for one in bot_api.exchanges if one.call.chat_id == 7001]
    assert times[-2] - times[-3] >= 3
    await bot.end()
    assert bot.read("outbox") == []
    assert len(bot.read("questions")) == 3


async def test_what_waits_in_the_outbox_outlives_the_process(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant("sendMessage", too_many(3))
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    (row,) = bot.read("outbox")
    assert "Xiaoming" not in str(row)

    bot = await run_bot()
    await bot_api.wait_for("sendMessage", number=2)
    await bot.end()
    assert bot.read("outbox") == []
    assert len(bot.read("questions")) == 1


@pytest.mark.parametrize(
    "fault", [Refusal(502, "Bad Gateway"), Garbled(503, b"<html>"), Cut(is_done=False)]
)
async def test_a_server_in_trouble_is_asked_again(
    run_bot: StartBot, bot_api: BotApi, fault: Refusal | Garbled | Cut
) -> None:
    bot_api.faults.plant("sendMessage", fault)
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(_sent(bot_api)) == 2
    assert len(bot_api.screen(7001)) == 2, "the question and one answer"


async def test_long_trouble_in_one_chat_holds_up_nobody_else(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant(
        "sendMessage", Refusal(500, "Internal Server Error"), times=4, chat_id=7001
    )
    bot = await run_bot()
    await _ask(bot_api, 1)
    await _ask(bot_api, 2, chat_id=_OTHER)
    await bot_api.wait_until_confirmed(1, 2)
    assert len(_sent(bot_api, _OTHER)) == 1
    assert len(bot.read("outbox")) == 1

    await bot_api.wait_for("sendMessage", number=5, chat_id=7001)
    await bot.end()
    assert bot.read("outbox") == []


async def test_an_answer_that_may_not_have_arrived_is_sent_again(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant("sendMessage", Cut(is_done=True))
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(_sent(bot_api)) == 2
    assert len(bot.read("questions")) == 1


async def test_a_server_that_never_answers_holds_up_nobody_else(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """The answer is in the outbox while it is not known, and is sent again once it is given up."""
    bot_api.faults.plant("sendMessage", Silence(is_done=False), chat_id=7001)
    bot = await run_bot(timeout_s=2.5)
    await _ask(bot_api, 1)
    await _ask(bot_api, 2, chat_id=_OTHER)
    await bot_api.wait_until_confirmed(1, 2)
    assert len(bot.read("outbox")) == 1
    assert len(_sent(bot_api)) == 1
    await bot_api.wait_for("sendMessage", number=2, chat_id=7001)
    await bot.end()
    assert bot.read("outbox") == []
    assert len(bot_api.screen(7001)) == 2


async def test_somebody_who_blocked_the_bot_is_marked_and_not_tried_again(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.close_chat(7001, BLOCKED)
    bot = await run_bot()
    await _ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    assert len(_sent(bot_api)) == 1
    (row,) = bot.read("unreachable")
    assert "7001" not in row["who"]
    assert bot.application.closed.is_closed(7001)

    bot_api.open_chat(7001)
    await _ask(bot_api, 2)
    await bot_api.wait_until_confirmed(2)
    await bot.end()
    assert bot.read("unreachable") == []
    assert bot.read("dead_letters") == []


async def test_a_group_that_put_the_bot_out_is_marked_and_not_tried_again(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.close_chat(-1001, KICKED)
    bot = await run_bot()
    await bot_api.queue_update(make_question("/help@voced_test_bot", chat_id=-1001))
    await bot_api.wait_until_confirmed(1)
    assert bot.application.closed.is_closed(-1001)
    await bot.end()
    assert len(_sent(bot_api, -1001)) == 1
    assert bot.read("dead_letters") == bot.read("outbox") == []


async def test_markup_that_telegram_can_not_read_arrives_as_plain_text(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant("sendMessage", CANT_PARSE)
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    refused, sent = [one for one in bot_api.calls if one.method == "sendMessage"]
    assert (refused.values["parse_mode"], sent.values.get("parse_mode")) == ("HTML", None)
    assert sent.text == refused.shown


async def test_a_group_that_moved_is_answered_where_it_is_now(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.migrate_chat(-1001, -1002)
    bot = await run_bot()
    update = make_question("/help@voced_test_bot", chat_id=-1001)
    update["message"]["from"] = make_question("")["message"]["from"]
    await bot_api.queue_update(update)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert [len(_sent(bot_api, chat)) for chat in (-1001, -1002)] == [1, 1]


async def test_an_update_that_can_not_be_read_is_put_aside_and_others_go_on(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await run_bot()
    await bot_api.queue_body(b'{"update_id": 1, "message": {"message_id": "x", "chat": 7}}', 1)
    await _ask(bot_api, 2)
    await bot_api.wait_until_confirmed(1, 2)
    await bot.end()
    assert len(_sent(bot_api)) == 1
    (letter,) = bot.read("dead_letters")
    assert (letter["update_id"], letter["kind"]) == (1, "message")


async def test_what_is_no_update_holds_up_nobody(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot = await run_bot()
    await bot_api.queue_body(b'{"hologram": {"depth": 3}}', 1)
    await _ask(bot_api, 2)
    await bot_api.wait_until_confirmed(2)
    await bot.end()
    assert len(_sent(bot_api)) == 1
    assert "something that is no update" in log.text
    assert log.text.count("something that is no update") < 10, "it was asked for again at once"


async def test_updates_of_kinds_never_seen_before_are_passed_over(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot = await run_bot()
    await bot_api.queue_body(b'{"update_id": 1, "hologram": {"from": {"id": 7001}}}', 1)
    await bot_api.queue_body(b'{"update_id": 2}', 2)
    await _ask(bot_api, 3)
    await bot_api.wait_until_confirmed(1, 2, 3)
    await bot.end()
    assert bot.read("dead_letters") == []
    assert len(_sent(bot_api)) == 1
    assert [one for one in log.records if one.levelname == "ERROR"] == []


async def test_a_refused_token_stops_the_bot(run_bot: StartBot, bot_api: BotApi, mode: str) -> None:
    bot = await run_bot()
    await _ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    bot_api.revoke_token()
    await _ask(bot_api, 2)
    with pytest.raises(RefusedTokenError, match="Telegram refuses this token"):
        await asyncio.wait_for(bot.work, 20)
    assert 2 not in bot_api.confirmed


@pytest.mark.parametrize("mode", ["polling"])
async def test_a_second_poller_is_told_of_in_clear_words(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot_api.faults.plant("getUpdates", OTHER_POLLER)
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert "another process fetches updates with this token, and exactly one may" in log.text
    assert "updates can be fetched again" in log.text


@pytest.mark.parametrize("mode", ["polling"])
async def test_two_that_poll_with_one_token_both_say_so_and_nothing_is_lost(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    first, second = await run_bot(), await run_bot()
    await bot_api.wait_for("deleteWebhook", number=2)
    for update_id in range(1, 6):
        await _ask(bot_api, update_id, chat_id=7000 + update_id)
    await bot_api.wait_until_confirmed(*range(1, 6))
    await asyncio.gather(first.end(), second.end())
    assert "another process fetches updates with this token" in log.text
    assert len(first.read("questions")) == 5


@pytest.mark.parametrize("mode", ["polling"])
async def test_no_more_is_fetched_than_can_be_handled(run_bot: StartBot, bot_api: BotApi) -> None:
    """Behind an update that takes long at most a hundred are in hand, however many wait."""
    bot_api.faults.plant("sendMessage", Silence(is_done=False), chat_id=7001)
    for update_id in range(1, 151):
        await _ask(bot_api, update_id, chat_id=7000 + update_id)
    bot = await run_bot(timeout_s=2.5)
    await bot_api.wait_until_confirmed(1)
    assert all(_sent(bot_api, 7000 + update_id) == [] for update_id in range(101, 151))
    await bot_api.wait_until_confirmed(*range(1, 151))
    await bot.end()
    assert len(bot.read("questions")) == 150


@pytest.mark.parametrize("mode", ["polling"])
@pytest.mark.parametrize("fault", [Garbled(200, b"<html>"), Cut(is_done=True), too_many(1)])
async def test_updates_that_can_not_be_fetched_are_fetched_later(
    run_bot: StartBot, bot_api: BotApi, fault: Garbled | Cut | Refusal
) -> None:
    bot_api.faults.plant("getUpdates", fault)
    bot = await run_bot()
    await _ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(_sent(bot_api)) == 1


async def test_telegram_that_can_not_be_reached_is_waited_for(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot_api.faults.plant("getMe", Refusal(502, "Bad Gateway"))
    await _ask(bot_api)
    bot = await run_bot()
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert "Telegram can't be reached, trying again in 1 s: Bad Gateway" in log.text


async def test_a_database_that_is_gone_keeps_nobody_from_being_answered(
    run_bot: StartBot, bot_api: BotApi, bot_api_server: BotApiServer
) -> None:
    bot = await run_bot()
    await _ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    bot.application.recorder.access.note(StorageError("made up"))
    for update_id in (2, 3):
        await _ask(bot_api, update_id)
    await bot_api.wait_until_confirmed(2, 3)
    assert len(_sent(bot_api)) == 3
    await bot.end()
    assert len(bot.read("questions")) == 3, "what waited was not written at the end"
