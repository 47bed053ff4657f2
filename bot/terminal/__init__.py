"""A conversation in the terminal, and everything that is shown there."""

from bot.terminal.conversation import converse
from bot.terminal.rendering import Screen, on_one_line

__all__ = ["Screen", "converse", "on_one_line"]
