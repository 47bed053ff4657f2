"""What handlers find around an update: the assistant, and who asks in which language."""

from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes

from bot.assistant import Assistant
from intents import Language

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


def asker_of(update: Update) -> str | None:
    """Return what tells the person apart from others, `None` where nobody is named."""
    return f"telegram:{update.effective_user.id}" if update.effective_user else None


def language_of(update: Update) -> Language:
    """Return the language that the person has set up, English where it is neither of the two."""
    code = update.effective_user.language_code if update.effective_user else None
    return "zh" if (code or "").startswith("zh") else "en"
