"""What is remembered about people: choices, feedback, waits and message ids."""

from storage.people.store import PeopleStore
from storage.people.values import Erased, Feedback, FoundAnswer, Held, Row, SentAnswer, Verdict

__all__ = [
    "Erased",
    "Feedback",
    "FoundAnswer",
    "Held",
    "PeopleStore",
    "Row",
    "SentAnswer",
    "Verdict",
]
