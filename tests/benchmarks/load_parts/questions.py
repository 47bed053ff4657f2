"""What is asked: the knowledge's own held-out phrasings, in both languages."""

from typing import Literal

from knowledge import load_knowledge


def read_questions() -> list[str]:
    """Return questions that all have an answer."""
    answers = load_knowledge(None, normalise=str).answers.values()
    languages: tuple[Literal["zh", "en"], ...] = ("zh", "en")
    return [line for one in answers for each in languages for line in one.hits.in_(each)]
