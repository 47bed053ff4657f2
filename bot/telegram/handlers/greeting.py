"""Greets, explains, and asks for text where there is none."""

from collections import deque

from telegram import Update

from bot.telegram.handlers.context import Context
from bot.telegram.handlers.saying import say

_ALBUMS = "albums"
_MOST_ALBUMS = 100


async def greet(update: Update, context: Context) -> None:
    """Say what the bot is for."""
    await say(update, context, "telegram.start")


async def explain(update: Update, context: Context) -> None:
    """Say what can be asked."""
    await say(update, context, "chat.help")


async def ask_for_text(update: Update, context: Context) -> None:
    """Say that only text is understood, once for the many messages that make an album."""
    album = update.message.media_group_id if update.message else None
    if album is not None:
        seen = context.bot_data.setdefault(_ALBUMS, deque(maxlen=_MOST_ALBUMS))
        if album in seen:
            return
        seen.append(album)
    await say(update, context, "telegram.not_text")
