"""`voced run`: the bot on Telegram, by polling."""

import logging
import signal
import sys
from contextlib import AbstractAsyncContextManager

import click
from telegram.error import TelegramError

from bot.asker import AskerHash, read_asker_key
from bot.assistant import Assistant
from bot.cli.faults import told_plainly
from bot.cli.streams import tell_progress
from bot.logs import set_up_logs
from bot.services import load_brain, open_assistant
from bot.settings import ConfigError, Settings, read_settings
from bot.telegram import build_application
from bot.telegram.application import ALLOWED_UPDATES
from bot.telegram.handlers import AnyApplication
from storage import AddressError, check_address

_log = logging.getLogger(__name__)


@click.command()
def run() -> None:
    """Run the Telegram bot until it is told to stop."""
    # Until polling has begun and heeds it by itself, with nothing open yet.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with told_plainly():
        settings = read_settings()
        token = _token_of(settings)
        _check_database_of(settings)
        set_up_logs(settings.log_format, secrets=[token])
        application = _build(settings, token)
        try:
            application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
        except TelegramError as error:
            raise click.ClickException(f"Telegram: {error}") from error


def _build(settings: Settings, token: str) -> AnyApplication:
    brain = load_brain(settings, tell=tell_progress)
    _log.info("knowledge %s, %d answers", brain.knowledge.version, len(brain.knowledge.answers))
    secret = settings.asker_key.get_secret_value() if settings.asker_key else None
    asker_hash = AskerHash(read_asker_key(secret, settings.data_dir))

    def open_with_hash() -> AbstractAsyncContextManager[Assistant]:
        return open_assistant(settings, brain, asker_hash=asker_hash)

    return build_application(token, api_url=settings.api_url, open_assistant=open_with_hash)


def _token_of(settings: Settings) -> str:
    # A token from a file ends in a line break, which no address may hold.
    token = settings.telegram_token.get_secret_value().strip() if settings.telegram_token else ""
    if not token:
        raise ConfigError(
            "VOCED_TELEGRAM_TOKEN is not set: `voced run` needs the token that @BotFather gave "
            "you. To try voced without Telegram, use `voced chat`, which needs none."
        )
    return token


def _check_database_of(settings: Settings) -> None:
    # A database that is only out of reach may come back; one at no address can't.
    try:
        check_address(settings.database)
    except AddressError as error:
        raise ConfigError(f"VOCED_DATABASE_URL: {error}") from error
