"""Lets editors see their commands: at the start, or as soon as they first write to the bot."""

import logging

from telegram import Update

from bot.assistant import Assistant
from bot.telegram.handlers.context import AnyApplication, Context, assistant_of
from bot.telegram.showing.presenting import present_to_editors

_log = logging.getLogger(__name__)
_MISSING = "editors without their commands"


async def present_at_start(application: AnyApplication, assistant: Assistant) -> None:
    """Show every editor their commands, and remember for whom Telegram does not do it yet."""
    missing = await present_to_editors(application.bot, assistant.say, assistant.desk.editors)
    application.bot_data[_MISSING] = missing
    if missing:
        _log.info("editors who will see their commands when they first write: %d", len(missing))


async def present_on_writing(update: Update, context: Context) -> None:
    """Show an editor their commands who had not written to the bot when it started."""
    user, missing = update.effective_user, context.bot_data.get(_MISSING)
    if user is None or not missing or user.id not in missing:
        return
    # Not twice at once; what fails again is tried with the next message.
    missing.discard(user.id)
    missing |= await present_to_editors(context.bot, assistant_of(context).say, [user.id])
