"""A conversation in the terminal, and everything that is shown there."""

from bot.terminal.conversation import converse
from bot.terminal.rendering import Screen

__all__ = ["Screen", "converse"]
