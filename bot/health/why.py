"""Finds out why a question is answered as it is; records nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.answering import Answerer
from bot.memory.masking import mask, mask_numbers
from bot.reply import Outcome, Question, Reply
from intents import Candidate, Language, Understander, Understanding, Variant
from intents.match.confidence import WEIGHTS
from intents.match.likeness import MEASURES
from intents.text.language import count_scripts
from knowledge import Knowledge

# What decided: small talk or noise, a phrasing word for word, the candidates, the majors, or both.
By = Literal["talk", "phrasing", "candidates", "catalogue", "both"]
_MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was measured, and how much it counts."""

    name: str
    value: float
    weight: float

    @property
    def share(self) -> float:
        """Return what it adds."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """An entry that the question may mean, and what speaks for and against it.

    `score` is the sum of `score_parts`. The logit is `bias` and the sum of `confidence_parts`; the
    confidence is the logistic function of `slope` times it plus `offset`. From `answers_from` on it
    would be the answer, unless something vetoes it.
    """

    entry: str
    title: str
    phrasing: str
    score: float
    score_parts: tuple[Part, ...]
    confidence: float
    logit: float
    bias: float
    slope: float
    offset: float
    confidence_parts: tuple[Part, ...]
    vetoes: tuple[str, ...]
    answers_from: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a question is answered as it is.

    `question` and what comes from it are masked. `focus` is the part of a long message that all
    rests on, empty for the whole. `han` counts its Chinese characters, `words` those in Latin
    letters. `outcome`, `entry`, `reason` and `confidence` are those of the reply; `candidates` the
    five best by score, also where something else decided (`by`).
    """

    question: str
    normalised: str
    focus: str
    language: Language
    han: int
    words: int
    by: By
    intent: str | None
    outcome: Outcome
    entry: str | None
    reason: str | None
    confidence: float
    candidates: tuple[Considered, ...]
    offers_from: float
    knowledge_version: str
    matcher: Variant


def find_out_why(
    question: Question, answerer: Answerer, understander: Understander, *, today: date
) -> Why:
    """Return why `question` is answered as it is with this knowledge."""
    meant = understander.understand(question.text, otherwise=question.hint or "en")
    reply = answerer.answer(question, today=today)
    masked = mask(question.text)
    scripts = count_scripts(question.text)
    return Why(
        question=masked,
        normalised=mask_numbers(answerer.normalise(masked)),
        focus=mask(meant.focus),
        language=reply.language,
        han=scripts.han,
        words=scripts.words,
        by=_find_decider(meant, reply, answerer.knowledge),
        intent=reply.intent,
        outcome=reply.outcome,
        entry=reply.entry,
        reason=reply.reason,
        confidence=reply.confidence,
        candidates=tuple(
            _consider(one, reply.language, answerer.knowledge)
            for one in meant.candidates[:_MOST_CANDIDATES]
        ),
        offers_from=understander.calibration.offers_from,
        knowledge_version=answerer.knowledge.version,
        matcher=understander.variant,
    )


def _find_decider(meant: Understanding, reply: Reply, knowledge: Knowledge) -> By:
    if meant.kind != "question":
        return "talk"
    shown = {one.entry for one in reply.choices} if reply.is_offer else {reply.entry} - {None}
    is_of_majors = bool(shown - knowledge.answers.keys()) or reply.reason == "not_in_catalogue"
    if is_of_majors:
        return "both" if shown & knowledge.answers.keys() else "catalogue"
    return "phrasing" if meant.is_exact else "candidates"


def _consider(found: Candidate, language: Language, knowledge: Knowledge) -> Considered:
    answer = knowledge.answers[found.entry]
    calibration = found.calibration
    bias, *weights = calibration.model
    has_high_stakes = knowledge.topics[answer.topic].high_stakes
    return Considered(
        entry=found.entry,
        title=answer.title.in_(language),
        phrasing=found.phrasing,
        score=found.score,
        score_parts=_make_parts(MEASURES, found.parts, found.weights),
        confidence=found.confidence,
        logit=found.logit,
        bias=bias,
        slope=calibration.slope,
        offset=calibration.bias,
        confidence_parts=_make_parts(WEIGHTS, found.measures, weights),
        vetoes=found.vetoes,
        answers_from=calibration.answers_from(has_high_stakes=has_high_stakes),
    )


def _make_parts(
    names: Iterable[str], values: Iterable[float], weights: Iterable[float]
) -> tuple[Part, ...]:
    return tuple(Part(*one) for one in zip(names, values, weights, strict=True))
