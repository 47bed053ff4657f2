"""Updates are kept until they are confirmed, by polling and by webhook, as on Telegram."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from tests.botapi.server import TOKEN, Answer
from tests.botapi.updates import make_question

if TYPE_CHECKING:
    from tests.botapi.server import BotApi


async def _fetch(api: BotApi, **values: Any) -> list[int]:
    """Return the ids that getUpdates returns."""
    answer = await _get(api, **values)
    return [one["update_id"] for one in json.loads(answer.body)["result"]]


async def _get(api: BotApi, **values: Any) -> Answer:
    answer = await api.answer(TOKEN, "getUpdates", values)
    assert isinstance(answer, Answer)
    return answer


async def _queue(api: BotApi, *update_ids: int, chat_id: int = 7001) -> None:
    for update_id in update_ids:
        await api.queue_update(make_question("hello", update_id=update_id, chat_id=chat_id))


# -- polling


async def test_updates_come_again_until_an_offset_confirms_them(bot_api: BotApi) -> None:
    await _queue(bot_api, 1, 2, 3)
    assert await _fetch(bot_api) == [1, 2, 3]
    assert await _fetch(bot_api) == [1, 2, 3]
    assert await _fetch(bot_api, offset=2, limit=1) == [2]
    assert bot_api.confirmed == [1]
    assert await _fetch(bot_api, offset=-1) == [3], "counted from the end"
    assert await _fetch(bot_api, offset=4) == []
    assert bot_api.confirmed == [1, 2, 3]


async def test_at_most_a_hundred_come_at_once(bot_api: BotApi) -> None:
    await _queue(bot_api, *range(1, 121))
    assert len(await _fetch(bot_api, limit=1000)) == 100


async def test_a_poll_waits_for_an_update(bot_api: BotApi) -> None:
    poll = asyncio.create_task(_fetch(bot_api, timeout=60))
    await asyncio.sleep(0)
    await _queue(bot_api, 1)
    assert await poll == [1]
    assert await _fetch(bot_api, offset=2, timeout=0) == []


async def test_a_second_poller_ends_the_first(bot_api: BotApi) -> None:
    first = asyncio.create_task(_get(bot_api, timeout=60))
    await asyncio.sleep(0)
    second = asyncio.create_task(_fetch(bot_api, timeout=60))
    ended = await first
    assert ended.status == 409
    assert b"make sure that only one bot instance is running" in ended.body
    await _queue(bot_api, 1)
    assert await second == [1]


async def test_a_webhook_and_polling_exclude_each_other(bot_api: BotApi) -> None:
    poll = asyncio.create_task(_get(bot_api, timeout=60))
    await asyncio.sleep(0)
    await bot_api.answer(TOKEN, "setWebhook", {"url": "https://example.org/"})
    assert b"terminated by setWebhook" in (await poll).body
    refused = await _get(bot_api)
    assert refused.status == 409
    assert b"webhook is active" in refused.body
    await bot_api.answer(TOKEN, "deleteWebhook", {})
    assert await _fetch(bot_api) == []


async def test_kinds_that_were_not_asked_for_do_not_come(bot_api: BotApi) -> None:
    await _fetch(bot_api, allowed_updates=["callback_query"])
    await _queue(bot_api, 1)
    assert await _fetch(bot_api) == []
    await bot_api.queue_update(make_question("hello", update_id=2), even_if_unwanted=True)
    assert await _fetch(bot_api) == [2]


async def test_bytes_that_are_no_update_come_as_they_are(bot_api: BotApi) -> None:
    await bot_api.queue_body(b'{"update_id":5,"mess', update_id=5)
    assert b'"result":[{"update_id":5,"mess]' in (await _get(bot_api)).body


async def test_an_update_that_telegram_would_not_send_is_a_violation(bot_api: BotApi) -> None:
    await bot_api.queue_update({"update_id": 1, "mind_read": {}})
    assert bot_api.take_violations() == ["update: mind_read: there is no such field"]


# -- webhook

Receive = Callable[[web.Request], Awaitable[int]]


class _Receiver:
    """The web server of a bot; `statuses` are answered in turn, then 200."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.taken: list[int] = []
        self.secrets: set[str | None] = set()
        self.held = asyncio.Event()
        self.hold_chat: int | None = None
        self.in_hand: Counter[int] = Counter()

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        chat_id = update["message"]["chat"]["id"]
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.in_hand[chat_id] += 1
        assert self.in_hand[chat_id] == 1, "two updates of one chat at a time"
        if chat_id == self.hold_chat:
            await self.held.wait()
        self.in_hand[chat_id] -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.taken.append(update["update_id"])
        return web.Response(status=status)


