"""Turns what an editor wishes into the change that it makes, or refuses it."""

from bot.editing.deciding.changes import Case, digest_of, make_change, phrases_of
from bot.editing.deciding.telling import Audience, find_audience
from bot.editing.deciding.undoing import is_over, make_undo

__all__ = [
    "Audience",
    "Case",
    "digest_of",
    "find_audience",
    "is_over",
    "make_change",
    "make_undo",
    "phrases_of",
]
