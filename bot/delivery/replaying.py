"""Handles dead letters again, from outside of the running bot."""

from collections.abc import Mapping, Sequence

from telegram.error import InvalidToken, TelegramError

from bot.delivery.letters import describe
from bot.delivery.running import Stop
from bot.delivery.serving import make_handling
from bot.settings import ConfigError
from bot.telegram.application import VocedApplication
from storage import Store
from storage.delivery import DeadLetter


async def replay_letters(
    application: VocedApplication, store: Store, letters: Sequence[DeadLetter]
) -> Mapping[int, str]:
    """Return why letters failed again, by their number; those that did not are dropped.

    A reply that must wait goes into the outbox, which the running bot empties.

    Raises:
        ConfigError: Telegram can't be reached, or refuses the token.
    """
    failed: dict[int, str] = {}
    try:
        await _initialize(application)
        await application.open_services()
        handling = make_handling(application, Stop())
        for letter in letters:
            fault, _ = await handling.try_hard(letter.payload)
            if fault is None:
                await store.delivery.drop_letter(letter.id)
            else:
                failed[letter.id] = describe(fault)
    finally:
        await application.shutdown()
        await application.bot.shutdown()
        await application.close_services()
    return failed


async def _initialize(application: VocedApplication) -> None:
    try:
        await application.initialize()
    except InvalidToken as error:
        raise ConfigError("VOCED_TELEGRAM_TOKEN: Telegram refuses this token") from error
    except TelegramError as error:
        raise ConfigError(f"Telegram can't be reached: {error}") from error
