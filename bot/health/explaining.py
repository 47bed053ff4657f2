"""Puts into words why a question is answered as it is."""

from collections.abc import Iterator, Sequence

from bot.health.why import Considered, Part, Why
from bot.words.wording import Wording
from intents import Language

# A part that changes less is left out of a sum.
_LEAST_SHARE = 0.005


def explain(why: Why, say: Wording, language: Language) -> str:
    """Return it as plain text: the decision first, then each candidate with its sums."""
    return "\n".join([*_tell_decision(why, say, language), *_tell_candidates(why, say, language)])


def _tell_decision(why: Why, say: Wording, language: Language) -> Iterator[str]:
    yield say("explain.question", language, text=" ".join(why.question.split()))
    yield say("explain.normalised", language, text=why.normalised)
    if why.focus:
        yield say("explain.focus", language, text=why.focus)
    yield say(
        "explain.language", language, spoken=why.language, characters=why.han, words=why.words
    )
    outcome = say(f"outcome.{why.outcome}", language)
    yield say(
        "explain.outcome", language, outcome=outcome, by=say(f"explain.by.{why.by}", language)
    )
    if why.intent is not None:
        yield say("explain.intent", language, intent=why.intent)
    if why.entry is not None:
        yield say("explain.entry", language, entry=why.entry, confidence=f"{why.confidence:.3f}")
    if why.reason is not None:
        yield say("explain.reason", language, reason=why.reason)
    yield say("explain.offers_from", language, threshold=f"{why.offers_from:.3f}")
    yield say("explain.version", language, version=why.knowledge_version, matcher=why.matcher)


def _tell_candidates(why: Why, say: Wording, language: Language) -> Iterator[str]:
    if not why.candidates:
        yield say("explain.no_candidates", language)
    for number, one in enumerate(why.candidates, start=1):
        yield ""
        yield from _tell_candidate(number, one, say, language)


def _tell_candidate(
    number: int, one: Considered, say: Wording, language: Language
) -> Iterator[str]:
    yield f"{number}. {one.title} [{one.entry}]"
    for line in (
        say("explain.phrasing", language, text=one.phrasing),
        say(
            "explain.score",
            language,
            score=f"{one.score:.2f}",
            parts=_add_up(one.score_parts, say, language),
        ),
        say(
            "explain.logit",
            language,
            logit=f"{one.logit:.2f}",
            bias=f"{one.bias:.2f}",
            parts=_add_up(one.confidence_parts, say, language, is_continued=True),
        ),
        say(
            "explain.confidence",
            language,
            confidence=f"{one.confidence:.3f}",
            slope=f"{one.slope:.2f}",
            logit=f"{one.logit:.2f}",
            offset=f"{'-' if one.offset < 0 else '+'} {abs(one.offset):.2f}",
            threshold=f"{one.answers_from:.3f}",
        ),
    ):
        yield f"   {line}"
    if one.vetoes:
        vetoes = say("list_separator", language).join(one.vetoes)
        yield f"   {say('explain.vetoes', language, vetoes=vetoes)}"


def _add_up(
    parts: Sequence[Part], say: Wording, language: Language, *, is_continued: bool = False
) -> str:
    """Return the parts as a sum; one that is continued begins with its sign."""
    terms = [
        f"{'-' if part.share < 0 else '+'} {abs(part.share):.2f} "
        f"{say(f'explain.part.{part.name}', language)}"
        for part in parts
        if abs(part.share) >= _LEAST_SHARE
    ]
    text = " ".join(terms) or "+ 0"
    return text if is_continued else text.removeprefix("+ ")
