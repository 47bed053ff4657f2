"""Cuts a message into sentences and clauses, before punctuation is lost."""

import re

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;…\n])|(?<=\.)(?=\s)")
# Many put a space where Chinese has a comma.
_SPACE_IN_HAN = r"(?<=[\u3400-\u4dbf\u4e00-\u9fff])\s+(?=[\u3400-\u4dbf\u4e00-\u9fff])"
_CLAUSE_END = re.compile(rf"[，,、：:—]+|\s-\s|{_SPACE_IN_HAN}")
_TURN = re.compile(r"\b(?:but|so)\b", re.IGNORECASE)
_ASKS = re.compile(r"[?？]\s*$")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# Shorter ones, in words or Chinese characters, are interjections.
_FEWEST_WORDS, _FEWEST_HAN = 3, 4


def split_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a message that say something, in order, each with its end mark."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return tuple(part for part in parts if _says_something(part))


def split_finely(text: str) -> tuple[str, ...]:
    """Return the parts of a message, which may end at a "but" as well, in order.

    Unlike clauses, all of them together are the message, but for what stands between them.
    """
    parts = [text]
    for end in (_SENTENCE_END, _CLAUSE_END, _TURN):
        parts = [piece for part in parts for piece in end.split(part)]
    return tuple(piece.strip() for piece in parts if piece.strip())


def split_clauses(sentence: str) -> tuple[str, ...]:
    """Return the clauses of a sentence that say something, in order."""
    parts = (part.strip() for part in _CLAUSE_END.split(sentence))
    return tuple(part for part in parts if _says_something(part))


def is_marked_question(sentence: str) -> bool:
    """Return whether a sentence ends in a question mark."""
    return _ASKS.search(sentence) is not None


def size_of(text: str) -> int:
    """Return how much a text says, in words: two Chinese characters count as one."""
    han = len(_HAN.findall(text))
    return han // 2 + len(_HAN.sub(" ", text).split())


def _says_something(part: str) -> bool:
    return len(_HAN.findall(part)) >= _FEWEST_HAN or len(part.split()) >= _FEWEST_WORDS
