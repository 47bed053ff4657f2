"""Sends a message in the first form that Telegram takes."""

import logging
from dataclasses import replace

from telegram.error import BadRequest, ChatMigrated

from bot.telegram.post.bot import VocedBot
from bot.telegram.post.outgoing import MOST_UNITS, Outgoing
from bot.telegram.post.refusals import says

_log = logging.getLogger(__name__)


async def call_in_some_form(bot: VocedBot, message: Outgoing) -> int:
    """Return the id of the message, sent in the first form that Telegram takes."""
    try:
        return await bot.send(message)
    except ChatMigrated as error:
        return await call_in_some_form(bot, replace(message, chat_id=error.new_chat_id))
    except BadRequest as error:
        if message.edits is not None and says(error, "message is not modified"):
            return message.edits
        changed = _another_form(message, error)
        if changed is None:
            raise
        _log.warning("a message goes in another form: %s", error)
        sent = 0
        for part in changed:
            sent = await call_in_some_form(bot, part)
        return sent


def _another_form(message: Outgoing, error: BadRequest) -> tuple[Outgoing, ...] | None:
    """Return what to send instead, `None` where Telegram means something else by its refusal."""
    if message.html and says(error, "can't parse entities"):
        return (message.as_plain_text(),)
    if message.edits is not None and says(
        error,
        "message to edit not found",
        "message can't be edited",
        "message_id_invalid",
        # A picture with buttons.
        "no text in the message to edit",
    ):
        return (replace(message, edits=None),)
    if message.thread is not None and says(error, "message thread not found"):
        return (replace(message, thread=None),)
    if says(error, "message is too long", "message_too_long"):
        parts = message.split(MOST_UNITS // 2)
        return parts if len(parts) > 1 else None
    return None
