"""What handlers find around an update: the assistant, who asks, where, and in which language."""

from collections.abc import Mapping
from typing import Any, get_args

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import Application, ContextTypes

from bot.assistant import Assistant
from bot.telegram.showing.keyboards import Keyboards
from bot.telegram.showing.voice import Tongue, Voice, tongue_of_code

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


def find_assistant(bot_data: Mapping[Any, Any]) -> Assistant | None:
    """Return the assistant of an application by its data, `None` before it was given one."""
    assistant = bot_data.get(_ASSISTANT)
    return assistant if isinstance(assistant, Assistant) else None


def asker_of(update: Update) -> str | None:
    """Return what tells the person apart from others, `None` where nobody is named.

    Who writes in the name of a group or a channel is no person.
    """
    user = update.effective_user
    written = update.message or update.edited_message
    if user is None or user.is_bot or (written is not None and written.sender_chat is not None):
        return None
    return f"telegram:{user.id}"


def place_of(message: Message) -> str:
    """Return what tells the chat of a message apart from others."""
    return f"telegram:{message.chat.id}"


def topic_of(update: Update) -> int | None:
    """Return the topic of a forum that an update stands in, `None` outside of one."""
    message = update.effective_message
    is_in_topic = isinstance(message, Message) and message.is_topic_message
    return message.message_thread_id if message is not None and is_in_topic else None


def is_group(update: Update) -> bool:
    """Return whether others can read what is said."""
    chat = update.effective_chat
    return chat is not None and chat.type != ChatType.PRIVATE


def tongue_set_up(update: Update) -> Tongue:
    """Return the tongue that the person's Telegram is set up in."""
    return tongue_of_code(update.effective_user.language_code if update.effective_user else None)


async def tongue_chosen(update: Update, context: Context) -> Tongue | None:
    """Return the tongue that the person has chosen with /language, `None` for none."""
    asker = asker_of(update)
    chosen = await assistant_of(context).people.language_of(asker) if asker else None
    return next((tongue for tongue in get_args(Tongue) if tongue == chosen), None)


async def voice_of(update: Update, context: Context) -> Voice:
    """Return the voice for what is no question: as chosen, else as Telegram is set up."""
    chosen = await tongue_chosen(update, context)
    return Voice(assistant_of(context).say, chosen or tongue_set_up(update))


async def voice_of_press(update: Update, context: Context, tongue: Tongue) -> Voice:
    """Return the voice for a press: as chosen, else `tongue`, as the message with the button."""
    chosen = await tongue_chosen(update, context)
    return Voice(assistant_of(context).say, chosen or tongue)


def keyboards_of(update: Update, context: Context, voice: Voice) -> Keyboards:
    """Return what makes keyboards for the chat of an update."""
    return Keyboards(say=voice, bot_name=context.bot.username, is_group=is_group(update))
