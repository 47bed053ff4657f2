"""Finds what a long message asks: the point may stand in one clause, or there may be two."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from intents.text.parts import (
    is_marked_question,
    size_of,
    split_clauses,
    split_finely,
    split_sentences,
)
from intents.text.scanner import as_pattern
from intents.wordlists import Words

# A message up to this size, in words, is one question unless two of its sentences ask.
_LONG = 12
_MOST_SENTENCES = 4
_MOST_WORDINGS = 6
# What has more parts is no question with something beside it.
_MOST_PARTS = 12


def find_questions(message: str, *, asks: Callable[[str], bool]) -> tuple[tuple[str, ...], ...]:
    """Return the questions in a long message, in order, each in several wordings.

    A short message that is one question gives none: it is best understood as it stands. The
    wordings of a question are its sentence, the clauses of it that ask, and those with what goes
    before them.

    Args:
        message: The message as it was typed.
        asks: Tells whether a sentence without a question mark asks something.
    """
    sentences = split_sentences(message)
    is_short = size_of(message) <= _LONG
    if is_short and len(sentences) <= 1:
        return ()
    marked = [place for place, one in enumerate(sentences) if is_marked_question(one)]
    # In front of a question mark is the story; behind the last one there may be one more question.
    asking = [
        one
        for place, one in enumerate(sentences)
        if place in marked or (place > max(marked, default=-1) and asks(one))
    ]
    if is_short and len(asking) <= 1:
        return ()
    # Whoever tells a story comes to the point at its end.
    chosen = asking[-_MOST_SENTENCES:] if len(marked) <= 1 else asking[:_MOST_SENTENCES]
    return tuple(tuple(_wordings_of(sentence, asks)) for sentence in chosen)


class Asides:
    """Finds what is beside the point of a question, and what introduces it."""

    def __init__(self, introducers: Words) -> None:
        chinese, english = as_pattern(introducers.zh), as_pattern(introducers.en)
        whole_words = rf"\b(?:{english.pattern})\b(?:\s+(?:if|whether|that)\b)?"
        self._introducers = re.compile(f"{chinese.pattern}|{whole_words}", re.IGNORECASE)

    def leave_out(
        self,
        message: str,
        *,
        names: Callable[[str], bool],
        asks: Callable[[str], bool],
        asks_fact: Callable[[str], bool],
    ) -> str | None:
        """Return a message without what is beside the point, `None` where nothing is.

        Beside the point is what stands before a question is introduced, and a clause, where nothing
        is named in it that an answer could be about. On such a clause it may depend whether
        something is possible, so it is only left out where a fact is asked for: how long, how much.
        One that asks is beside the point only where the rest asks as well.

        Args:
            message: The message as it was typed.
            names: Tells whether a part names something.
            asks: Tells whether it asks something.
            asks_fact: Tells whether it asks for something else than a yes or a no.
        """
        point = self._introduced(message, names)
        parts = split_finely(point)
        kept = _telling_of(parts, names, asks) if len(parts) <= _MOST_PARTS else parts
        rest = " ".join(kept)
        if len(kept) < len(parts) and asks_fact(rest):
            return rest
        return point if point != message else None

    def _introduced(self, message: str, names: Callable[[str], bool]) -> str:
        """Return a message without what names nothing and stands before what it introduces."""
        *before, point = map(str.strip, self._introducers.split(message))
        if len(before) > _MOST_PARTS:
            return message
        kept = [part for part in before if part and names(part)]
        return " ".join((*kept, point)) if point and len(kept) < len(before) else message


def _telling_of(
    parts: Sequence[str], names: Callable[[str], bool], asks: Callable[[str], bool]
) -> Sequence[str]:
    """Return the parts that name something, and one that asks where none of those does."""
    named = [part for part in parts if names(part)]
    if not named:
        return parts

    def may_ask(part: str) -> bool:
        return is_marked_question(part) or asks(part)

    if any(map(may_ask, named)):
        return named
    return [part for part in parts if part in named or may_ask(part)]


def _wordings_of(sentence: str, asks: Callable[[str], bool]) -> Iterator[str]:
    yield sentence
    clauses = split_clauses(sentence)
    if len(clauses) <= 1:
        return
    count = 1
    for before, clause in reversed(tuple(pairwise(("", *clauses)))):
        if count >= _MOST_WORDINGS:
            return
        if asks(clause) or clause == clauses[-1]:
            yield clause
            count += 1
            if before and len(clauses) > 2:  # noqa: PLR2004 - two clauses are the sentence
                yield f"{before} {clause}"
                count += 1
