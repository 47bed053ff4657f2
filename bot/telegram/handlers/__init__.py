"""What the bot does with each kind of update."""

from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram.handlers.context import AnyApplication, Context, give_assistant
from bot.telegram.handlers.faults import apologise
from bot.telegram.handlers.greeting import ask_for_text, explain, greet
from bot.telegram.handlers.inline import suggest
from bot.telegram.handlers.presses import press
from bot.telegram.handlers.questions import answer, browse_majors, compare_majors, look_up_major

__all__ = ["AnyApplication", "Context", "add_handlers", "give_assistant"]

# Groups are left alone: a bot that answers every message there is a nuisance.
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


def add_handlers(application: AnyApplication) -> None:
    """Put every handler in place."""
    application.add_handler(CommandHandler("start", greet, _PRIVATE))
    application.add_handler(CommandHandler("help", explain, _PRIVATE))
    application.add_handler(CommandHandler("majors", browse_majors, _PRIVATE))
    application.add_handler(CommandHandler("major", look_up_major, _PRIVATE))
    application.add_handler(CommandHandler("compare", compare_majors, _PRIVATE))
    application.add_handler(MessageHandler(_PRIVATE & filters.TEXT & ~filters.COMMAND, answer))
    application.add_handler(MessageHandler(_PRIVATE & filters.COMMAND, explain))
    application.add_handler(MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, ask_for_text))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(InlineQueryHandler(suggest))
    application.add_error_handler(apologise)