@pytest.fixture
async def receiver(bot_api: BotApi) -> AsyncIterator[_Receiver]:
    """Yield a bot's web server; what the bot api brings ends before it."""
    taking = _Receiver()
    app = web.Application()
    app.router.add_post("/hook", taking.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    taking.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield taking
    taking.held.set()
    await bot_api.close()
    await runner.cleanup()


async def _set(api: BotApi, receiver: _Receiver, **more: Any) -> None:
    answer = await api.answer(TOKEN, "setWebhook", {"url": receiver.url, **more})
    assert isinstance(answer, Answer)
    assert answer.status == 200


async def test_updates_are_brought_with_the_secret_in_order(
    bot_api: BotApi, receiver: _Receiver
) -> None:
    await _queue(bot_api, 1, 2)
    await _set(bot_api, receiver, secret_token="hush")  # noqa: S106 - made up
    await _queue(bot_api, 3)
    await bot_api.wait_until_confirmed(1, 2, 3)
    assert receiver.taken == [1, 2, 3]
    assert receiver.secrets == {"hush"}


async def test_a_failed_update_comes_again_before_the_next_of_its_chat(
    bot_api: BotApi, receiver: _Receiver
) -> None:
    bot_api.account.webhook.pause_s = 0.001
    receiver.statuses = [500, 503, 404]
    await _queue(bot_api, 1, 2)
    await _set(bot_api, receiver)
    await bot_api.wait_until_confirmed(1, 2)
    assert bot_api.account.webhook.tries == [(1, 500), (1, 503), (1, 404), (1, 200), (2, 200)]
    info = await bot_api.answer(TOKEN, "getWebhookInfo", {})
    assert isinstance(info, Answer)
    told = json.loads(info.body)["result"]
    assert told["pending_update_count"] == 0
    assert told["last_error_message"] == "Wrong response from the webhook: 404"


async def test_one_chat_does_not_hold_up_another(bot_api: BotApi, receiver: _Receiver) -> None:
    receiver.hold_chat = 7001
    await _set(bot_api, receiver)
    await _queue(bot_api, 1, 2)
    await _queue(bot_api, 3, chat_id=7002)
    await bot_api.wait_until_confirmed(3)
    assert receiver.taken == [3]
    receiver.held.set()
    await bot_api.wait_until_confirmed(1, 2)
    assert receiver.taken == [3, 1, 2]


async def test_a_bot_that_is_away_gets_its_updates_when_it_is_back(
    bot_api: BotApi, receiver: _Receiver
) -> None:
    away = receiver.url.replace("/hook", "/elsewhere")
    bot_api.account.webhook.pause_s = 0.001
    await _queue(bot_api, 1)
    await bot_api.answer(TOKEN, "setWebhook", {"url": away})
    await bot_api.wait_until_tried(3)
    await _set(bot_api, receiver)
    await bot_api.wait_until_confirmed(1)
    assert receiver.taken == [1]


async def test_an_address_without_encryption_is_refused(bot_api: BotApi) -> None:
    answer = await bot_api.answer(TOKEN, "setWebhook", {"url": "http://example.org/"})
    assert isinstance(answer, Answer)
    assert b"HTTPS" in answer.body


async def test_updates_are_dropped_on_demand(bot_api: BotApi, receiver: _Receiver) -> None:
    await _queue(bot_api, 1)
    await _set(bot_api, receiver, drop_pending_updates="true")
    await _queue(bot_api, 2)
    await bot_api.wait_until_confirmed(2)
    assert receiver.taken == [2]
