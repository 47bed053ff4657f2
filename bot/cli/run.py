"""`voced run`: the bot on Telegram, by polling or by webhook."""

import asyncio
import gc
import logging
import os
from contextlib import AbstractAsyncContextManager
from functools import partial

import click

from bot.assistant import Assistant
from bot.cli.faults import told_plainly
from bot.cli.streams import tell_progress
from bot.delivery.serving import find_secret, serve
from bot.heap import give_back
from bot.live.loading import load_small
from bot.logs import set_up_logs
from bot.memory.asker import AskerHash, read_asker_key
from bot.services import open_assistant
from bot.settings import ConfigError, Settings, read_settings
from bot.telegram.application import VocedApplication, build_application
from bot.telegram.editing.notices import keep_informed
from bot.telegram.telling import keep_telling
from storage import AddressError, check_address

_log = logging.getLogger(__name__)


@click.command()
def run() -> None:
    """Run the Telegram bot until it is told to stop.

    It is brought its updates where VOCED_WEBHOOK_URL is set, and fetches them elsewhere.
    """
    with told_plainly():
        settings = read_settings()
        token = token_of(settings)
        _check_database_of(settings)
        secret = find_secret(settings, token)
        set_up_logs(settings.log_format, secrets=[token, secret])
        application = make_application(settings, token)
        give_back()
        # What is loaded stays, so the collector need not search through it again and again.
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        asyncio.run(serve(application, settings, token))


def make_application(settings: Settings, token: str) -> VocedApplication:
    """Return the application on the knowledge and the database of `settings`, not yet started."""
    # The library warns about the type of a duration unless it is told that both are understood.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    brain = load_small(settings, tell=tell_progress)
    _log.info("knowledge %s, %d answers", brain.knowledge.version, len(brain.knowledge.answers))
    secret = settings.asker_key.get_secret_value() if settings.asker_key else None
    asker_hash = AskerHash(read_asker_key(secret, settings.data_dir))

    def open_with_hash() -> AbstractAsyncContextManager[Assistant]:
        return open_assistant(settings, brain, asker_hash=asker_hash, serves=True)

    return build_application(
        token,
        api_url=settings.api_url,
        open_assistant=open_with_hash,
        beside=(keep_telling, partial(keep_informed, settings=settings)),
    )


def token_of(settings: Settings) -> str:
    """Return the bot's token.

    Raises:
        ConfigError: There is none.
    """
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
