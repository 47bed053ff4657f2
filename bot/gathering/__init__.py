"""Gathers what people miss alike into gaps, one look-up for each new miss."""

from bot.gathering.gatherer import Gatherer

__all__ = ["Gatherer"]
