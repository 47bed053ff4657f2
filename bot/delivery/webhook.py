"""Receives updates that Telegram brings; one is taken over only when it is handled."""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import BadRequest

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.polling import read_update_id
from bot.settings import ConfigError
from bot.telegram.post.bot import VocedBot

_log = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_MOST_BYTES = 1024 * 1024
_MOST_IN_HAND = 500
# As many as Telegram allows.
_MOST_CONNECTIONS = 100
_AGAIN_S = "5"


class Webhook:
    """The address that Telegram brings updates to, and how the bot is."""

    def __init__(
        self,
        bot: VocedBot,
        dispatcher: Dispatcher,
        *,
        url: str,
        port: int,
        secret: str,
        allowed: Sequence[str],
        find_store_fault: Callable[[], str | None],
        host: str = "0.0.0.0",  # noqa: S104 - whoever routes to it comes from outside
    ) -> None:
        """Serve `url` on `port`; `find_store_fault` tells the trouble of the store in words."""
        self._bot = bot
        self._dispatcher = dispatcher
        self._url = url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/telegram"
        self._secret = secret
        self._allowed = allowed
        self._find_store_fault = find_store_fault
        self._fault: str | None = "the bot is starting"
        self._server = _Server(
            uvicorn.Config(
                self.make_app(),
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                limit_concurrency=_MOST_IN_HAND * 2,
                timeout_graceful_shutdown=2,
            )
        )

    def make_app(self) -> Starlette:
        """Return what answers requests."""
        return Starlette(
            routes=[
                Route(urlsplit(self._url).path, self._take, methods=["POST"]),
                Route("/healthz", self._tell_that_it_lives),
                Route("/readyz", self._tell_whether_it_is_ready),
            ]
        )

    async def listen(self) -> None:
        """Answer requests, until cancelled or `close`; updates are refused before `prepare`.

        Raises:
            ConfigError: The port can't be used.
        """
        try:
            await self._server.serve()
        except SystemExit as error:
            # It has told the log why.
            raise ConfigError("PORT: the webhook can't listen there") from error

    async def prepare(self) -> None:
        """Tell Telegram where to bring updates; from now on they are taken.

        Raises:
            ConfigError: Telegram does not take the address.
        """
        try:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret,
                allowed_updates=list(self._allowed),
                max_connections=_MOST_CONNECTIONS,
                drop_pending_updates=False,
            )
        except BadRequest as error:
            raise ConfigError(f"VOCED_WEBHOOK_URL: Telegram refuses it: {error}") from error
        self._fault = None
        _log.info("updates are brought by webhook")

    async def receive(self) -> None:
        """Wait, while requests bring updates, until cancelled."""
        await asyncio.Event().wait()

    def refuse(self) -> None:
        """Take no more updates: Telegram brings them again after a restart."""
        self._fault = "the bot is stopping"

    async def finish(self) -> None:
        """Close the port once every answer is out."""
        self._server.should_exit = True

    async def _take(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return PlainTextResponse("the secret is wrong", 403)
        if self._fault is not None or len(self._dispatcher.in_hand) >= _MOST_IN_HAND:
            return PlainTextResponse("come again", 503, {"Retry-After": _AGAIN_S})
        body = await _read(request)
        if body is None:
            return PlainTextResponse("the update is too large", 413)
        try:
            update = json.loads(body)
        except ValueError:
            update = None
        if read_update_id(update) is None:
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
        is_ready = self._fault is None
        facts = {
            "ready": is_ready,
            "fault": self._fault,
            # People are answered all the same, so it is no reason to send them elsewhere.
            "store": self._find_store_fault() if is_ready else None,
            "in_hand": len(self._dispatcher.in_hand),
        }
        return JSONResponse(facts, 200 if is_ready else 503)


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _read(request: Request) -> bytes | None:
    """Return the body, `None` if there is too much of it."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            return None
    return bytes(body)
