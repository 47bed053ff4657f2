"""A Bot API server on loopback."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.botapi.calls import read_values
from tests.botapi.server import TOKEN, BotApi


@dataclass(slots=True)
class BotApiServer:
    """A `BotApi` on loopback. `url` is for VOCED_API_URL; before `start` nobody listens there."""

    api: BotApi
    url: str
    token: str
    start: Callable[[], Awaitable[None]]


@asynccontextmanager
async def open_server(api: BotApi) -> AsyncIterator[BotApiServer]:
    """Yield `api` on a free port that refuses every connection until it is started."""

    async def handle(request: web.Request) -> web.Response:
        form = await request.post()
        values = read_values((name, str(value)) for name, value in form.items())
        token, method = request.match_info["token"], request.match_info["method"]
        status, answer = await api.answer(token, method, values)
        return web.json_response(answer, status=status)

    server = web.Application()
    server.router.add_post("/bot{token}/{method}", handle)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    # Bound, not listening: the port is this server's and refuses connections.
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        yield BotApiServer(api, url, TOKEN, lambda: web.SockSite(runner, bound).start())
        await runner.cleanup()
