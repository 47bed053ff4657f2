"""Learns subjects: makes of their phrasings and answers what the matcher searches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from intents.match.grams import character_grams
from intents.match.guard import Scope
from intents.match.index import GramIndex, build_index
from intents.match.reading import Reader
from intents.match.vocabulary import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that can be found: an entry, its phrasings, and what it would say.

    `says` is every text of the answer, titles included; the guard reads it.
    """

    entry: str
    phrasings: tuple[str, ...]
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """All that is known of the subjects: plain data that can be kept on disk.

    `entries` and `scopes` go by entry, `texts` (normalised) and `owners` (the number of the entry)
    by phrasing; `vocabulary` holds every word of phrasings and answers.
    """

    entries: tuple[str, ...]
    scopes: tuple[Scope, ...]
    texts: tuple[str, ...]
    owners: tuple[int, ...]
    vocabulary: tuple[str, ...]
    words: GramIndex
    characters: GramIndex


def learn(
    subjects: Sequence[Subject], *, normalise: Callable[[str], str], reader: Reader
) -> Learned:
    """Return what is to be known of `subjects`."""
    texts: list[str] = []
    owners: list[int] = []
    scopes: list[Scope] = []
    said: list[str] = []
    words: list[Mapping[str, float]] = []
    for number, subject in enumerate(subjects):
        phrasings = [reader.read(normalise(phrasing)) for phrasing in subject.phrasings]
        says = reader.read(normalise(subject.says))
        texts += [phrasing.text for phrasing in phrasings]
        owners += [number] * len(phrasings)
        words += [phrasing.word_grams() for phrasing in phrasings]
        scopes.append(reader.guard.scope([one.content for one in phrasings], says.content))
        said.append(says.text)
    return Learned(
        entries=tuple(subject.entry for subject in subjects),
        scopes=tuple(scopes),
        texts=tuple(texts),
        owners=tuple(owners),
        vocabulary=words_of([*texts, *said]),
        words=build_index(words, owners),
        characters=build_index([character_grams(text) for text in texts], owners),
    )
