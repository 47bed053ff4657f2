"""Has Telegram bring updates to an address, and sees to it that it goes on doing so."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import quote, unquote, urlsplit

import uvicorn
from telegram.error import BadRequest, TelegramError

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.handling import RefusedTokenError
from bot.delivery.receiving.door import HEALTH, MOST_IN_HAND, READINESS, Door
from bot.settings import ConfigError
from bot.telegram.post.bot import VocedBot
from bot.telegram.post.refusals import is_refused_token

_log = logging.getLogger(__name__)
# As many as Telegram allows.
_MOST_CONNECTIONS = 100
_CHECKED_EVERY_S = 60.0


class Webhook:
    """The address that Telegram brings updates to; one is taken over only when it is handled."""

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
        """Serve `url` on `port`; `find_store_fault` tells the trouble of the store in words.

        Raises:
            ConfigError: The bot tells how it is at `url`.
        """
        self._bot = bot
        self._url = _complete(url)
        self._secret = secret
        self._allowed = allowed
        self._told: datetime | None = None
        self._door = Door(dispatcher, secret=secret, find_store_fault=find_store_fault)
        self._server = _Server(
            uvicorn.Config(
                self._door.make_app(unquote(urlsplit(self._url).path)),
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                limit_concurrency=MOST_IN_HAND * 2,
                timeout_graceful_shutdown=2,
            )
        )

    async def listen(self) -> None:
        """Answer requests, until cancelled or `finish`; updates are refused before `prepare`.

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
            await self._set()
        except BadRequest as error:
            raise ConfigError(f"VOCED_WEBHOOK_URL: Telegram refuses it: {error}") from error
        self._door.fault = None
        _log.info("updates are brought by webhook")

    async def receive(self) -> None:
        """See to it that requests go on bringing updates, until cancelled.

        Raises:
            RefusedTokenError: Telegram does not know the token any more.
        """
        while True:
            await asyncio.sleep(_CHECKED_EVERY_S)
            await self.check()

    async def check(self) -> None:
        """Set the webhook again if it is gone: nobody calls then, and nothing else would tell.

        Raises:
            RefusedTokenError: Telegram does not know the token any more.
        """
        try:
            info = await self._bot.get_webhook_info()
            if _read(info.url) != _read(self._url):
                _log.error(
                    "another process with this token has taken the webhook away, and exactly one "
                    "may receive: stop the other one; the webhook is set again"
                )
                await self._set()
            elif info.last_error_date and info.last_error_date != self._told:
                self._told = info.last_error_date
                _log.warning("Telegram could not bring an update: %s", info.last_error_message)
        except TelegramError as error:
            if is_refused_token(error):
                raise RefusedTokenError from error
            _log.warning("the webhook can't be checked: %s", error)

    def refuse(self) -> None:
        """Take no more updates: Telegram brings them again after a restart."""
        self._door.fault = "the bot is stopping"

    async def finish(self) -> None:
        """Close the port once every answer is out."""
        self._server.should_exit = True

    async def _set(self) -> None:
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=list(self._allowed),
            max_connections=_MOST_CONNECTIONS,
            drop_pending_updates=False,
        )


def _complete(url: str) -> str:
    """Return an address with a path, in the characters that a request can have.

    Raises:
        ConfigError: Something else is told there.
    """
    parts = urlsplit(url)
    path = parts.path if parts.path.strip("/") else "/telegram"
    if path in {HEALTH, READINESS}:
        raise ConfigError(f"VOCED_WEBHOOK_URL: {path} tells how the bot is; take another path")
    return parts._replace(path=quote(path, safe="/%:@!$&'()*+,;=~")).geturl()


def _read(url: str) -> tuple[object, ...]:
    """Return what an address means, however Telegram spells it."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, parts.hostname, port, unquote(parts.path), parts.query


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
