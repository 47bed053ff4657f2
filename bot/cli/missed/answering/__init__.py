"""The decisions that need text: a phrasing or a counterexample for an entry, or a new answer."""

from bot.cli.missed.answering.command import answer, except_, phrase

__all__ = ["answer", "except_", "phrase"]
