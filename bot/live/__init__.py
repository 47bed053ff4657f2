"""Knowledge that changes while the bot runs: built aside, tried, and swapped in whole."""

from bot.live.live import Candidate, Live, Unfit

__all__ = ["Candidate", "Live", "Unfit"]
