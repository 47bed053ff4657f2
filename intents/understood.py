"""What was understood of one message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from intents.match.candidates import Candidate
from intents.match.confidence import Outcome
from intents.text import Language

Kind = Literal["noise", "distress", "chat", "question"]
_MOST_OFFERED = 3
_TOO_MANY_VETOES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a message means.

    `intent` names the small talk when `kind` is `chat`. The rest is for questions: `outcome` says
    what the candidates (best first) are good for, `entry` is set when it is `answer` (`is_exact`:
    word for word one of its phrasings, or its title), `offered` holds at most three entries to
    choose from when it is `offer`, or the nearest ones when it is `miss`. `reason` says why it is
    not an answer.
    `known` are the telling words of the question, `unknown` the English ones that nothing in the
    knowledge holds, `differing` the places it names.

    `message` is what was typed. In a long one `focus` is the part (normalised) that all this rests
    on, and `also` are the entries that answer its other questions, or come nearest.
    """

    text: str
    language: Language
    kind: Kind
    intent: str | None = None
    outcome: Outcome = "miss"
    entry: str | None = None
    is_exact: bool = False
    offered: tuple[str, ...] = ()
    confidence: float = 0.0
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()
    differing: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    message: str = ""
    focus: str = ""
    also: tuple[str, ...] = ()


def with_others(first: Understanding, others: Iterable[Understanding]) -> Understanding:
    """Return `first` with the entries that the other questions of the message are about."""
    entries = (one.entry or one.offered[0] for one in others if one.outcome != "miss")
    return replace(first, also=tuple(dict.fromkeys(e for e in entries if e != first.entry)))


def promise_of(meant: Understanding) -> tuple[bool, float]:
    """Return by what of several readings the best is chosen: an answer first, then confidence."""
    return meant.entry is not None, meant.confidence


def offered_of(outcome: Outcome, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Return what may be meant where nothing is sure enough, the likeliest first.

    What the guard has two things against is not even offered: it shares a year, or a word.
    """
    if outcome == "answer":
        return ()
    likely = sorted(candidates, key=lambda one: (-one.confidence, one.entry))
    if outcome == "offer":
        likely = [one for one in likely if len(one.vetoes) < _TOO_MANY_VETOES]
    return tuple(one.entry for one in likely[:_MOST_OFFERED])
