"""Whatever comes from Telegram, or does not, nothing is lost and others go on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.delivery.handling import RefusedTokenError
from storage import StorageError
from tests.botapi.trouble.faults import (
    OTHER_POLLER,
    Cut,
    Garbled,
    Refusal,
    Silence,
    too_many,
)
from tests.delivery.asking import ask, sent

# From a proxy in trouble, cut off in the middle of what people wrote, or never seen before.
NO_ANSWERS = [
    Garbled(status, body)
    for status, body in (
        (200, b"<html>"),
        (200, b'{"ok":true,"result":[{"update_id":1,"message":{"from":{"last_name":"Secretname"'),
        (200, b"[]"),
        (200, b"null"),
        (200, b'{"ok":true}'),
        (200, b"[" * 100_000),
        (502, b"[]"),
        (502, b'{"ok":false,"description":"x","parameters":[]}'),
    )
]
NOBODY = [Garbled(200, b'{"ok":true,"result":true}'), Garbled(200, b'{"ok":true,"result":{}}')]
NO_UPDATES = Garbled(200, b'{"ok":true,"result":true}')
_SHOWN = 60

if TYPE_CHECKING:
    from tests.botapi.server import BotApi
    from tests.botapi.wire.loopback import BotApiServer
    from tests.delivery.conftest import StartBot


def _name(fault: object) -> str:
    return repr(fault)[:_SHOWN]


async def test_an_update_that_can_not_be_read_is_put_aside_and_others_go_on(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await run_bot()
    await bot_api.queue_body(b'{"update_id": 1, "message": {"message_id": "x", "chat": 7}}', 1)
    await ask(bot_api, 2)
    await bot_api.wait_until_confirmed(1, 2)
    await bot.end()
    assert len(sent(bot_api)) == 1
    (letter,) = bot.read("dead_letters")
    assert (letter["update_id"], letter["kind"]) == (1, "message")


async def test_what_is_no_update_holds_up_nobody(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot = await run_bot()
    await bot_api.queue_body(b'{"hologram": {"depth": 3}}', 1)
    await ask(bot_api, 2)
    await bot_api.wait_until_confirmed(2)
    await bot.end()
    assert len(sent(bot_api)) == 1
    assert "something that is no update" in log.text
    assert log.text.count("something that is no update") < 10, "it was asked for again at once"


async def test_updates_of_kinds_never_seen_before_are_passed_over(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot = await run_bot()
    await bot_api.queue_body(b'{"update_id": 1, "hologram": {"from": {"id": 7001}}}', 1)
    await bot_api.queue_body(b'{"update_id": 2}', 2)
    await ask(bot_api, 3)
    await bot_api.wait_until_confirmed(1, 2, 3)
    await bot.end()
    assert bot.read("dead_letters") == []
    assert len(sent(bot_api)) == 1
    assert [one for one in log.records if one.levelname == "ERROR"] == []


async def test_a_refused_token_stops_the_bot(run_bot: StartBot, bot_api: BotApi, mode: str) -> None:
    bot = await run_bot()
    await ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    bot_api.revoke_token()
    await ask(bot_api, 2)
    with pytest.raises(RefusedTokenError, match="Telegram refuses this token"):
        await asyncio.wait_for(bot.work, 20)
    assert 2 not in bot_api.confirmed


@pytest.mark.parametrize("mode", ["polling"])
async def test_a_second_poller_is_told_of_in_clear_words(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot_api.faults.plant("getUpdates", OTHER_POLLER)
    bot = await run_bot()
    await ask(bot_api)
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
        await ask(bot_api, update_id, chat_id=7000 + update_id)
    await bot_api.wait_until_confirmed(*range(1, 6))
    # The one that was ended first asks again, and ends the other, when it has said so.
    await bot_api.wait_until_answered("getUpdates", 409, number=2)
    await asyncio.gather(first.end(), second.end())
    assert "another process fetches updates with this token" in log.text
    assert len(first.read("questions")) == 5


@pytest.mark.parametrize("mode", ["polling"])
async def test_no_more_is_fetched_than_can_be_handled(run_bot: StartBot, bot_api: BotApi) -> None:
    """Behind an update that takes long at most a hundred are in hand, however many wait."""
    bot_api.faults.plant("sendMessage", Silence(is_done=False), chat_id=7001)
    for update_id in range(1, 151):
        await ask(bot_api, update_id, chat_id=7000 + update_id)
    bot = await run_bot(timeout_s=2.5)
    await bot_api.wait_until_confirmed(1)
    assert all(sent(bot_api, 7000 + update_id) == [] for update_id in range(101, 151))
    await bot_api.wait_until_confirmed(*range(1, 151))
    await bot.end()
    assert len(bot.read("questions")) == 150


@pytest.mark.parametrize("mode", ["polling"])
@pytest.mark.parametrize(
    "fault", [*NO_ANSWERS, NO_UPDATES, Cut(is_done=True), too_many(1)], ids=_name
)
async def test_updates_that_can_not_be_fetched_are_fetched_later(
    run_bot: StartBot,
    bot_api: BotApi,
    log: pytest.LogCaptureFixture,
    fault: Garbled | Cut | Refusal,
) -> None:
    """Whatever comes instead, nothing of it gets into the log."""
    bot_api.faults.plant("getUpdates", fault)
    bot = await run_bot()
    await ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(sent(bot_api)) == 1
    assert "Secretname" not in log.text


@pytest.mark.parametrize("mode", ["polling"])
@pytest.mark.parametrize("fault", [*NOBODY, *NO_ANSWERS], ids=_name)
async def test_a_start_waits_until_it_hears_who_the_bot_is(
    run_bot: StartBot, bot_api: BotApi, fault: Garbled
) -> None:
    bot_api.faults.plant("getMe", fault)
    bot = await run_bot()
    await ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(sent(bot_api)) == 1


async def test_an_answer_that_can_not_be_read_is_no_reason_to_lose_one_or_to_stop(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """A reply may have arrived for all that, and is an answer: it is sent again."""
    updates = range(1, len(NO_ANSWERS) + 1)
    for update_id, fault in zip(updates, NO_ANSWERS, strict=True):
        bot_api.faults.plant("sendMessage", fault, chat_id=7000 + update_id)
    bot = await run_bot()
    for update_id in updates:
        await ask(bot_api, update_id, chat_id=7000 + update_id)
    await bot_api.wait_until_confirmed(*updates)
    await bot.end()
    assert [len(sent(bot_api, 7000 + update_id)) for update_id in updates] == [2] * len(updates)
    assert len(bot.read("questions")) == len(updates)
    assert bot.read("dead_letters") == bot.read("outbox") == []


@pytest.mark.parametrize("mode", ["polling"])
async def test_a_webhook_that_somebody_sets_is_told_of_and_taken_away(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    """Whoever had set it may be gone long since."""
    bot = await run_bot()
    await ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    await bot.application.bot.set_webhook("http://127.0.0.1:9/gone")
    await ask(bot_api, 2)
    await bot_api.wait_until_confirmed(2)
    await bot.end()
    assert len(sent(bot_api)) == 2
    assert "another process with this token takes updates by webhook" in log.text


@pytest.mark.parametrize("mode", ["polling"])
async def test_something_that_is_not_found_once_is_no_refused_token(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant("getUpdates", Refusal(404, "Not Found"))
    bot = await run_bot()
    await ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(sent(bot_api)) == 1


async def test_telegram_that_can_not_be_reached_is_waited_for(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture
) -> None:
    bot_api.faults.plant("getMe", Refusal(502, "Bad Gateway"))
    await ask(bot_api)
    bot = await run_bot()
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert "Telegram can't be reached, trying again in 1 s: Bad Gateway" in log.text


async def test_a_database_that_is_gone_keeps_nobody_from_being_answered(
    run_bot: StartBot, bot_api: BotApi, bot_api_server: BotApiServer
) -> None:
    bot = await run_bot()
    await ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    bot.application.recorder.access.note(StorageError("made up"))
    for update_id in (2, 3):
        await ask(bot_api, update_id)
    await bot_api.wait_until_confirmed(2, 3)
    assert len(sent(bot_api)) == 3
    await bot.end()
    assert len(bot.read("questions")) == 3, "what waited was not written at the end"
