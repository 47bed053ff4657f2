"""Says things in the chat of an update, and keeps the log of what was said."""

import logging

from telegram import InlineKeyboardMarkup, Message, Update

from bot.reply import Reply
from bot.telegram.handlers.context import Context, is_group, keyboards_of, voice_of
from bot.telegram.rendering import render_html
from bot.telegram.sending import send
from bot.telegram.showing.voice import Voice

_log = logging.getLogger(__name__)


async def say(update: Update, context: Context, key: str, **values: object) -> None:
    """Answer with the text under `key` of the wording."""
    voice = await voice_of(update, context)
    await respond(update, voice(key, **values))


async def remark(update: Update, context: Context, key: str) -> None:
    """Send the text under `key`, which answers nothing: not twice where it may have arrived."""
    voice = await voice_of(update, context)
    await respond(update, voice(key), is_answer=False)


async def respond(
    update: Update,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
    is_answer: bool = True,
) -> int | None:
    """Send a message into the chat; in a group it replies to what it answers, in its topic.

    Return its id, `None` where it is not sent yet.
    """
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return None
    quoted = message if is_group(update) and isinstance(message, Message) else None
    return await send(chat, text, html=html, buttons=buttons, reply_to=quoted, is_answer=is_answer)


async def send_reply(update: Update, context: Context, reply: Reply, voice: Voice) -> int | None:
    """Send a reply with its buttons; return the id of the message as `respond` does."""
    spelled = voice.spell(reply)
    buttons = keyboards_of(update, context, voice).under(spelled)
    html = render_html(spelled, voice.spelled)
    sent = await respond(update, html, html=True, buttons=buttons)
    log_outcome(reply)
    return sent


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
