"""What is asked: the knowledge's own held-out phrasings, in both languages and many wordings."""

from itertools import product
from typing import Literal

from knowledge import load_knowledge

# What people put around a question, so that no two are typed alike.
_WORDINGS: dict[Literal["zh", "en"], list[tuple[str, str]]] = {
    "zh": list(product(("", "请问", "老师您好，", "想问一下"), ("", "？", "，谢谢"))),
    "en": list(product(("", "hi, ", "please, ", "can you tell me "), ("", "?", ", thanks"))),
}


def read_questions() -> list[str]:
    """Return questions that all have an answer, each typed in one way only."""
    answers = load_knowledge(None, normalise=str).answers.values()
    return [
        f"{around[0]}{line}{around[1]}"
        for pair in zip(_WORDINGS["zh"], _WORDINGS["en"], strict=True)
        for one in answers
        for language, around in zip(_WORDINGS, pair, strict=True)
        for line in one.hits.in_(language)
    ]
