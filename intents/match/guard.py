"""Vetoes a candidate whose telling content differs from the question's.

Edit distance can't do this: "tuition for welders" and "tuition for electricians" are nearly the
same string. The guard compares what may not differ: levels of education, places, years, other
numbers, what is asked (how long is not how much), and negation.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from intents.match.concepts import Concepts, Found
from intents.text.numbers import find_numbers

_YEAR = re.compile(r"(?:19|20)\d\d")
# Stages of schooling that an answer speaks of only where it names them.
_OUTSIDE = frozenset({"postgraduate", "primary"})


@dataclass(frozen=True, slots=True)
class Content:
    """What a text says that may not differ between a question and its answer."""

    levels: frozenset[str]
    asks: frozenset[str]
    places: frozenset[str]
    years: frozenset[str]
    numbers: frozenset[str]
    is_negative: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What an entry is about: by how it is asked for, and by all that it says."""

    levels_asked: frozenset[str]
    levels: frozenset[str]
    asks: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]
    has_negative: bool
    has_positive: bool


class Guard:
    """Reads the telling content of texts and compares it."""

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts

    def read(self, text: str, found: Iterable[Found]) -> Content:
        """Return the telling content of a normalised text and the concepts found in it."""
        ids = frozenset(one.concept for one in found)
        numbers = find_numbers(text)
        years = frozenset(number for number in numbers if _YEAR.fullmatch(number))
        return Content(
            levels=ids & self._concepts.levels,
            asks=ids & self._concepts.telling_asks,
            places=frozenset(one for one in ids if one.startswith("place:")),
            years=years,
            numbers=numbers - years,
            is_negative=bool(ids & self._concepts.negations),
        )

    def scope(self, phrasings: Iterable[Content], says: Content) -> Scope:
        """Return what an entry is about, from its phrasings and from the text of its answer."""
        phrasings = tuple(phrasings)
        levels_asked = frozenset[str]().union(*(one.levels for one in phrasings))
        everything = (*phrasings, says)
        return Scope(
            levels_asked=levels_asked,
            levels=levels_asked | says.levels,
            asks=frozenset[str]().union(*(one.asks for one in phrasings)),
            places=frozenset[str]().union(*(one.places for one in everything)),
            numbers=frozenset[str]().union(*(one.numbers | one.years for one in everything)),
            has_negative=any(one.is_negative for one in phrasings),
            has_positive=not all(one.is_negative for one in phrasings),
        )

    def vetoes(self, question: Content, scope: Scope) -> tuple[str, ...]:
        """Return why an entry can't be the answer: `level`, `place`, `year`, `number`, `asked`,
        `negation`; empty when nothing speaks against it.
        """  # noqa: D205
        reasons = {
            "level": self._levels_differ(question, scope),
            "place": not question.places <= scope.places,
            "year": not question.years <= scope.numbers,
            "number": not question.numbers <= scope.numbers,
            "asked": bool(question.asks) and bool(scope.asks) and not question.asks & scope.asks,
            "negation": not (scope.has_negative if question.is_negative else scope.has_positive),
        }
        return tuple(reason for reason, differs in reasons.items() if differs)

    @staticmethod
    def _levels_differ(question: Content, scope: Scope) -> bool:
        if question.levels & _OUTSIDE - scope.levels:
            return True
        return bool(
            question.levels and scope.levels_asked and not question.levels & scope.levels_asked
        )
