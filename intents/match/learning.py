"""Learns subjects: makes of their phrasings and answers what the matcher searches."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from intents.evidence.classifier import Classifier, Training, train
from intents.evidence.contrast import Lexicon, build_lexicon
from intents.evidence.holdings import Holdings, build_holdings
from intents.evidence.index import Postings, Vector, Weights, build_postings, weigh
from intents.evidence.pieces import pieces_of
from intents.evidence.sense import Sense
from intents.guard import Content, Guard, Reader, ReadText, Scope
from intents.match import likeness
from intents.match.confidence import Calibration
from intents.match.counterexamples import Counterexamples
from intents.text import Normaliser
from intents.text.sounds import Sounds
from intents.text.vocabulary import words_of

# A filler is telling when at most this share of the entries hold it, one of them this often.
_FEW = 0.1
_OFTEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that can be found: an entry, its phrasings, and what it would say.

    `titles` is what it is called: who asks by exactly that means it, but nothing is learned from
    them, for they are no questions. `says` is every text of the answer, titles included; the guard
    reads it. `counterexamples` look like its phrasings and ask something else. An entry with high
    `stakes` is only answered when it is surer than others.
    """

    entry: str
    phrasings: tuple[str, ...]
    titles: tuple[str, ...] = ()
    says: str = ""
    counterexamples: tuple[str, ...] = ()
    has_high_stakes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """All that is known of the subjects: plain data that can be kept on disk.

    `entries`, `scopes` and `high_stakes` go by entry. `texts` (normalised) go by phrasing; those of
    entry number n are numbers `starts[n]` to `starts[n + 1]`. `vocabulary` holds every word of
    phrasings and answers, `telling` words that are fillers elsewhere. `holdings` says which pieces
    each entry has.
    """

    entries: tuple[str, ...]
    scopes: tuple[Scope, ...]
    high_stakes: frozenset[str]
    texts: tuple[str, ...]
    starts: NDArray[np.int64]
    vocabulary: tuple[str, ...]
    weights: Weights
    phrasings: Postings
    holdings: Holdings
    lexicon: Lexicon
    classifier: Classifier | None
    counterexamples: Counterexamples
    telling: tuple[str, ...] = ()
    calibration: Calibration = field(default_factory=Calibration)

    def shares_held(self, entries: NDArray[np.int64], vector: Vector) -> NDArray[np.float64]:
        """Return for each of `entries` (numbers) the share of `vector` that its phrasings hold."""
        squares = vector.weights.astype(np.float64) ** 2
        shares: NDArray[np.float64] = squares @ self.holdings.of(vector.numbers, entries)
        return shares

    @property
    def owners(self) -> NDArray[np.int64]:
        """Return for every phrasing the number of its entry."""
        return np.repeat(np.arange(len(self.entries)), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned, and how: with it can be told what would be known without a phrasing."""

    learned: Learned
    vectors: tuple[Vector, ...]
    contents: tuple[Content, ...]
    said: tuple[Content, ...]
    training: Training | None

    def scope_without(self, guard: Guard, phrasing: int, owner: int) -> Scope:
        """Return what entry number `owner` would be about without `phrasing`, one of its own."""
        start, end = self.learned.starts[owner : owner + 2].tolist()
        others = (*self.contents[start:phrasing], *self.contents[phrasing + 1 : end])
        return guard.scope(others, self.said[owner])

    def held_by_few(self, vector: Vector, owner: int) -> tuple[frozenset[int], frozenset[int]]:
        """Return which pieces of `vector` stand in one phrasing, and in one entry, alone."""
        starts = self.learned.phrasings.starts
        rows = self.learned.phrasings.rows
        once, own = set(), set()
        owners = self.learned.owners
        for number in vector.numbers.tolist():
            holders = rows[starts[number] : starts[number + 1]]
            if len(holders) == 1:
                once.add(number)
            if (owners[holders] == owner).all():
                own.add(number)
        return frozenset(once), frozenset(own)

    def pieces_without(self, phrasing: int, owner: int) -> frozenset[int]:
        """Return the pieces that entry number `owner` would hold without `phrasing`."""
        start, end = self.learned.starts[owner : owner + 2].tolist()
        others = (*self.vectors[start:phrasing], *self.vectors[phrasing + 1 : end])
        return frozenset(number for one in others for number in one.numbers.tolist())


def find_telling_fillers(subjects: Sequence[Subject], normaliser: Normaliser) -> frozenset[str]:
    """Return the polite words that tell entries apart here, and so are none.

    In small talk "tell me" or 你好 may be all that an entry is about.
    """
    holders: dict[str, Counter[int]] = defaultdict(Counter)
    for number, subject in enumerate(subjects):
        for phrasing in subject.phrasings:
            for word in normaliser.ends_of(phrasing):
                holders[word][number] += 1
    few = max(1.0, _FEW * len(subjects))
    return frozenset(
        word
        for word, entries in holders.items()
        if len(entries) <= few and max(entries.values()) >= _OFTEN
    )


def learn(
    subjects: Sequence[Subject],
    *,
    normaliser: Normaliser,
    reader: Reader,
    sounds: Sounds,
) -> Lesson:
    """Return what is to be known of `subjects`, not yet calibrated."""
    telling = find_telling_fillers(subjects, normaliser)
    normalise = normaliser.keeping(telling)

    def read(text: str) -> ReadText:
        return reader.read(reader.in_english(normalise(text)))

    texts: list[str] = []
    starts = [0]
    scopes: list[Scope] = []
    said: list[ReadText] = []
    words: list[tuple[str, ...]] = []
    documents = []
    contents: list[Content] = []
    for subject in subjects:
        phrasings = [read(phrasing) for phrasing in subject.phrasings]
        says = read(subject.says)
        texts += [one.text for one in phrasings]
        starts.append(len(texts))
        documents += [pieces_of(one.text, one.concepts(), sounds=sounds) for one in phrasings]
        own = [one.content for one in phrasings]
        contents += own
        scopes.append(reader.guard.scope(own, says.content))
        said.append(says)
        everything = " / ".join((*(one.text for one in phrasings), says.text))
        words.append(reader.content_words(everything))
    weights = weigh(documents)
    vectors = tuple(weights.vector(document) for document in documents)
    count = len(weights.pieces)
    owners = np.repeat(np.arange(len(subjects)), np.diff(starts))
    training = train(vectors, owners, pieces=count) if vectors else None
    learned = Learned(
        entries=tuple(subject.entry for subject in subjects),
        scopes=tuple(scopes),
        high_stakes=frozenset(one.entry for one in subjects if one.has_high_stakes),
        texts=tuple(texts),
        starts=np.array(starts, np.int64),
        vocabulary=words_of([*texts, *(one.text for one in said)]),
        weights=weights,
        phrasings=build_postings(vectors, count),
        holdings=build_holdings(_pieces_of_entries(vectors, starts), count),
        lexicon=build_lexicon(words),
        classifier=training.classifier if training else None,
        counterexamples=_learn_counterexamples(subjects, read, weights, sounds),
        telling=tuple(sorted(telling)),
    )
    return Lesson(learned, vectors, tuple(contents), tuple(one.content for one in said), training)


def _learn_counterexamples(
    subjects: Sequence[Subject], read: Callable[[str], ReadText], weights: Weights, sounds: Sounds
) -> Counterexamples:
    """Return the counterexamples of `subjects`, by what `weights` knows of their pieces."""
    own = [[read(one) for one in subject.counterexamples] for subject in subjects]
    every = [one for some in own for one in some]
    vectors = [weights.vector(pieces_of(one.text, one.concepts(), sounds=sounds)) for one in every]
    return Counterexamples(
        texts=tuple(one.text for one in every),
        starts=np.cumsum([0, *map(len, own)]).astype(np.int64),
        postings=build_postings(vectors, len(weights.pieces)),
    )


def _pieces_of_entries(vectors: Sequence[Vector], starts: Sequence[int]) -> list[list[int]]:
    """Return the numbers of all pieces of each entry."""
    return [
        [number for vector in vectors[start:end] for number in vector.numbers.tolist()]
        for start, end in pairwise(starts)
    ]


def weights_of(learned: Learned, sense: Sense | None) -> tuple[float, ...]:
    """Return how much each measure of likeness counts: tuned, or built in for what there is."""
    if learned.calibration.ranking:
        return learned.calibration.ranking
    if sense is not None:
        return likeness.WITH_SENSE
    has_classifier = learned.classifier is not None
    return likeness.WITH_CLASSIFIER if has_classifier else likeness.WITHOUT_CLASSIFIER
