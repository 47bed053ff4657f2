"""A Bot API server on loopback."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.botapi.calls import Upload
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.trouble.faults import Cut, Silence

_MOST_BYTES = 50 * 1024 * 1024
# Closed with it, a connection is reset instead of ended.
_RESET = struct.pack("ii", 1, 0)


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
    closing = asyncio.Event()

    async def handle(request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        outcome = await api.answer(token, method, await _read_form(request))
        match outcome:
            case Cut():
                _reset(request)
                return web.Response()
            case Silence():
                await closing.wait()
                return web.Response(status=504)
        kind = "application/json" if outcome.body[:1] in {b"{", b"["} else "text/html"
        return web.Response(status=outcome.status, body=outcome.body, content_type=kind)

    server = web.Application(client_max_size=_MOST_BYTES)
    server.router.add_route("*", "/bot{token}/{method}", handle)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    # Bound, not listening: the port is this server's and refuses connections.
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        yield BotApiServer(api, url, TOKEN, lambda: web.SockSite(runner, bound).start())
        closing.set()
        await api.close()
        await runner.cleanup()


async def _read_form(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        given = await request.json()
        assert isinstance(given, dict)
        return given
    form = {**request.query, **await request.post()}
    return {
        name: value
        if isinstance(value, str)
        else Upload(value.filename, value.file.read(), value.content_type)
        for name, value in form.items()
    }


def _reset(request: web.Request) -> None:
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
