"""What Telegram shows of the bot: its commands and descriptions, changed only when they differ."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.words.wording import Wording
from intents import Language

_log = logging.getLogger(__name__)

PRIVATE_COMMANDS = (
    "help", "majors", "major", "compare", "episodes", "sources",
    "language", "privacy", "mydata", "forget", "about", "start",
)  # fmt: skip
# Shown to editors alone, in their private chats.
EDITOR_COMMANDS = ("missed", "stats", "why")
# What is about one person alone is for the private chat.
GROUP_COMMANDS = ("help", "majors", "major", "compare", "episodes", "sources", "privacy", "about")
_SCOPES: tuple[tuple[BotCommandScope, Sequence[str]], ...] = (
    (BotCommandScopeAllPrivateChats(), PRIVATE_COMMANDS),
    (BotCommandScopeAllGroupChats(), GROUP_COMMANDS),
)
# Whoever has set up Telegram in neither language sees English.
_LANGUAGES: tuple[tuple[Language, str], ...] = (("en", ""), ("zh", "zh"))


async def present(bot: Bot, say: Wording) -> None:
    """Let Telegram show the commands and descriptions of this version, in both languages.

    The bot answers without all this, so that no refusal keeps it from starting.
    """
    wishes = [
        _present_commands(bot, scope, code, _commands(say, language, names))
        for scope, names in _SCOPES
        for language, code in _LANGUAGES
    ]
    wishes += [_present_texts(bot, code, say, language) for language, code in _LANGUAGES]
    for fault in await _fulfil(wishes):
        _log.warning("Telegram does not show the bot as it should: %s", fault)


async def present_to_editors(bot: Bot, say: Wording, editors: Iterable[int]) -> set[int]:
    """Let the private chats of editors show their commands as well.

    Return the editors for whom Telegram does not: those who have never written to the bot.
    """
    names = (*EDITOR_COMMANDS, *PRIVATE_COMMANDS)
    missing = set()
    for editor in sorted(editors):
        wishes = [
            _present_commands(
                bot, BotCommandScopeChat(editor), code, _commands(say, language, names)
            )
            for language, code in _LANGUAGES
        ]
        if await _fulfil(wishes):
            missing.add(editor)
    return missing


async def _fulfil(wishes: Sequence[Coroutine[None, None, None]]) -> list[TelegramError]:
    """Return what Telegram refuses of these."""
    faults = []
    for result in await asyncio.gather(*wishes, return_exceptions=True):
        if isinstance(result, TelegramError):
            faults.append(result)
        elif isinstance(result, BaseException):
            raise result
    return faults


def _commands(say: Wording, language: Language, names: Sequence[str]) -> tuple[BotCommand, ...]:
    return tuple(BotCommand(name, say(f"command.{name}", language)) for name in names)


async def _present_commands(
    bot: Bot, scope: BotCommandScope, code: str, wanted: tuple[BotCommand, ...]
) -> None:
    if await bot.get_my_commands(scope=scope, language_code=code or None) != wanted:
        await bot.set_my_commands(wanted, scope=scope, language_code=code or None)


async def _present_texts(bot: Bot, code: str, say: Wording, language: Language) -> None:
    description, short = say("profile.description", language), say("profile.short", language)
    if (await bot.get_my_description(code or None)).description != description:
        await bot.set_my_description(description, language_code=code or None)
    if (await bot.get_my_short_description(code or None)).short_description != short:
        await bot.set_my_short_description(short, language_code=code or None)
