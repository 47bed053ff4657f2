"""What editors do on Telegram: look at what was missed, decide, and see how the bot does."""

from bot.telegram.editing.handlers import EDITOR_COMMANDS, add_editing_handlers

__all__ = ["EDITOR_COMMANDS", "add_editing_handlers"]
