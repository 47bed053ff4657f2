"""The webhook takes updates from Telegram alone, and answers 200 only when one is handled."""

from __future__ import annotations

import asyncio
import io
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
import pytest

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.handling import RefusedTokenError
from bot.delivery.receiving.door import MOST_IN_HAND, SECRET_HEADER, Door
from bot.delivery.serving import find_secret
from bot.settings import ConfigError, Settings
from tests.botapi.server import TOKEN
from tests.botapi.trouble.faults import Refusal
from tests.botapi.updates import make_question

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.botapi.server import BotApi
    from tests.delivery.conftest import RunningBot, StartBot

_SECRET = find_secret(Settings(_env_file=None), TOKEN)


@pytest.fixture
def mode() -> str:
    return "webhook"


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bot(run_bot: StartBot, bot_api: BotApi) -> RunningBot:
    """Return a bot that Telegram has been told of."""
    started = await run_bot()
    await bot_api.wait_for("setWebhook")
    return started


async def _bring(
    client: aiohttp.ClientSession, bot: RunningBot, body: bytes, secret: str = _SECRET
) -> int:
    url = f"http://127.0.0.1:{bot.port}/telegram"
    async with client.post(url, data=io.BytesIO(body), headers={SECRET_HEADER: secret}) as response:
        return response.status


async def _look(client: aiohttp.ClientSession, bot: RunningBot, path: str) -> tuple[int, str]:
    async with client.get(f"http://127.0.0.1:{bot.port}{path}") as response:
        return response.status, await response.text()


def _body(update_id: int = 1, **more: Any) -> bytes:
    return json.dumps(make_question("How many majors?", update_id=update_id) | more).encode()


async def test_telegram_is_told_the_address_the_secret_and_what_is_wanted(
    bot: RunningBot, bot_api: BotApi
) -> None:
    told = (await bot_api.wait_for("setWebhook")).values
    assert told["url"] == f"http://127.0.0.1:{bot.port}/telegram"
    assert told["secret_token"] == _SECRET
    assert "message" in told["allowed_updates"]
    assert str(told.get("drop_pending_updates", False)).lower() == "false"


async def test_200_means_that_the_update_is_handled(
    bot: RunningBot, bot_api: BotApi, client: aiohttp.ClientSession
) -> None:
    bot_api.expect_update(json.loads(_body()))
    assert await _bring(client, bot, _body()) == 200
    assert len([one for one in bot_api.calls if one.method == "sendMessage"]) == 1
    (update,) = bot.read("updates")
    assert update["handled_at"] is not None


@pytest.mark.parametrize("secret", ["", "wrong", _SECRET + "x", "\u00e9"])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    bot: RunningBot, client: aiohttp.ClientSession, secret: str
) -> None:
    assert await _bring(client, bot, _body(), secret) == 403
    assert bot.read("updates") == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no JSON", 400),
        (b"[1]", 400),
        (b"{}", 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": -1}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 9223372036854775808}', 400),
        (b'{"update_id": 1e999}', 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe", 400),
        (b"x" * (1024 * 1024 + 1), 413),
    ],
)
async def test_what_is_no_update_is_refused(
    bot: RunningBot, client: aiohttp.ClientSession, body: bytes, status: int
) -> None:
    assert await _bring(client, bot, body) == status
    assert bot.read("updates") == []


@pytest.mark.parametrize(
    ("secret", "status"), [("wrong", b"403 Forbidden"), (_SECRET, b"413 Content Too Large")]
)
async def test_who_brings_too_much_or_may_bring_nothing_is_answered_before_it_is_read(
    bot: RunningBot, secret: str, status: bytes
) -> None:
    """Nothing of the body is sent, so that whoever waits for it waits for ever."""
    reader, writer = await asyncio.open_connection("127.0.0.1", bot.port)
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {secret}\r\n"
    writer.write(f"{head}Content-Length: 99999999999\r\n\r\n".encode())
    async with asyncio.timeout(20):
        answer = await reader.readline()
    assert answer.startswith(b"HTTP/1.1 " + status[:4])
    writer.close()


