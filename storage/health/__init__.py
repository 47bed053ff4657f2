"""How the bot does: what became of questions, what is asked most, and what people found useful."""

from storage.health.store import HealthStore
from storage.health.values import AskedEntry, Outcomes, RatedEntry

__all__ = ["AskedEntry", "HealthStore", "Outcomes", "RatedEntry"]
