"""A Bot API server that judges nothing and takes no time, so that the bot is what is measured."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

TOKEN = "4242:TheTokenOfTheBenchmark"  # noqa: S105 - made up
_CHATS = 500
_MOST_AT_ONCE = 100
_MOST_CONNECTIONS = 100
_LATENCY_S = 0.01
_PAUSE_S = 0.1
_ME = {"id": 4242, "is_bot": True, "first_name": "voced", "username": "voced_load_bot"}
_SENT = {"message_id": 1, "date": 1_760_000_000, "chat": {"id": 1, "type": "private"}, "text": "x"}


class LoadServer:
    """Hands questions out by polling or by webhook, and counts what comes back."""

    def __init__(self, questions: list[str]) -> None:
        self._questions = itertools.cycle(questions)
        self._ids = itertools.count(1)
        self._waiting: dict[int, dict[str, Any]] = {}
        self._asked_at: dict[int, list[float]] = {}
        self._waits: list[float] = []
        self._replies = 0
        self._is_polled = False
        self._changed = asyncio.Condition()
        self._webhook: tuple[str, str] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._lanes: dict[int, asyncio.Lock] = {}
        self._bringing: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(_MOST_CONNECTIONS)
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["LoadServer"]:
        """Serve on a free port."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        connector = aiohttp.TCPConnector(limit=_MOST_CONNECTIONS)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            try:
                yield self
            finally:
                bringing = tuple(self._bringing)
                for task in bringing:
                    task.cancel()
                await asyncio.gather(*bringing, return_exceptions=True)
                await runner.cleanup()

    async def wait_until_ready(self, *, by_webhook: bool) -> None:
        """Return when the bot fetches updates, or has said where to bring them."""
        async with self._changed:
            await self._changed.wait_for(
                lambda: self._webhook is not None if by_webhook else self._is_polled
            )

    async def flood(self, count: int) -> float:
        """Return after how many seconds that many questions were answered, asked all at once."""
        goal = self._replies + count
        started = time.perf_counter()
        for _ in range(count):
            await self._ask()
        await self._notify()
        await self._wait_for(goal)
        return time.perf_counter() - started

    async def pace(self, rate: int, seconds: int) -> list[float]:
        """Return how long each reply took, in seconds, to questions that come evenly."""
        goal = self._replies + rate * seconds
        self._waits = []
        started = time.perf_counter()
        for number in range(rate * seconds):
            await asyncio.sleep(max(0, started + number / rate - time.perf_counter()))
            await self._ask()
            await self._notify()
        await self._wait_for(goal)
        return self._waits

    async def _wait_for(self, goal: int) -> None:
        async with asyncio.timeout(1200), self._changed:
            await self._changed.wait_for(lambda: self._replies >= goal)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _ask(self) -> None:
        number = next(self._ids)
        chat = 1000 + number % _CHATS
        person = {"id": chat, "is_bot": False, "first_name": "X", "language_code": "zh-hans"}
        message = {
            "message_id": number,
            "date": 1_760_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "X"},
            "from": person,
            "text": next(self._questions),
        }
        self._asked_at.setdefault(chat, []).append(time.perf_counter())
        update = {"update_id": number, "message": message}
        if self._webhook is None:
            self._waiting[number] = update
            return
        task = asyncio.create_task(self._bring(chat, update))
        self._bringing.add(task)
        task.add_done_callback(self._bringing.discard)

    async def _bring(self, chat: int, update: dict[str, Any]) -> None:
        assert self._webhook is not None
        assert self._session is not None
        url, secret = self._webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with self._lanes.setdefault(chat, asyncio.Lock()), self._free:
            status = 0
            while status != 200:
                try:
                    async with self._session.post(url, json=update, headers=headers) as response:
                        status = response.status
                except aiohttp.ClientError:
                    # A bot that has ended is noticed by whoever started it.
                    await asyncio.sleep(_PAUSE_S)

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = await request.post()
        if method == "getUpdates":
            return await self._get_updates(form)
        result: Any = True
        if method == "getMe":
            result = _ME
        elif method == "getWebhookInfo":
            url = self._webhook[0] if self._webhook else ""
            result = {"url": url, "has_custom_certificate": False, "pending_update_count": 0}
        elif method == "getMyCommands":
            result = []
        elif method.startswith("getMy"):
            result = {"name": "", "description": "", "short_description": ""}
        elif method == "setWebhook":
            self._webhook = (str(form["url"]), str(form["secret_token"]))
            await self._notify()
        elif method == "sendMessage":
            result = _SENT
            await asyncio.sleep(_LATENCY_S)
            chat = int(str(form["chat_id"]))
            self._waits.append(time.perf_counter() - self._asked_at[chat].pop(0))
            self._replies += 1
            await self._notify()
        body = json.dumps({"ok": True, "result": result}).encode()
        return web.Response(body=body, content_type="application/json")

    async def _get_updates(self, form: Any) -> web.Response:
        self._is_polled = True
        await self._notify()
        offset = int(form.get("offset", 0))
        for number in [one for one in self._waiting if one < offset]:
            del self._waiting[number]
        if not self._waiting and (timeout_s := float(form.get("timeout", 0))):
            try:
                async with asyncio.timeout(timeout_s), self._changed:
                    await self._changed.wait_for(lambda: self._waiting)
            except TimeoutError:
                pass
        limit = int(form.get("limit", _MOST_AT_ONCE))
        first = list(itertools.islice(self._waiting.values(), limit))
        body = json.dumps({"ok": True, "result": first}).encode()
        return web.Response(body=body, content_type="application/json")