async def test_who_hangs_up_in_the_middle_leaves_nothing_behind(
    bot: RunningBot, bot_api: BotApi, client: aiohttp.ClientSession, log: pytest.LogCaptureFixture
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", bot.port)
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {_SECRET}\r\n"
    writer.write(f"{head}Content-Length: 500\r\n\r\n".encode() + _body()[:50])
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    bot_api.expect_update(json.loads(_body()))
    assert await _bring(client, bot, _body()) == 200
    await bot.end()
    assert [one.message for one in log.records if one.levelname == "ERROR"] == []


@pytest.mark.parametrize(
    "path", ["/telegram/", "/Telegram", "/telegram/x", "//telegram", "/x", "/"]
)
async def test_updates_are_taken_at_one_path_alone(
    bot: RunningBot, client: aiohttp.ClientSession, path: str
) -> None:
    url = f"http://127.0.0.1:{bot.port}{path}"
    headers = {SECRET_HEADER: _SECRET}
    async with client.post(url, data=_body(), headers=headers, allow_redirects=False) as response:
        assert response.status == 404
    assert bot.read("updates") == []


@pytest.mark.parametrize("path", ["/{hook}", "/职教", "/%E8%81%8C%E6%95%99", "/a%20b", "/x/y/"])
async def test_whatever_the_path_is_updates_arrive_there(
    run_bot: StartBot, bot_api: BotApi, log: pytest.LogCaptureFixture, path: str
) -> None:
    bot = await run_bot(path=path)
    await bot_api.queue_update(make_question("How many majors?"))
    await bot_api.wait_until_confirmed(1)
    await bot.receiver.check()
    assert "another process" not in log.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_a_path_where_the_bot_tells_how_it_is_is_refused(
    run_bot: StartBot, path: str
) -> None:
    with pytest.raises(ConfigError, match=f"VOCED_WEBHOOK_URL: {path} tells how the bot is"):
        await run_bot(path=path)


async def test_an_update_that_comes_again_while_it_is_in_hand_is_handled_once(
    bot: RunningBot, bot_api: BotApi, client: aiohttp.ClientSession
) -> None:
    bot_api.expect_update(json.loads(_body()))
    assert await asyncio.gather(*(_bring(client, bot, _body()) for _ in range(5))) == [200] * 5
    assert await _bring(client, bot, _body()) == 200
    assert len([one for one in bot_api.calls if one.method == "sendMessage"]) == 1


async def test_no_more_is_taken_than_can_be_kept_in_hand() -> None:
    """Telegram keeps the rest, and is told when to come again."""
    go_on = asyncio.Event()

    async def handle(_update: Any) -> None:
        await go_on.wait()

    dispatcher = Dispatcher(handle)
    door = Door(dispatcher, secret=_SECRET, find_store_fault=lambda: None)
    door.fault = None
    in_hand = [
        dispatcher.submit(make_question("x", update_id=one, chat_id=one))
        for one in range(1, MOST_IN_HAND + 1)
    ]
    transport = httpx.ASGITransport(door.make_app("/hook"))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as telegram:
        bring = partial(
            telegram.post, "/hook", content=_body(1000), headers={SECRET_HEADER: _SECRET}
        )
        refused = await bring()
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        go_on.set()
        await asyncio.gather(*in_hand)
        assert (await bring()).status_code == 200


async def test_it_tells_whether_it_lives_and_whether_it_is_ready(
    run_bot: StartBot, bot_api: BotApi, client: aiohttp.ClientSession
) -> None:
    bot_api.faults.plant("getMe", Refusal(502, "Bad Gateway"))
    bot = await run_bot()
    await bot_api.wait_for("getMe")
    assert await _look(client, bot, "/healthz") == (200, "ok")
    status, facts = await _look(client, bot, "/readyz")
    assert (status, json.loads(facts)["fault"]) == (503, "the bot is starting")
    assert await _bring(client, bot, _body()) == 503

    await bot_api.queue_update(make_question("How many majors?"))
    await bot_api.wait_until_confirmed(1)
    status, facts = await _look(client, bot, "/readyz")
    assert json.loads(facts) == {"ready": True, "fault": None, "store": None, "in_hand": 0}
    assert (await _look(client, bot, "/telegram"))[0] == 405
    assert (await _look(client, bot, "/"))[0] == 404


async def test_an_address_without_a_path_gets_one(
    run_bot: StartBot, bot_api: BotApi, tmp_path: Any
) -> None:
    bot = await run_bot(path="")
    told = (await bot_api.wait_for("setWebhook")).values
    assert told["url"] == f"http://127.0.0.1:{bot.port}/telegram"


async def test_a_port_that_is_taken_is_told_plainly(bot: RunningBot, run_bot: StartBot) -> None:
    second = await run_bot(port=bot.port)
    with pytest.raises(ConfigError, match="the webhook can't listen"):
        await second.work


def test_the_secret_is_the_same_in_every_process_and_tells_no_token() -> None:
    settings = Settings(_env_file=None)
    assert find_secret(settings, TOKEN) == find_secret(settings, TOKEN)
    assert find_secret(settings, TOKEN) != find_secret(settings, TOKEN + "x")
    assert TOKEN.partition(":")[2] not in find_secret(settings, TOKEN)


@pytest.mark.parametrize("secret", ["with space", "ä", "x" * 257])
def test_a_secret_that_telegram_would_refuse_is_named(secret: str) -> None:
    with pytest.raises(ConfigError, match=r"^VOCED_WEBHOOK_SECRET: ") as caught:
        find_secret(Settings(webhook_secret=secret, _env_file=None), TOKEN)
    assert secret not in str(caught.value)


# -- seeing to it that updates go on coming


async def test_a_webhook_that_another_process_took_away_is_set_again_and_told(
    bot: RunningBot,
    bot_api: BotApi,
    log: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await bot.receiver.check()
    assert "another process" not in log.text
    same = f"HTTP://127.0.0.1:{bot.port}/%74elegram"
    monkeypatch.setattr(bot_api.account.webhook, "url", same)
    await bot.receiver.check()
    assert "another process" not in log.text, "the same address in other characters"
    await bot_api.answer(TOKEN, "deleteWebhook", {})
    await bot.receiver.check()
    assert "another process with this token has taken the webhook away" in log.text
    await bot_api.queue_update(make_question("How many majors?"))
    await bot_api.wait_until_confirmed(1)


async def test_what_keeps_telegram_from_bringing_updates_is_told_once(
    bot: RunningBot, bot_api: BotApi, client: aiohttp.ClientSession, log: pytest.LogCaptureFixture
) -> None:
    await bot_api.queue_body(b"no JSON", 1)
    await bot_api.wait_until_tried(1)
    await bot.receiver.check()
    reason = "Telegram could not bring an update: Wrong response from the webhook: 400"
    assert log.text.count(reason) == 1
    bot_api.refuse("getWebhookInfo", 502, "Bad Gateway")
    await bot.receiver.check()
    assert "the webhook can't be checked: Bad Gateway" in log.text


async def test_a_token_that_is_revoked_while_nobody_asks_is_noticed(
    bot: RunningBot, bot_api: BotApi
) -> None:
    bot_api.revoke_token()
    with pytest.raises(RefusedTokenError):
        await bot.receiver.check()


async def test_an_address_that_telegram_refuses_stops_the_start(
    run_bot: StartBot, bot_api: BotApi
) -> None:
    bot_api.refuse("setWebhook", 400, "Bad Request: bad webhook: an HTTPS URL must be provided")
    bot = await run_bot()
    with pytest.raises(ConfigError, match="VOCED_WEBHOOK_URL: Telegram refuses it"):
        await bot.work
