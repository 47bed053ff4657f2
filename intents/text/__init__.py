"""Brings any message into one plain form, and tells its language."""

from intents.text.language import Language, detect_language
from intents.text.normalise import Normaliser

__all__ = ["Language", "Normaliser", "detect_language"]
