"""Reads a normalised text for everything that matching wants to know of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from intents.guard.concepts import Concepts, Found
from intents.guard.guard import Content, Guard
from intents.guard.joints import without_joints
from intents.text.vocabulary import Hollow
from intents.text.words import content_words

_POINTING = frozenset(("it", "they", "them", "these", "those"))
_FEWEST_POINTING = 3


@dataclass(frozen=True, slots=True)
class ReadText:
    """A normalised text, and what is found in it.

    `foreign` are the words of a question that nothing in the knowledge holds, `syllables` those of
    Chinese that was typed by its sound.
    """

    text: str
    found: tuple[Found, ...]
    content: Content
    foreign: tuple[str, ...] = ()
    syllables: tuple[str, ...] = ()

    def telling_words(self) -> tuple[str, ...]:
        """Return the words that name levels, subjects and places, of two characters or more."""
        telling = self.content.levels | self.content.subjects | self.content.places
        words = (one.word for one in self.found if one.concept in telling)
        return tuple(dict.fromkeys(word for word in words if len(word) > 1))

    @property
    def asked(self) -> tuple[str, ...]:
        """Return what kinds of question the text asks."""
        return tuple(one.concept for one in self.found if one.is_ask)

    def concepts(self) -> tuple[str, ...]:
        """Return the concepts in the text, each once, in the order of their words."""
        return tuple(dict.fromkeys(one.concept for one in self.found))


class Reader:
    """Reads texts with one set of concepts."""

    def __init__(self, concepts: Concepts, hollow: Hollow) -> None:
        self._concepts = concepts
        self._hollow = hollow
        self.guard = Guard(concepts)

    def content_words(self, text: str) -> tuple[str, ...]:
        """Return the words of a normalised text that tell something."""
        bare = self._hollow.without(self._concepts.without_frames(text))
        return content_words(bare, self._hollow.__contains__)

    def in_english(self, text: str) -> str:
        """Return a normalised text with the Chinese words that are typed in pinyin in English."""
        return self._concepts.in_english(text)

    def hear(self, syllables: str) -> ReadText:
        """Return what folded syllables, apart by spaces, sound like."""
        found = self._concepts.hear(syllables)
        return ReadText(syllables, found, self._content_of(syllables, found))

    def concepts_heard(self, syllables: str) -> frozenset[str]:
        """Return the concepts alone that folded syllables, apart by spaces, sound like."""
        return frozenset(one.concept for one in self._concepts.hear(syllables))

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the concepts alone that a normalised text holds."""
        # At the end of a question 没 asks and denies nothing.
        return self._concepts.find(without_joints(text).removesuffix("没"))

    def read(self, text: str, *, besides: Iterable[Found] = ()) -> ReadText:
        """Return a normalised text with its concepts and telling content.

        `besides` are concepts that are meant, though they stand elsewhere.
        """
        found = (*self.find(text), *besides)
        return ReadText(text, found, self._content_of(text, found))

    def _content_of(self, text: str, found: tuple[Found, ...]) -> Content:
        return self.guard.read(text, found, says_something=self._says_something)

    def _says_something(self, text: str) -> bool:
        """Return whether a text without subject or level tells what it is about.

        What points back ("how big is it") has to say more than one that does not.
        """
        fewest = _FEWEST_POINTING if _POINTING.intersection(text.split()) else 1
        return len(self.content_words(text)) >= fewest
