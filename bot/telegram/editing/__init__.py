"""What editors do on Telegram: look at what was missed, decide, and see how the bot does."""

from bot.telegram.editing.handlers import EDITOR_COMMANDS, add_editing_handlers
from bot.telegram.editing.presenting import present_at_start

__all__ = ["EDITOR_COMMANDS", "add_editing_handlers", "present_at_start"]
