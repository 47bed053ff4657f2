"""Finds the entries nearest to a question: wide by index, narrow by edit distance and guard."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from operator import mul

import numpy as np
from numpy.typing import NDArray

from intents.evidence.contrast import NOTHING_STRANGE, Contrast, Strange
from intents.evidence.index import Vector
from intents.evidence.pieces import pieces_of, sound_pieces
from intents.evidence.sense import Sense
from intents.guard import Found, Reader, ReadText
from intents.match import likeness
from intents.match.candidates import NOTHING, Candidate, Without
from intents.match.confidence import WITH_SENSE, Calibration, measure_confidence
from intents.match.counterexamples import Counters
from intents.match.learning import Learned, weights_of
from intents.match.likeness import Compared, as_compared
from intents.match.meaning import Meaning
from intents.match.objections import Objections
from intents.match.phrasebook import Phrasebook
from intents.text.language import contains_han
from intents.text.sounds import Sounds
from intents.text.vocabulary import Vocabulary

_ENTRIES_COMPARED = 6
# How much the classifier says in the choice of entries that are compared closely.
_ODDS_SHARE = 0.06
_FEWEST_SYLLABLES = 2
_LEAST_ODDS = -12.0


@dataclass(frozen=True, slots=True)
class _Sight:
    """A question as the index sees it: its vector, the phrasings' nearness, the form compared."""

    vector: Vector
    base: NDArray[np.float64]
    compared: Compared
    by_sound: bool


