"""Says things in the chat of an update, and keeps the log of what was said."""

import logging

from telegram import Update

from bot.reply import Reply
from bot.telegram.handlers.context import Context, assistant_of, language_of
from bot.telegram.rendering import render_buttons, render_html
from bot.telegram.sending import send

_log = logging.getLogger(__name__)


async def say(update: Update, context: Context, key: str) -> None:
    """Send the text under `key` of the wording."""
    if update.effective_chat is not None:
        await send(update.effective_chat, assistant_of(context).say(key, language_of(update)))


async def send_reply(update: Update, context: Context, reply: Reply) -> None:
    """Send a reply with its buttons."""
    if update.effective_chat is None:
        return
    wording = assistant_of(context).say
    buttons = render_buttons(reply, wording)
    await send(update.effective_chat, render_html(reply, wording), html=True, buttons=buttons)
    log_outcome(reply)


def log_outcome(reply: Reply) -> None:
    """Write the one line of an answered update to the log."""
    _log.info(
        "%s entry=%s confidence=%.2f reason=%s language=%s ms=%.1f",
        reply.outcome,
        reply.entry,
        reply.confidence,
        reply.reason,
        reply.language,
        reply.milliseconds,
    )
