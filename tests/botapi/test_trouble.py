"""Planted faults happen as often as asked for, on the wire as they would on the network."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from tests.botapi.calls import Call
from tests.botapi.server import TOKEN, Answer
from tests.botapi.trouble.faults import (
    BLOCKED,
    KICKED,
    Cut,
    Garbled,
    Refusal,
    Silence,
    migrated,
    too_many,
)
from tests.botapi.trouble.limits import Limits
from tests.botapi.wire.offline import OfflineRequest

if TYPE_CHECKING:
    from tests.botapi.server import BotApi
    from tests.botapi.wire.loopback import BotApiServer


async def _send(api: BotApi, chat_id: int = 7001) -> tuple[int, dict[str, object]]:
    """Return the status of a message and the parameters of its refusal."""
    answer = await api.answer(TOKEN, "sendMessage", {"chat_id": str(chat_id), "text": "a"})
    assert isinstance(answer, Answer)
    return answer.status, json.loads(answer.body).get("parameters", {})


# -- refusals


async def test_a_fault_happens_as_often_as_it_was_planted(bot_api: BotApi) -> None:
    bot_api.refuse("sendMessage", 502, "Bad Gateway", times=2)
    assert [(await _send(bot_api))[0] for _ in range(3)] == [502, 502, 200]
    assert [one.outcome for one in bot_api.exchanges] == [502, 502, 200]
    assert len(bot_api.screen(7001)) == 1


async def test_a_fault_of_one_chat_leaves_the_others_alone(bot_api: BotApi) -> None:
    bot_api.faults.plant("*", too_many(7), chat_id=7001, times=2)
    assert await _send(bot_api, 7002) == (200, {})
    assert await _send(bot_api) == (429, {"retry_after": 7})
    bot_api.faults.clear()
    assert await _send(bot_api) == (200, {})


async def test_a_closed_chat_takes_nothing_until_it_is_open(bot_api: BotApi) -> None:
    bot_api.close_chat(7001)
    bot_api.close_chat(-1, KICKED)
    bot_api.migrate_chat(-2, -200)
    assert (await _send(bot_api))[0] == BLOCKED.code == (await _send(bot_api, -1))[0]
    assert await _send(bot_api, -2) == (400, {"migrate_to_chat_id": -200})
    assert migrated(-200).parameters == {"migrate_to_chat_id": -200}
    bot_api.open_chat(7001)
    assert await _send(bot_api) == (200, {})


async def test_a_wrong_or_revoked_token_is_refused(bot_api: BotApi) -> None:
    wrong = await bot_api.answer("4242:wrong", "getMe", {})
    assert isinstance(wrong, Answer)
    assert wrong.status == 401
    bot_api.revoke_token()
    assert (await _send(bot_api))[0] == 401


# -- speed


async def test_limits_are_off_until_they_are_set(bot_api: BotApi) -> None:
    assert {(await _send(bot_api))[0] for _ in range(50)} == {200}
    bot_api.limits.set_as_on_telegram()
    assert (await _send(bot_api))[0] == 200
    status, parameters = await _send(bot_api)
    assert (status, parameters) == (429, {"retry_after": 1})
    assert (await _send(bot_api, 7002))[0] == 200


def test_a_limit_counts_what_was_sent_in_the_last_time() -> None:
    now = [0.0]
    limits = Limits(per_chat=1, per_group=20 / 60, overall=3, clock=lambda: now[0])

    def send(chat_id: int, method: str = "sendMessage") -> int | None:
        refusal = limits.judge(Call(method, {"chat_id": chat_id}))
        return refusal.parameters["retry_after"] if refusal else None

    assert [send(1), send(1)] == [None, 1]
    now[0] = 1
    assert [send(1), send(-1), send(-1)] == [None, None, 3]
    now[0] = 10
    assert [send(1), send(2), send(3), send(4)] == [None, None, None, 1]
    assert send(1, "answerCallbackQuery") is None
    assert send(1, "editMessageText") == 1


# -- without a network


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize(
    ("fault", "error"), [(Cut, NetworkError), (Silence, TimedOut)], ids=["cut", "silence"]
)
async def test_broken_connections_are_errors_of_the_library(
    bot_api: BotApi,
    fault: type[Cut | Silence],
    error: type[NetworkError],
    is_done: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    bot_api.faults.plant("sendMessage", fault(is_done=is_done))
    async with Bot(TOKEN, request=OfflineRequest(bot_api)) as bot:
        with pytest.raises(error):
            await bot.send_message(7001, "a")
    assert len(bot_api.screen(7001)) == is_done


async def test_files_reach_the_server_without_a_network(bot_api: BotApi) -> None:
    async with Bot(TOKEN, request=OfflineRequest(bot_api)) as bot:
        await bot.send_document(7001, b"{}", filename="yours.json", caption="all of it")
    file = bot_api.calls[-1].values["document"]
    assert (file.filename, file.content) == ("yours.json", b"{}")


# -- on loopback


async def test_the_same_server_answers_over_http(
    bot_api: BotApi, bot_api_server: BotApiServer
) -> None:
    url = f"{bot_api_server.url}/bot{TOKEN}"
    form = aiohttp.FormData({"chat_id": "7001", "caption": "all of it"})
    form.add_field("document", b"{}", filename="yours.json", content_type="application/json")
    async with aiohttp.ClientSession() as session:
        for sent in (
            session.get(f"{url}/getMe"),
            session.post(f"{url}/sendMessage", data={"chat_id": "7001", "text": "a"}),
            session.post(f"{url}/sendMessage", json={"chat_id": 7001, "text": "a"}),
            session.post(f"{url}/sendDocument", data=form),
        ):
            async with sent as response:
                assert response.status == 200
                assert (await response.json())["ok"] is True
    assert [one.text for one in bot_api.screen(7001)] == ["a", "a", "all of it"]
    assert bot_api.calls[-1].values["document"].content == b"{}"


async def test_trouble_on_the_wire_is_what_it_is_on_a_network(
    bot_api: BotApi, bot_api_server: BotApiServer
) -> None:
    url = f"{bot_api_server.url}/bot{TOKEN}/sendMessage"
    for fault in (
        Cut(is_done=True),
        Silence(is_done=True),
        Garbled(502, b"<html>Bad Gateway"),
        Refusal(500, "Internal Server Error"),
    ):
        bot_api.faults.plant("sendMessage", fault)
    message = {"chat_id": "7001", "text": "a"}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.post(url, data=message)
        with pytest.raises(TimeoutError):
            await session.post(url, data=message, timeout=aiohttp.ClientTimeout(total=0.2))
        async with session.post(url, data=message) as response:
            assert (response.status, response.content_type) == (502, "text/html")
        async with session.post(url, data=message) as response:
            assert response.status == 500
    assert len(bot_api.screen(7001)) == 2, "what was stored before the connection broke"


async def test_nobody_is_reached_before_the_start(silent_bot_api_server: BotApiServer) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(f"{silent_bot_api_server.url}/bot{TOKEN}/getMe")
        await silent_bot_api_server.start()
        async with session.get(f"{silent_bot_api_server.url}/bot{TOKEN}/getMe") as response:
            assert response.status == 200


async def test_a_close_ends_whoever_waits(bot_api: BotApi) -> None:
    poll = asyncio.create_task(bot_api.answer(TOKEN, "getUpdates", {"timeout": 60}))
    await asyncio.sleep(0)
    await bot_api.close()
    answer = await poll
    assert isinstance(answer, Answer)
    assert answer.status == 502
