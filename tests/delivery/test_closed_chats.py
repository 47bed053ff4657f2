"""Who blocks the bot, or puts it out of a group, is marked until they are heard from again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.botapi.updates import make_membership, make_question

if TYPE_CHECKING:
    from tests.botapi.server import BotApi
    from tests.delivery.conftest import StartBot

_PERSON, _GROUP = 7001, -7002


@pytest.mark.parametrize(
    ("chat_id", "after"),
    [(_PERSON, "kicked"), (_GROUP, "kicked"), (_GROUP, "left")],
    ids=["blocked", "banned", "put out"],
)
async def test_a_chat_that_shuts_the_bot_out_is_marked_until_it_is_let_in(
    run_bot: StartBot, bot_api: BotApi, chat_id: int, after: str
) -> None:
    """Under a keyed hash, and without a word sent to it; the mark outlives the process."""
    bot = await run_bot()
    shut = make_membership("member", after, chat_id=chat_id)
    await bot_api.queue_update({"update_id": 1, "my_chat_member": shut})
    await bot_api.wait_until_confirmed(1)
    assert bot.application.closed.is_closed(chat_id)
    (row,) = bot.read("unreachable")
    assert str(abs(chat_id)) not in row["who"]
    assert [one for one in bot_api.calls if one.chat_id is not None] == []
    await bot.end()

    bot = await run_bot()
    await bot_api.queue_update(make_question("hello", update_id=2, chat_id=8002))
    await bot_api.wait_until_confirmed(2)
    assert bot.application.closed.is_closed(chat_id), "it was forgotten"
    let_in = make_membership(after, "member", chat_id=chat_id)
    await bot_api.queue_update({"update_id": 3, "my_chat_member": let_in})
    await bot_api.wait_until_confirmed(3)
    await bot.end()
    assert bot.read("unreachable") == []
    assert bot.read("dead_letters") == []


async def test_who_blocked_the_bot_and_asks_again_is_answered(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    """A message tells that the chat is open, whatever was marked."""
    bot = await run_bot()
    blocked = make_membership("member", "kicked")
    await bot_api.queue_update({"update_id": 1, "my_chat_member": blocked})
    await bot_api.wait_until_confirmed(1)
    await bot_api.queue_update(make_question("How many majors are there?", update_id=2))
    await bot_api.wait_until_confirmed(2)
    await bot.end()
    assert [one.chat_id for one in bot_api.calls if one.method == "sendMessage"] == [_PERSON]
    assert bot.read("unreachable") == []