class Matcher:
    """Searches what was learned."""

    def __init__(
        self,
        learned: Learned,
        *,
        reader: Reader,
        vocabulary: Vocabulary,
        sounds: Sounds,
        sense: Sense | None = None,
    ) -> None:
        self.learned = learned
        self.sense = sense
        self._by_words: Matcher | None = None
        self.reader = reader
        self.guard = reader.guard
        self.vocabulary = vocabulary
        self.sounds = sounds
        self._ranking = weights_of(learned, sense)
        owners = learned.owners
        self._asks = Phrasebook(learned.texts, learned.starts, sounds=sounds)
        self._counters = Counters(learned.counterexamples, learned.phrasings, sounds=sounds)
        self._objections = Objections(reader, sounds, learned.scopes, idle=learned.calibration.idle)
        self._contrast = Contrast(learned.lexicon)
        self._exact = {
            text: learned.entries[owner]
            for text, owner in zip(learned.texts, owners.tolist(), strict=True)
        }

    def calibrated(self, calibration: Calibration) -> "Matcher":
        """Return one that judges by another calibration, and shares all else with this one."""
        other = copy(self)
        other.learned = replace(self.learned, calibration=calibration)
        other._ranking = weights_of(other.learned, self.sense)  # noqa: SLF001
        other._objections = self._objections.but_for(calibration.idle)  # noqa: SLF001
        return other

    def with_sense(self, sense: Sense) -> "Matcher":
        """Return one that also goes by what things mean; questions typed by sound go as before."""
        calibration = Calibration(idle=self.learned.calibration.idle, model=WITH_SENSE)
        other = self.calibrated(calibration)
        other.sense = sense
        other._by_words = self  # noqa: SLF001 - it is one of us
        other._ranking = weights_of(self.learned, sense)  # noqa: SLF001
        return other

    def read(self, text: str, *, besides: Iterable[Found] = ()) -> ReadText:
        """Return a normalised question with its concepts, telling content and foreign words.

        Pinyin among English words is put into English and slips of the finger are put right first,
        so its text may differ from `text`. `besides` are concepts that are meant, though they stand
        elsewhere.
        """
        syllables = self._syllables_of(text)
        question = self.reader.read(self._put_right(text, syllables), besides=besides)
        known = [found.word for found in question.found]
        foreign = self.vocabulary.foreign_words(question.text, known)
        return replace(question, foreign=foreign, syllables=syllables)

    def asks(self, text: str) -> bool:
        """Return whether a normalised text asks something, as `read` would find."""
        found = self.reader.find(self._put_right(text, self._syllables_of(text)))
        return any(one.is_ask for one in found)

    def _put_right(self, text: str, syllables: Sequence[str]) -> str:
        return self.vocabulary.repair(text if syllables else self.reader.in_english(text))

    def is_typed_by_sound(self, text: str) -> bool:
        """Return whether a normalised text is Chinese that was typed by its sound."""
        return bool(self._syllables_of(text))

    def _syllables_of(self, text: str) -> tuple[str, ...]:
        """Return the syllables of Chinese that was typed by its sound; none of other text.

        It is Latin and all made of syllables, and some of its words are none that are known.
        """
        if contains_han(text) or not self.vocabulary.foreign_words(text):
            return ()
        syllables = self.sounds.split_typed(text) or ()
        return syllables if len(syllables) >= _FEWEST_SYLLABLES else ()

    def exact(self, text: str) -> str | None:
        """Return the entry that has exactly this normalised phrasing, if any."""
        return self._exact.get(self.reader.in_english(text))

    def search(
        self,
        question: ReadText,
        *,
        beside: frozenset[str] = frozenset(),
        without: Without = NOTHING,
    ) -> tuple[Candidate, ...]:
        """Return the nearest entries, best score first, ties by entry id; at most eight.

        Concepts that stand `beside` a question in the same message may be what it is about.
        """
        learned = self.learned
        if not learned.texts:
            return ()
        sight = self._see(question, without.unknown)
        if sight.by_sound and self._by_words is not None:
            return self._by_words.search(question, beside=beside, without=without)
        if sight.by_sound:
            question = self.reader.hear(sight.compared.text)
        base = self._leave_out(sight.base, without)
        odds = self._log_odds(sight.vector, without)
        chosen = self._choose(base, odds)
        meaning = None
        if self.sense is not None:
            meaning = Meaning(self.sense, learned.starts, question.text, without)
            chosen = np.union1d(chosen, meaning.found)
        if not len(chosen):
            return ()
        nearest = self._asks.nearest(chosen.tolist(), base)
        covered = self._shares_held(chosen, sight.vector, without).tolist()
        strange = self._strangeness(question, sight, chosen)
        meant = meaning.measure(chosen) if meaning else [(0.0, 0.0)] * len(chosen)
        table = likeness.measure_all(
            sight.compared,
            nearest,
            [self._asks.compared(own, by_sound=sight.by_sound) for own in nearest],
            [
                (odd, *cosines, share, own.share)
                for odd, cosines, share, own in zip(
                    odds[chosen].tolist(), meant, covered, strange, strict=True
                )
            ],
        )
        scores = [sum(map(mul, self._ranking, row)) for row in table]
        entries = [learned.entries[number] for number in chosen.tolist()]
        order = sorted(range(len(chosen)), key=lambda one: (-scores[one], entries[one]))
        chosen, scores = chosen[order], [scores[one] for one in order]
        covered, strange = [covered[one] for one in order], [strange[one] for one in order]
        objections = self._objections.against(question, chosen.tolist(), without, beside=beside)
        vetoes = [one.vetoes for one in objections]
        foreign = 0 if sight.by_sound else len(question.foreign)
        measures = measure_confidence(
            scores,
            is_clear=[not one for one in vetoes],
            covered=covered,
            known=sight.vector.known,
            foreign=foreign,
            contrast=[one.most * nearest[at][0][1] for one, at in zip(strange, order, strict=True)],
            strangers=[own.share for own in strange],
            counter=self._counters.measure(
                sight.vector,
                sight.compared,
                chosen.tolist(),
                [likeness.blend(table[at]) for at in order],
                by_sound=sight.by_sound,
            ),
            doubt=[one.doubt for one in objections],
        )
        calibration = learned.calibration
        logits = [calibration.logit_of(row) for row in measures]
        return tuple(
            Candidate(
                entry=entries[one],
                phrasing=learned.texts[nearest[one][0][0]],
                score=scores[rank],
                covered=covered[rank],
                known=sight.vector.known,
                foreign=foreign,
                vetoes=vetoes[rank],
                doubt=objections[rank].doubt,
                logit=logits[rank],
                confidence=calibration.confidence_of(logits[rank]),
                parts=table[one],
                measures=measures[rank],
                weights=self._ranking,
                calibration=calibration,
            )
            for rank, one in enumerate(order)
        )

    def _see(self, question: ReadText, unknown: frozenset[int]) -> _Sight:
        """Return the question as the index sees it, by its sound where that is how it was typed."""
        learned = self.learned
        pieces = pieces_of(question.text, question.concepts(), sounds=self.sounds)
        vector = learned.weights.vector(pieces, unknown=unknown)
        base = learned.phrasings.likeness(vector)
        as_typed = _Sight(vector, base, as_compared(question.text), by_sound=False)
        syllables = question.syllables
        if not syllables:
            return as_typed
        heard = learned.weights.vector(sound_pieces(syllables))
        near = learned.phrasings.likeness(heard)
        if near.max() * heard.known <= base.max() * vector.known:
            return as_typed
        text = " ".join(syllables)
        return _Sight(heard, near, Compared(text, text), by_sound=True)

    def _leave_out(self, base: NDArray[np.float64], without: Without) -> NDArray[np.float64]:
        starts = self.learned.starts
        if without.entry is not None:
            base[starts[without.entry] : starts[without.entry + 1]] = 0.0
        if without.phrasing is not None:
            base[without.phrasing] = 0.0
        return base

    def _shares_held(
        self, entries: NDArray[np.int64], vector: Vector, without: Without
    ) -> NDArray[np.float64]:
        """Return for each of `entries` which share of the whole question its phrasings hold."""
        held = self.learned.shares_held(entries, vector)
        if without.owner is not None:
            own = [number in without.held for number in vector.numbers.tolist()]
            held[entries == without.owner] = (vector.weights[own] ** 2).sum()
        return held * vector.known

    def _strangeness(
        self, question: ReadText, sight: _Sight, entries: NDArray[np.int64]
    ) -> list[Strange]:
        """Return how strange the words of the question are to each of `entries`."""
        if sight.by_sound:
            return [NOTHING_STRANGE] * len(entries)
        return self._contrast.measure(self.reader.content_words(question.text), entries)

    def _log_odds(self, vector: Vector, without: Without) -> NDArray[np.float64]:
        """Return the logarithm of every entry's probability; all alike without a classifier."""
        classifier = self.learned.classifier
        if classifier is None:
            return np.zeros(len(self.learned.entries))
        raw = without.odds if without.odds is not None else classifier.log_odds(vector)
        odds = raw.astype(np.float64)
        if without.entry is not None:
            odds[without.entry] = -np.inf
        odds -= odds.max()
        odds -= np.log(np.exp(odds).sum())
        return odds

    def _choose(self, base: NDArray[np.float64], odds: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the numbers of the most promising entries."""
        nearest = np.maximum.reduceat(base, self.learned.starts[:-1])
        promise = nearest + _ODDS_SHARE * np.maximum(odds, _LEAST_ODDS)
        promise[nearest <= 0] = -np.inf
        count = min(_ENTRIES_COMPARED, len(promise))
        best = np.argpartition(-promise, count - 1)[:count]
        return best[nearest[best] > 0]
