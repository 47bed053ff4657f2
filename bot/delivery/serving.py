"""Puts the pieces of delivery together, by polling or by webhook."""

import hashlib
import hmac
import re

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.handling import Handling, RefusedTokenError
from bot.delivery.ledger import Ledger
from bot.delivery.receiving.polling import Poller
from bot.delivery.receiving.webhook import Webhook
from bot.delivery.running import Receiver, Stop, run_until_stopped
from bot.settings import ConfigError, Settings
from bot.telegram.application import ALLOWED_UPDATES, VocedApplication

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def serve(application: VocedApplication, settings: Settings, token: str) -> None:
    """Run the bot until a signal stops it.

    Raises:
        ConfigError: Telegram refuses the token, or the port can't be used.
    """
    stop = Stop()
    stop.heed_signals()
    dispatcher = Dispatcher(make_handling(application, stop).handle)
    receiver = make_receiver(application, dispatcher, settings, token)
    await run_until_stopped(application, dispatcher, receiver, stop)


def make_handling(application: VocedApplication, stop: Stop) -> Handling:
    """Return what handles updates with the handlers and the store of `application`."""
    return Handling(
        application,
        Ledger(lambda: application.recorder),
        on_refused_token=lambda: stop.because_of(RefusedTokenError()),
    )


def find_secret(settings: Settings, token: str) -> str:
    """Return what Telegram proves itself with.

    It is derived from the token where none is set, so that every process knows the same.

    Raises:
        ConfigError: It has characters that Telegram does not allow.
    """
    if settings.webhook_secret is None:
        return hmac.new(token.encode(), b"voced webhook", hashlib.sha256).hexdigest()
    secret = settings.webhook_secret.get_secret_value().strip()
    if not _SECRET.fullmatch(secret):
        raise ConfigError(
            "VOCED_WEBHOOK_SECRET: takes 1 to 256 letters, digits, underscores and hyphens"
        )
    return secret


def make_receiver(
    application: VocedApplication, dispatcher: Dispatcher, settings: Settings, token: str
) -> Receiver:
    """Return how updates come in: by webhook where one is set, else by polling."""
    if settings.webhook_url is None:
        return Poller(application.bot, dispatcher, allowed=ALLOWED_UPDATES)
    return Webhook(
        application.bot,
        dispatcher,
        url=settings.webhook_url,
        port=settings.port,
        secret=find_secret(settings, token),
        allowed=ALLOWED_UPDATES,
        find_store_fault=lambda: application.recorder.fault,
    )
