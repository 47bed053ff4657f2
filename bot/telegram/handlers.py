"""What the bot does with each kind of update."""

import logging
from collections import deque
from typing import Any

from telegram import CallbackQuery, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import Application, ContextTypes

from bot.assistant import Assistant
from bot.majors.lists import BROWSE
from bot.reply import Question, Reply, Wanted
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
    if update.message is not None and update.message.text is not None:
        await _answer_text(update, context, update.message.text)


async def look_up_major(update: Update, context: Context) -> None:
    """Answer `/major TEXT`: the card of a major, choices, or that there is none."""
    text = _text_behind_command(update)
    if text:
        await _answer_text(update, context, text, wants="major")
    else:
        await _say(update, context, "telegram.major")


async def compare_majors(update: Update, context: Context) -> None:
    """Answer `/compare TEXT`: two or three majors side by side."""
    text = _text_behind_command(update)
    if text:
        await _answer_text(update, context, text, wants="comparison")
    else:
        await _say(update, context, "major.compare_how")


async def browse_majors(update: Update, context: Context) -> None:
    """Open the catalogue of majors; its buttons lead on in the same message."""
    reply = await assistant_of(context).choose(None, BROWSE, language_of(update))
    if reply is not None:
        await _send_reply(update, context, reply)


async def press(update: Update, context: Context) -> None:
    """Act on a pressed button: an offer becomes the answer, a follow-up is answered below."""
    query = update.callback_query
    if query is None:
        return
    await confirm(query)
    assistant = assistant_of(context)
    pressed = decode(query.data)
    if pressed is None:
        await put_in_place(query, assistant.say("choice_gone", language_of(update)))
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
    show = send_below if pressed.is_follow_up else put_in_place
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


async def _answer_text(
    update: Update, context: Context, text: str, *, wants: Wanted | None = None
) -> None:
    question = Question(
        text=text,
        front="telegram",
        asker=_asker_of(update),
        hint=language_of(update),
        wants=wants,
    )
    await _send_reply(update, context, await assistant_of(context).reply(question))


async def _send_reply(update: Update, context: Context, reply: Reply) -> None:
    if update.effective_chat is None:
        return
    say = assistant_of(context).say
    buttons = render_buttons(reply, say)
    await send(update.effective_chat, render_html(reply, say), html=True, buttons=buttons)
    _log_outcome(reply)


def _text_behind_command(update: Update) -> str:
    """Return what follows the command, with or without a space: Chinese is typed without."""
    message = update.message
    if message is None or message.text is None:
        return ""
    return message.text[message.entities[0].length :].strip()


async def _say(update: Update, context: Context, key: str) -> None:
    if update.effective_chat is not None:
        await send(update.effective_chat, assistant_of(context).say(key, language_of(update)))


def _asker_of(update: Update) -> str | None:
    return f"telegram:{update.effective_user.id}" if update.effective_user else None


def language_of(update: Update) -> Language:
    """Return the language that the person has set up, English where it is neither of the two."""
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
