"""Understands how people ask: normalising, kinds of request, candidates, guard, confidence.

Errors: `IntentError` is the only one that leaves the package. It means that a word list is
broken, or, as `SemanticUnavailable`, that an extra is missing; a message never raises anything.
"""

from intents.errors import IntentError
from intents.match.candidates import Candidate
from intents.match.learning import Subject
from intents.text import Language, Normaliser
from intents.understanding import Understander, Variant
from intents.understood import Understanding
from intents.wordlists import WordLists, load_word_lists

__all__ = [
    "Candidate",
    "IntentError",
    "Language",
    "Normaliser",
    "Subject",
    "Understander",
    "Understanding",
    "Variant",
    "WordLists",
    "load_word_lists",
]
