"""Whatever Telegram answers, every question is recorded once and answered, and others go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.telegram.sending import post_to
from tests.botapi.trouble.faults import (
    BLOCKED,
    CANT_PARSE,
    KICKED,
    Cut,
    Garbled,
    Refusal,
    Silence,
    too_many,
)
from tests.botapi.updates import make_message, make_question, make_user
from tests.delivery.asking import OTHER, QUESTION, ask, sent

if TYPE_CHECKING:
    from tests.botapi.server import BotApi
    from tests.delivery.conftest import StartBot


async def test_a_question_is_recorded_answered_and_confirmed(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await run_bot()
    await ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()

    assert len(sent(bot_api)) == 1
    assert [(one["update_id"], one["outcome"]) for one in bot.read("questions")] == [
        (1, "answered")
    ]
    (update,) = bot.read("updates")
    assert update["handled_at"] is not None


async def test_a_short_flood_wait_is_waited_for(run_bot: StartBot, bot_api: BotApi) -> None:
    bot_api.faults.plant("sendMessage", too_many(1))
    bot = await run_bot()
    await ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(sent(bot_api)) == 2
    assert bot.read("outbox") == []


async def test_in_a_flood_every_question_is_answered_in_its_order_and_others_are_not_held_up(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """With one message a second in a chat, as Telegram allows it."""
    bot_api.limits.per_chat = 1
    texts = ["When is the first episode broadcast?", QUESTION] * 2
    for update_id, text in enumerate(texts, start=1):
        await bot_api.queue_update(make_question(text, update_id=update_id))
    await ask(bot_api, 5, chat_id=OTHER)
    bot = await run_bot()
    await bot_api.wait_until_confirmed(*range(1, 6))
    ways = [one for one in bot_api.exchanges if one.call.method == "sendMessage"]
    while sum(one.outcome == 200 for one in ways) < 5:
        await bot_api.wait_for("sendMessage", number=len(ways) + 1)
        ways = [one for one in bot_api.exchanges if one.call.method == "sendMessage"]
    await bot.end()
    answers = [one.call.text for one in ways if one.outcome == 200 and one.call.chat_id == 7001]
    assert ["How many majors" in one.split("\n")[0] for one in answers] == [False, True] * 2
    first_of_other = next(at for at, one in enumerate(ways) if one.call.chat_id == OTHER)
    assert first_of_other < len(ways) - 2
    assert bot.read("outbox") == []


@pytest.mark.parametrize(
    "fault", [Refusal(502, "Bad Gateway"), Garbled(503, b"<html>"), Cut(is_done=False)]
)
async def test_a_server_in_trouble_is_asked_again(
    run_bot: StartBot, bot_api: BotApi, fault: Refusal | Garbled | Cut
) -> None:
    bot_api.faults.plant("sendMessage", fault)
    bot = await run_bot()
    await ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(sent(bot_api)) == 2
    assert len(bot_api.screen(7001)) == 2, "the question and one answer"


async def test_long_trouble_in_one_chat_holds_up_nobody_else(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant(
        "sendMessage", Refusal(500, "Internal Server Error"), times=4, chat_id=7001
    )
    bot = await run_bot()
    await ask(bot_api, 1)
    await ask(bot_api, 2, chat_id=OTHER)
    await bot_api.wait_until_confirmed(1, 2)
    assert len(sent(bot_api, OTHER)) == 1
    assert len(bot.read("outbox")) == 1

    await bot_api.wait_for("sendMessage", number=5, chat_id=7001)
    await bot.end()
    assert bot.read("outbox") == []


async def test_an_answer_that_may_not_have_arrived_is_sent_again(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant("sendMessage", Cut(is_done=True))
    bot = await run_bot()
    await ask(bot_api)
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(sent(bot_api)) == 2
    assert len(bot.read("questions")) == 1


async def test_what_answers_nothing_is_not_sent_again_when_it_may_have_arrived(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """A place gets one friendly line, and two of them would be one too many."""
    bot_api.faults.plant("sendMessage", Cut(is_done=True))
    bot = await run_bot()
    place = {"latitude": 30.5, "longitude": 114.3}
    pin = make_message(location=place, **{"from": make_user()})
    await bot_api.queue_update({"update_id": 1, "message": pin})
    await bot_api.wait_until_confirmed(1)
    await bot.end()
    assert len(sent(bot_api)) == 1
    assert bot.read("dead_letters") == []


async def test_a_server_that_never_answers_holds_up_nobody_else(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """The answer is in the outbox while it is not known, and is sent again once it is given up."""
    bot_api.faults.plant("sendMessage", Silence(is_done=False), chat_id=7001)
    bot = await run_bot(timeout_s=2.5)
    await ask(bot_api, 1)
    await ask(bot_api, 2, chat_id=OTHER)
    await bot_api.wait_until_confirmed(1, 2)
    assert len(bot.read("outbox")) == 1
    assert len(sent(bot_api)) == 1
    await bot_api.wait_for("sendMessage", number=2, chat_id=7001)
    await bot.end()
    assert bot.read("outbox") == []
    assert len(bot_api.screen(7001)) == 2


async def test_somebody_who_blocked_the_bot_is_marked_and_not_tried_again(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.close_chat(7001, BLOCKED)
    bot = await run_bot()
    await ask(bot_api, 1)
    await bot_api.wait_until_confirmed(1)
    assert len(sent(bot_api)) == 1
    (row,) = bot.read("unreachable")
    assert "7001" not in row["who"]
    assert bot.application.closed.is_closed(7001)

    bot_api.open_chat(7001)
    await ask(bot_api, 2)
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
    assert len(sent(bot_api, -1001)) == 1
    assert bot.read("dead_letters") == bot.read("outbox") == []


async def test_markup_that_telegram_can_not_read_arrives_as_plain_text(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.faults.plant("sendMessage", CANT_PARSE)
    bot = await run_bot()
    await ask(bot_api)
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
    assert [len(sent(bot_api, chat)) for chat in (-1001, -1002)] == [1, 1]


async def test_what_nobody_has_asked_for_is_not_sent_again_when_it_may_have_arrived(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot = await run_bot()
    await ask(bot_api, 1, chat_id=OTHER)
    await bot_api.wait_until_confirmed(1)
    bot_api.faults.plant("sendMessage", Cut(is_done=True), chat_id=OTHER)
    assert await post_to(bot.application.bot, OTHER, "a digest") is None
    await bot.end()
    assert sent(bot_api, OTHER).count("a digest") == 1
