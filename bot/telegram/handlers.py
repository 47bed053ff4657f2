"""What the bot does with each kind of update."""

import logging
from collections import deque
from typing import Any

from telegram import CallbackQuery, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import Application, ContextTypes

from bot.assistant import Assistant
from bot.reply import Question, Reply
from bot.telegram.buttons import Press, decode
from bot.telegram.rendering import render_buttons, render_html
from bot.telegram.sending import confirm, put_in_place, send, send_below
from intents import Language

_log = logging.getLogger(__name__)
_ASSISTANT = "assistant"
_ALBUMS = "albums"
_MOST_ALBUMS = 100

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
    """Say that only text is understood, once for the many messages that make an album."""
    album = update.message.media_group_id if update.message else None
    if album is not None:
        seen = context.bot_data.setdefault(_ALBUMS, deque(maxlen=_MOST_ALBUMS))
        if album in seen:
            return
        seen.append(album)
    await _say(update, context, "telegram.not_text")


async def answer(update: Update, context: Context) -> None:
    """Answer a question."""
    if update.message is None or update.message.text is None:
        return
    assistant = assistant_of(context)
    question = Question(
        text=update.message.text,
        front="telegram",
        asker=_asker_of(update),
        hint=_language_of(update),
    )
    reply = await assistant.reply(question)
    await send(
        update.message.chat,
        render_html(reply, assistant.say),
        html=True,
        buttons=render_buttons(reply, assistant.say),
    )
    _log_outcome(reply)


async def press(update: Update, context: Context) -> None:
    """Act on a pressed button: an offer becomes the answer, a follow-up is answered below."""
    query = update.callback_query
    if query is None:
        return
    await confirm(query)
    assistant = assistant_of(context)
    pressed = decode(query.data)
    if pressed is None:
        await put_in_place(query, assistant.say("choice_gone", _language_of(update)))
        return
    asker = _asker_of(update)
    if pressed.entry is None:
        said = await assistant.choose_none(pressed.record, pressed.language, asker=asker)
        await put_in_place(query, said)
    else:
        await _show_pressed(query, assistant, pressed, pressed.entry, asker)


async def _show_pressed(
    query: CallbackQuery, assistant: Assistant, pressed: Press, entry: str, asker: str | None
) -> None:
    reply = await assistant.choose(pressed.record, entry, pressed.language, asker=asker)
    if reply is None:
        await put_in_place(query, assistant.say("choice_gone", pressed.language))
        return
    # A follow-up belongs to no question on record; the answer it stands under stays.
    is_follow_up = pressed.record is None
    show = send_below if is_follow_up else put_in_place
    await show(
        query,
        render_html(reply, assistant.say),
        html=True,
        buttons=render_buttons(reply, assistant.say),
    )
    _log_outcome(reply)


async def apologise(update: object, context: Context) -> None:
    """Log a fault, and tell the person where there is one."""
    if not isinstance(update, Update):
        _log.error("updates can't be fetched, trying again: %s", context.error)
        return
    if isinstance(context.error, Forbidden):
        _log.info("a person does not take messages any more: %s", context.error)
        return
    _log.error("an update could not be handled", exc_info=context.error)
    try:
        await _say(update, context, "telegram.trouble")
    except TelegramError as error:
        _log.error("nor could the person be told: %s", error)


async def _say(update: Update, context: Context, key: str) -> None:
    if update.effective_chat is not None:
        await send(update.effective_chat, assistant_of(context).say(key, _language_of(update)))


def _asker_of(update: Update) -> str | None:
    return f"telegram:{update.effective_user.id}" if update.effective_user else None


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
