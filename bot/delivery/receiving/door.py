"""Answers whoever calls: Telegram with updates, and whoever asks how the bot is."""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.receiving.polling import read_update_id

_log = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
HEALTH, READINESS = "/healthz", "/readyz"
MOST_IN_HAND = 500
_MOST_BYTES = 1024 * 1024
_AGAIN_S = "5"


class Door:
    """What answers requests; updates are taken while there is no `fault`."""

    def __init__(
        self, dispatcher: Dispatcher, *, secret: str, find_store_fault: Callable[[], str | None]
    ) -> None:
        """Take updates from who knows `secret`; `find_store_fault` tells the store's trouble."""
        self.fault: str | None = "the bot is starting"
        self._dispatcher = dispatcher
        self._secret = secret
        self._find_store_fault = find_store_fault

    def make_app(self, path: str) -> Starlette:
        """Return the application that takes updates at `path`, written without percent signs."""

        async def open_at_path(scope: Scope, receive: Receive, send: Send) -> None:
            # Not as a route, whose path is a pattern and is redirected to.
            answer: Response
            if scope["path"] != path:
                answer = PlainTextResponse("there is nothing here", 404)
            elif scope["method"] != "POST":
                answer = PlainTextResponse("updates are brought here", 405, {"Allow": "POST"})
            else:
                answer = await self._take(Request(scope, receive))
            await answer(scope, receive, send)

        return Starlette(
            routes=[
                Route(HEALTH, self._tell_that_it_lives),
                Route(READINESS, self._tell_whether_it_is_ready),
                Mount("/", open_at_path),
            ]
        )

    async def _take(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return PlainTextResponse("the secret is wrong", 403)
        if self.fault is not None or len(self._dispatcher.in_hand) >= MOST_IN_HAND:
            return PlainTextResponse("come again", 503, {"Retry-After": _AGAIN_S})
        try:
            body = await _read(request)
        except ClientDisconnect:
            return PlainTextResponse("the update is cut off", 400)
        if body is None:
            return PlainTextResponse("the update is too large", 413)
        update = _parse(body)
        if update is None:
            _log.error("Telegram has brought something that is no update")
            return PlainTextResponse("this is no update", 400)
        return await self._wait_for(update)

    async def _wait_for(self, update: dict[str, object]) -> Response:
        try:
            # Telegram may hang up and come again; the update is in hand all the same.
            await asyncio.shield(self._dispatcher.submit(update))
        except Exception as error:  # noqa: BLE001 - whatever it was, it has to come again
            _log.error("an update has to be brought again: %s", type(error).__name__)
            return PlainTextResponse("bring it again", 500)
        return Response(status_code=200)

    async def _tell_that_it_lives(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _tell_whether_it_is_ready(self, _request: Request) -> Response:
        is_ready = self.fault is None
        facts = {
            "ready": is_ready,
            "fault": self.fault,
            # People are answered all the same, so it is no reason to send them elsewhere.
            "store": self._find_store_fault() if is_ready else None,
            "in_hand": len(self._dispatcher.in_hand),
        }
        return JSONResponse(facts, 200 if is_ready else 503)


async def _read(request: Request) -> bytes | None:
    """Return the body, `None` if there is too much of it or is going to be."""
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > _MOST_BYTES:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            return None
    return bytes(body)


def _parse(body: bytes) -> dict[str, object] | None:
    """Return the update in a body, `None` where there is none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if read_update_id(update) is not None else None
