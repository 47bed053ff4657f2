"""Reads what a text tells that may not differ, and vetoes what differs in it."""

from intents.guard.concepts import NO_MAJORS, Concepts, Found
from intents.guard.guard import NO_CORE, Content, Guard, Scope
from intents.guard.reading import Reader, ReadText

__all__ = [
    "NO_CORE",
    "NO_MAJORS",
    "Concepts",
    "Content",
    "Found",
    "Guard",
    "ReadText",
    "Reader",
    "Scope",
]
