"""What is remembered about people: choices, feedback, waits and message ids."""

from storage.people.store import KEPT_MESSAGES, PeopleStore
from storage.people.values import Erased, Feedback, FoundAnswer, Held, Row, SentAnswer, Verdict

__all__ = [
    "KEPT_MESSAGES",
    "Erased",
    "Feedback",
    "FoundAnswer",
    "Held",
    "PeopleStore",
    "Row",
    "SentAnswer",
    "Verdict",
]
