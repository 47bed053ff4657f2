"""The decisions that need text: a phrasing for an entry, or a new answer."""

from bot.cli.missed.answering.command import answer, phrase

__all__ = ["answer", "phrase"]
