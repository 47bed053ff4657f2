"""What a message means: the one face of this package."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Literal

from intents.asking import Asides, find_questions
from intents.evidence.index import Floats
from intents.evidence.sense import make_sense
from intents.guard import NO_MAJORS, Concepts, Reader, ReadText
from intents.match.alike import Alike
from intents.match.calibrating import calibrate
from intents.match.candidates import Candidate
from intents.match.confidence import Calibration, decide
from intents.match.keeping import digest_of, recall, recall_calibration
from intents.match.learning import Learned, Lesson, Subject, learn
from intents.match.matcher import Matcher
from intents.semantic import Encoder, encode_cached
from intents.talk import DistressSigns, SmallTalk, is_noise
from intents.text import Language, Normaliser, detect_language
from intents.text.parts import split_clauses
from intents.text.sounds import Sounds
from intents.text.vocabulary import Hollow, Vocabulary, words_of
from intents.understood import Understanding, offered_of, promise_of, with_others
from intents.wordlists import Cache, WordLists

Variant = Literal["lexical", "semantic"]
# Nobody asks more in one breath.
_MOST_CLAUSES = 6


class Understander:
    """Understands messages with a fixed vocabulary; the same message always means the same."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        *,
        words: WordLists,
        normaliser: Normaliser,
        cache: Cache | None = None,
        rules: str = "",
        spell: Normaliser | None = None,
        majors: Mapping[str, str] = NO_MAJORS,
        trusts_guard: bool = False,
        before_learning: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare to understand questions about `subjects`.

        What is learned from them is kept in `cache` and used again until they, the word lists or
        `rules`, which stands for the code, change; `before_learning` is called when they have.
        `spell` normalises as `normaliser` does, and may remember words that never change.
        `majors` are names, each with what it names: a question about one is not answered with
        something about another. `trusts_guard` says that the word lists were written for these
        subjects; else each reason of the guard has to prove itself on their phrasings.
        """
        spell = spell or normaliser
        self._small_talk = SmallTalk(words.chat, spell)
        self._distress = DistressSigns(words.distress, spell)
        self._asides = Asides(words.fillers.introducers)
        sounds = Sounds(words.pinyin)
        concepts = Concepts(
            words.concepts, words.places, spell, majors=majors, sounds=sounds, common=words.common
        )
        reader = Reader(concepts, Hollow(words.hollow, spell))
        listed = [word for one in words.concepts for word in (*one.zh, *one.en)]
        listed += (*words.places.zh, *words.places.en)
        spoken = words_of(map(spell.plain, listed))

        def match_with(learned: Learned) -> Matcher:
            vocabulary = Vocabulary(
                (*learned.vocabulary, *spoken), words.hollow, spell, common=words.common
            )
            return Matcher(learned, reader=reader, vocabulary=vocabulary, sounds=sounds)

        def teach() -> Lesson:
            return learn(subjects, normaliser=normaliser, reader=reader, sounds=sounds)

        def learn_anew() -> Learned:
            before_learning()
            lesson = teach()
            return calibrate(lesson, match_with(lesson.learned), trusts_guard=trusts_guard)

        self._teach = teach
        self._trusts_guard = trusts_guard
        self._cache = cache
        self._digest = digest_of(
            subjects, words.model_dump_json() + rules + repr(sorted(majors.items()))
        )
        learned = learn_anew() if cache is None else recall(cache, self._digest, learn_anew)
        self._matcher = match_with(learned)
        self._titles: dict[str, str] = {}
        for subject in subjects:
            for title in subject.titles:
                self._titles.setdefault(spell(title), subject.entry)
        self.normalise = normaliser.keeping(frozenset(learned.telling))

    def use_meaning(self, encoder: Encoder) -> None:
        """Go by what things mean as well, from the next question on.

        Takes some seconds the first time; what was found out is kept in the cache. It may run in
        another thread.
        """
        lexical, cache = self._matcher, self._cache
        learned = lexical.learned

        def encode(texts: Sequence[str]) -> Floats:
            return encode_cached(cache, encoder, texts)

        if not learned.texts:
            return
        sensed = lexical.with_sense(make_sense(encoder, learned.texts, learned.starts, encode))

        def calibrate_anew() -> Calibration:
            return calibrate(self._teach(), sensed, trusts_guard=self._trusts_guard).calibration

        calibration = (
            calibrate_anew()
            if cache is None
            else recall_calibration(cache, f"{self._digest}-{encoder.name}", calibrate_anew)
        )
        self._matcher = sensed.calibrated(calibration)

    @property
    def variant(self) -> Variant:
        """Return by what questions are matched now."""
        return "lexical" if self._matcher.sense is None else "semantic"

    def calibrated(self, calibration: Calibration) -> "Understander":
        """Return one that judges by another calibration, and shares all else with this one."""
        other = copy(self)
        other._matcher = self._matcher.calibrated(calibration)  # noqa: SLF001 - it is one of us
        return other

    def alike(self) -> Alike:
        """Return what tells whether two normalised questions ask the same."""
        matcher = self._matcher
        return Alike(matcher.reader, matcher.vocabulary, matcher.sounds, matcher.learned.weights)

    @property
    def calibration(self) -> Calibration:
        """Return what the knowledge found out about itself: thresholds above all."""
        return self._matcher.learned.calibration

    def understand(self, text: str, *, otherwise: Language = "en") -> Understanding:
        """Return what `text` means; `otherwise` is the language of a message that shows none."""
        return self.match(self.recognise(text, otherwise=otherwise))

    def recognise(self, text: str, *, otherwise: Language = "en") -> Understanding:
        """Return what kind of message `text` is, and its answer where it is an exact phrasing.

        That much is cheap; `match` finds out what any other question means.
        """
        plain = self.normalise.plain(text)
        language = detect_language(text, otherwise=otherwise)
        if self._distress.found_in(plain):
            return Understanding(text=plain, language=language, kind="distress")
        intent = self._small_talk.recognise(plain)
        if intent is not None:
            return Understanding(text=plain, language=language, kind="chat", intent=intent)
        if is_noise(plain):
            return Understanding(text=plain, language=language, kind="noise")
        message, text = text, self.normalise.strip(plain)
        exact = self._matcher.exact(text) or self._titles.get(text)
        if self._matcher.is_typed_by_sound(text):
            language = "zh"
        return Understanding(
            text=text,
            message=message,
            language=language,
            kind="question",
            outcome="answer" if exact else "miss",
            entry=exact,
            is_exact=exact is not None,
            confidence=1.0 if exact else 0.0,
        )

    def match(self, recognised: Understanding) -> Understanding:
        """Return what a recognised question means, with its candidates; anything else as it is.

        Of a long message the questions in it are understood by themselves. The first that can be
        answered is, the others are `also`.
        """
        if recognised.kind != "question":
            return recognised
        whole = self._matcher.read(recognised.text)
        meant = self._judge(recognised, whole)
        if recognised.is_exact:
            return meant
        if meant.entry is None:
            meant = max((meant, *self._without_asides(recognised, whole)), key=promise_of)
        questions = [
            max((self._judge_part(recognised, whole, part) for part in wordings), key=promise_of)
            for wordings in find_questions(recognised.message, asks=self._asks)
        ]
        if len(questions) <= 1:
            by_clauses = self._by_clauses(recognised, whole)
            return by_clauses or max((meant, *questions), key=promise_of)
        answered = [number for number, one in enumerate(questions) if one.entry is not None]
        if not answered:
            return max((meant, *questions), key=promise_of)
        first = questions.pop(answered[0])
        return with_others(first, questions)

    def _without_asides(self, recognised: Understanding, whole: ReadText) -> list[Understanding]:
        """Return what is meant but for what is beside the point, nothing where nothing is."""
        point = self._asides.leave_out(
            recognised.message, names=self._names, asks=self._asks, asks_fact=self._asks_fact
        )
        return [] if point is None else [self._judge_part(recognised, whole, point)]

    def _by_clauses(self, recognised: Understanding, whole: ReadText) -> Understanding | None:
        """Return what the first clause asks, if all are questions with answers of their own."""
        clauses = split_clauses(recognised.message)
        if not 1 < len(clauses) <= _MOST_CLAUSES or not all(map(self._asks, clauses)):
            return None
        first, *others = (self._judge_part(recognised, whole, one) for one in clauses)
        entries = {one.entry for one in (first, *others)}
        is_each_answered = None not in entries and len(entries) == len(clauses)
        return with_others(first, others) if is_each_answered else None

    def _judge(
        self, recognised: Understanding, question: ReadText, *, whole: ReadText | None = None
    ) -> Understanding:
        """Return what a question means; `whole` is the message where it is a part of one.

        What a part is about may stand elsewhere in the message, but somewhere it must stand.
        """
        if whole is None:
            candidates = self._matcher.search(question)
        else:
            found = self._matcher.search(question, beside=frozenset(whole.concepts()))
            candidates = tuple(one.named for one in found)
        if recognised.is_exact:
            return replace(recognised, candidates=candidates)
        outcome, chosen, reason = decide(
            candidates, self.calibration, self._matcher.learned.high_stakes
        )
        likeliest = max((one.confidence for one in candidates), default=0.0)
        offered = offered_of(outcome, candidates)
        if outcome == "offer" and not offered:
            outcome = "miss"
        return replace(
            recognised,
            outcome=outcome,
            entry=chosen.entry if chosen and outcome == "answer" else None,
            offered=offered,
            confidence=chosen.confidence if chosen else likeliest,
            reason=reason,
            candidates=candidates,
            differing=tuple(one.word for one in question.found if one.concept.startswith("place:")),
            # A word that was only made by putting a slip right is not the person's own.
            known=tuple(word for word in question.telling_words() if word in recognised.text),
            unknown=tuple(word for word in question.foreign if len(word) > 1),
        )

    def _judge_part(self, recognised: Understanding, whole: ReadText, part: str) -> Understanding:
        """Return what a part of a message means, its level taken from the rest if need be."""
        question = self._matcher.read(self.normalise(part))
        levels = whole.content.levels
        if not question.content.levels and len(levels) == 1:
            level = (found for found in whole.found if found.concept in levels)
            question = self._matcher.read(question.text, besides=level)
        return replace(self._judge(recognised, question, whole=whole), focus=question.text)

    def asks_whether(self, text: str) -> bool:
        """Return whether a normalised text asks if something is possible."""
        return "whether" in self._matcher.read(text).asked

    def _names(self, part: str) -> bool:
        """Return whether a part of a message says something that the guard would hold on to."""
        return self._matcher.read(self.normalise(part)).content.is_telling

    def _asks_fact(self, part: str) -> bool:
        """Return whether a part of a message asks for something else than a yes or a no."""
        return bool(self._matcher.read(self.normalise(part)).content.asks)

    def _asks(self, part: str) -> bool:
        return self._matcher.asks(self.normalise(part))

    def candidates(self, text: str) -> tuple[Candidate, ...]:
        """Return the entries that a question may mean, best score first."""
        question = self._matcher.read(self.normalise(text))
        return self._matcher.search(question)
