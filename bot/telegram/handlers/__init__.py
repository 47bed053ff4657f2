"""What the bot does with each kind of update."""

from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram.addressing import ADDRESSED
from bot.telegram.handlers.context import AnyApplication, Context, give_assistant
from bot.telegram.handlers.faults import apologise
from bot.telegram.handlers.greeting import (
    ask_for_text,
    browse_majors,
    explain,
    greet,
    greet_group,
    introduce,
    list_sources,
    tell_of_episodes,
)
from bot.telegram.handlers.inline import suggest
from bot.telegram.handlers.personal import (
    explain_privacy,
    forget,
    offer_languages,
    send_everything,
)
from bot.telegram.handlers.presses import press
from bot.telegram.handlers.questions import answer, answer_again, compare_majors, look_up_major

__all__ = ["COMMANDS", "AnyApplication", "Context", "add_handlers", "give_assistant"]

COMMANDS = {
    "start": greet,
    "help": explain,
    "majors": browse_majors,
    "major": look_up_major,
    "compare": compare_majors,
    "episodes": tell_of_episodes,
    "sources": list_sources,
    "language": offer_languages,
    "privacy": explain_privacy,
    "mydata": send_everything,
    "forget": forget,
    "about": introduce,
}

_CHATS = filters.ChatType.PRIVATE | filters.ChatType.GROUPS
# What was sent through a bot, such as a card of our own, is an answer and no question.
_WRITTEN = filters.UpdateType.MESSAGE & _CHATS & ~filters.VIA_BOT
_EDITED = filters.UpdateType.EDITED_MESSAGE & _CHATS & ~filters.VIA_BOT
_TO_US = _WRITTEN & ADDRESSED


def add_handlers(application: AnyApplication) -> None:
    """Put every handler in place."""
    for name, handle in COMMANDS.items():
        application.add_handler(CommandHandler(name, handle, _WRITTEN))
    application.add_handler(MessageHandler(_TO_US & filters.TEXT & ~filters.COMMAND, answer))
    application.add_handler(MessageHandler(_TO_US & filters.COMMAND, explain))
    application.add_handler(MessageHandler(_TO_US & ~filters.StatusUpdate.ALL, ask_for_text))
    application.add_handler(MessageHandler(_EDITED & filters.TEXT, answer_again))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(InlineQueryHandler(suggest))
    application.add_handler(ChatMemberHandler(greet_group, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(apologise)
