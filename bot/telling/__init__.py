"""Tells everybody who waits that there is an answer: each once, slowly, whatever happens."""

from bot.telling.teller import Tell, Teller, Told, Unreachable, Wait

__all__ = ["Tell", "Teller", "Told", "Unreachable", "Wait"]
