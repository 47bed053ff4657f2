"""A conversation in the terminal, and everything that is shown there."""

from bot.terminal.conversation import AT_THE_MACHINE, converse
from bot.terminal.rendering import Screen, on_one_line

__all__ = ["AT_THE_MACHINE", "Screen", "converse", "on_one_line"]
