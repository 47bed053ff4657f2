"""Vetoes a candidate whose telling content differs from the question's.

Edit distance can't do this: "tuition for welders" and "tuition for electricians" are nearly the
same string. The guard compares what may not differ: levels of education, places, years, other
numbers, what is asked (how long is not how much), subjects, and negation. A question that says
nothing of its own, how long is it, is about whatever was talked of before.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from intents.guard.concepts import Concepts, Found
from intents.text.numbers import find_numbers
from intents.text.words import split_words

# The share of an entry's phrasings that must name a subject to make it the core.
_NEARLY_ALL = 0.85
# The share of them that must hold numbers to make any other number another matter.
_MANY = 0.3
# How much each doubt weighs: the core that is not named, a number that the entry does not say.
NO_CORE, _NUMBER = 1.0, 0.5
NOTHING: frozenset[str] = frozenset()
# How much a text may say beside what it asks: English words, or Chinese characters.
_MOST_WORDS_ALONE = {True: 3, False: 4}
# Why an entry can't be the answer, what says most first.
_REASONS = (
    "bare", "level", "place", "year", "number", "asked", "subject", "actor", "major", "negation",
)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Content:
    """What a text says that may not differ between a question and its answer.

    A text is bare when nothing in it tells what it is about.
    """

    levels: frozenset[str]
    asks: frozenset[str]
    places: frozenset[str]
    years: frozenset[str]
    numbers: frozenset[str]
    subjects: frozenset[str]
    actors: frozenset[str]
    majors: frozenset[str]
    is_negative: bool
    is_bare: bool

    @property
    def is_telling(self) -> bool:
        """Return whether it names anything that an answer may be about, or asks for a kind."""
        named = self.levels, self.places, self.subjects, self.actors, self.majors
        return any((self.asks, self.years, self.numbers, *named))


@dataclass(frozen=True, slots=True)
class Scope:
    """What an entry is about: by how it is asked for, and by all that it says.

    `levels_asked` are the levels that one phrasing names together, with spaces between. `core` are
    the levels, subjects and places that nearly every phrasing names; a question without one of them
    may well ask for something else. `is_numbered` says that numbers tell such an entry from others.
    """

    levels_asked: frozenset[str]
    levels: frozenset[str]
    asks: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]
    subjects: frozenset[str]
    actors: frozenset[str]
    majors: frozenset[str]
    core: frozenset[str]
    is_numbered: bool
    has_negative: bool
    has_positive: bool
    has_bare: bool


class Guard:
    """Reads the telling content of texts and compares it."""

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts

    def read(
        self, text: str, found: Iterable[Found], *, says_something: Callable[[str], bool]
    ) -> Content:
        """Return the telling content of a normalised text and the concepts found in it.

        `says_something` tells of a text without any concept whether it has a word of its own.
        """
        found = tuple(found)
        ids = frozenset(one.concept for one in found)
        numbers = find_numbers(text)
        years = frozenset(number for number in numbers if _YEAR.fullmatch(number))
        subjects = ids & self._concepts.subjects
        levels = ids & self._concepts.levels
        return Content(
            levels=levels,
            # What does it cost asks how much, and nothing else.
            asks=ids & self._concepts.telling_asks or self._asked_alone(text, found),
            places=frozenset(one for one in ids if one.startswith("place:")),
            years=years,
            numbers=numbers - years,
            subjects=subjects,
            actors=ids & self._concepts.actors,
            majors=self._concepts.majors_in(text),
            is_negative=bool(ids & self._concepts.negations),
            is_bare=not subjects and not levels and not says_something(text),
        )

    def _asked_alone(self, text: str, found: Iterable[Found]) -> frozenset[str]:
        """Return what asks tell something in a text that hardly says more: what is a major."""
        alone = [one for one in found if one.concept in self._concepts.telling_alone]
        if not alone:
            return NOTHING
        words = split_words(text)
        beside = len(words) - sum(len(split_words(one.word)) for one in alone)
        says_more = beside > _MOST_WORDS_ALONE[text.isascii()] or "the" in words
        return NOTHING if says_more else frozenset(one.concept for one in alone)

    def scope(self, phrasings: Iterable[Content], says: Content) -> Scope:
        """Return what an entry is about, from its phrasings and from the text of its answer."""
        phrasings = tuple(phrasings)
        everything = (*phrasings, says)
        return Scope(
            levels_asked=frozenset(" ".join(sorted(one.levels)) for one in phrasings if one.levels),
            levels=frozenset[str]().union(*(one.levels for one in everything)),
            asks=frozenset[str]().union(*(one.asks for one in phrasings)),
            places=frozenset[str]().union(*(one.places for one in everything)),
            numbers=frozenset[str]().union(*(one.numbers | one.years for one in everything)),
            subjects=frozenset[str]().union(*(one.subjects for one in everything)),
            actors=frozenset[str]().union(*(one.actors for one in everything)),
            majors=frozenset[str]().union(*(one.majors for one in everything)),
            core=_in_share(
                [one.levels | one.subjects | one.places for one in phrasings], _NEARLY_ALL
            ),
            is_numbered=sum(bool(one.numbers) for one in phrasings) > _MANY * len(phrasings),
            has_negative=any(one.is_negative for one in phrasings),
            has_positive=not all(one.is_negative for one in phrasings),
            has_bare=any(one.is_bare for one in phrasings),
        )

    def vetoes(self, question: Content, scope: Scope) -> tuple[str, ...]:
        """Return why an entry can't be the answer; empty when nothing speaks against it."""
        differs = (
            question.is_bare and not scope.has_bare,
            not question.levels <= scope.levels
            or not _are_asked_together(question.levels, scope.levels_asked),
            not question.places <= scope.places,
            not question.years <= scope.numbers,
            scope.is_numbered and not question.numbers <= scope.numbers,
            not question.asks <= scope.asks,
            not question.subjects - self._concepts.fields <= scope.subjects,
            not question.actors <= scope.actors,
            _are_apart(question.majors, scope.majors),
            not (scope.has_negative if question.is_negative else scope.has_positive),
        )
        return tuple(compress(_REASONS, differs))

    def doubt(
        self,
        question: Content,
        scope: Scope,
        *,
        hear: Callable[[], frozenset[str]] = lambda: NOTHING,
    ) -> float:
        """Return how much speaks against an entry without being a veto, in 0..1.5.

        A question that does not name what nearly every phrasing of an entry names may say it in
        words that no list has, and one with a number that the entry does not say may only tell of
        whoever asks. `hear` returns concepts that the question only sounds like.
        """
        doubt = _NUMBER if not question.numbers <= scope.numbers else 0.0
        return doubt + NO_CORE if self._lacks_core(question, scope, hear) else doubt

    def _lacks_core(
        self, question: Content, scope: Scope, hear: Callable[[], frozenset[str]]
    ) -> bool:
        unnamed = scope.core.difference(question.levels, question.subjects, question.places)
        if unnamed and not question.levels:
            unnamed -= self._concepts.may_mean(question.subjects)
        # Hearing takes longer than all the rest.
        return bool(unnamed) and not unnamed <= hear()


def _are_apart(asked: frozenset[str], answered: frozenset[str]) -> bool:
    """Return whether both sides name something, and nothing in common."""
    return bool(asked and answered and asked.isdisjoint(answered))


def _are_asked_together(levels: frozenset[str], asked: frozenset[str]) -> bool:
    """Return whether a question that names these levels names all that some phrasing does.

    职高高三 speaks of secondary school although it says 高三: a question on 高三 alone does not.
    """
    return not levels or not asked or any(levels.issuperset(one.split()) for one in asked)


def _in_share(sets: Sequence[frozenset[str]], share: float) -> frozenset[str]:
    """Return what at least this share of `sets` holds."""
    counts = Counter(one for each in sets for one in each)
    return frozenset(one for one, count in counts.items() if count >= share * len(sets))
