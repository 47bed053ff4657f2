"""What the bot does with each kind of update."""

import logging
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import Application, ContextTypes

from bot.assistant import Assistant
from bot.reply import Question, Reply
from bot.telegram.buttons import Press, decode
from bot.telegram.rendering import render_buttons, render_html
from intents import Language

_log = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_ASSISTANT = "assistant"

Context = ContextTypes.DEFAULT_TYPE
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def give_assistant(application: AnyApplication, assistant: Assistant) -> None:
    """Let the handlers of `application` use `assistant`."""
    application.bot_data[_ASSISTANT] = assistant


def assistant_of(context: Context) -> Assistant:
    """Return the assistant that was given to the application."""
    assistant = context.bot_data[_ASSISTANT]
    if not isinstance(assistant, Assistant):
        raise TypeError("the application was started without an assistant")
    return assistant


async def greet(update: Update, context: Context) -> None:
    """Say what the bot is for."""
    await _say(update, context, "telegram.start")


async def explain(update: Update, context: Context) -> None:
    """Say what can be asked."""
    await _say(update, context, "chat.help")


async def ask_for_text(update: Update, context: Context) -> None:
    """Say that only text is understood."""
    await _say(update, context, "telegram.not_text")


async def answer(update: Update, context: Context) -> None:
    """Answer a question."""
    if update.message is None or update.message.text is None:
        return
    assistant = assistant_of(context)
    user = update.effective_user
    question = Question(
        text=update.message.text,
        front="telegram",
        asker=f"telegram:{user.id}" if user else None,
        hint=_language_of(update),
    )
    reply = await assistant.reply(question)
    await update.message.reply_text(
        render_html(reply, assistant.say),
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=render_buttons(reply, assistant.say),
    )
    _log_outcome(reply)


async def press(update: Update, context: Context) -> None:
    """Act on a pressed button; the message it stood under becomes the answer."""
    query = update.callback_query
    if query is None:
        return
    await query.answer()
    assistant = assistant_of(context)
    pressed = decode(query.data)
    if pressed is None:
        await query.edit_message_text(assistant.say("choice_gone", _language_of(update)))
        return
    await _show_pressed(update, assistant, pressed)


async def _show_pressed(update: Update, assistant: Assistant, pressed: Press) -> None:
    query = update.callback_query
    if query is None:
        return
    if pressed.entry is None:
        await query.edit_message_text(await assistant.choose_none(pressed.record, pressed.language))
        return
    reply = await assistant.choose(pressed.record, pressed.entry, pressed.language)
    if reply is None:
        await query.edit_message_text(assistant.say("choice_gone", pressed.language))
        return
    await query.edit_message_text(
        render_html(reply, assistant.say),
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=render_buttons(reply, assistant.say),
    )
    _log_outcome(reply)


async def apologise(update: object, context: Context) -> None:
    """Log a fault, and tell the person where there is one."""
    _log.error("an update could not be handled", exc_info=context.error)
    if isinstance(update, Update) and update.effective_message is not None:
        await _say(update, context, "telegram.trouble")


async def _say(update: Update, context: Context, key: str) -> None:
    if update.effective_message is not None:
        text = assistant_of(context).say(key, _language_of(update))
        await update.effective_message.reply_text(text, link_preview_options=_NO_PREVIEW)


def _language_of(update: Update) -> Language:
    code = update.effective_user.language_code if update.effective_user else None
    return "zh" if (code or "").startswith("zh") else "en"


def _log_outcome(reply: Reply) -> None:
    _log.info(
        "%s entry=%s confidence=%.2f reason=%s language=%s ms=%.1f",
        reply.outcome,
        reply.entry,
        reply.confidence,
        reply.reason,
        reply.language,
        reply.milliseconds,
    )
