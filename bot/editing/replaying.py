"""Tries changed knowledge on all past questions and on every held-out phrasing."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.answering import Answerer
from bot.editing.outcomes import Changed, Replay, Verdict
from bot.reply import Question
from intents import Language
from storage.editing import PastQuestion

# Of each verdict, so that none crowds out another.
_MOST_EXAMPLES = 40
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Entries, each with a question (masked) to which it is no answer.
Denied = frozenset[tuple[str | None, str]]
NOTHING_DENIED: Denied = frozenset()
_ORDER: tuple[Verdict, ...] = ("broken", "changed", "fixed")


def replay(
    past: Sequence[PastQuestion],
    *,
    before: Answerer,
    after: Answerer,
    meant: str | None,
    denied: Denied = NOTHING_DENIED,
    is_undoing: bool = False,
    today: date,
    budget_s: float,
    tell: Callable[[int, int], None],
    known: int | None = None,
    clock_s: Callable[[], float] = time.monotonic,
) -> Replay:
    """Return what `after` answers otherwise than `before`.

    Every held-out phrasing is asked; of `past`, its first questions, for at most `budget_s`
    seconds. `meant` is the entry that the change is about: a question that had no answer and now
    gets that one is fixed, and so is one that is rid of an answer that it is `denied`; taking a
    decision back (`is_undoing`) fixes nothing. `tell` is told how many of how many were asked;
    `known` says how many past questions there are where `past` are only the newest.
    """
    held_out = [*_held_out(before)]
    if meant is not None and meant not in before.knowledge.answers:
        held_out += [one for one in _held_out(after) if one[0] == meant]
    total = len(held_out) + len(past)
    denied = frozenset((entry, before.normalise(text)) for entry, text in denied)
    found: list[Changed] = []
    for number, (entry, text, language, must_find) in enumerate(held_out, start=1):
        if _finds(after, text, language, today, entry) != must_find:
            was = _ask(before, text, language, today)
            if (was == entry) == must_find:
                now = _ask(after, text, language, today)
                found.append(
                    Changed(text=text, verdict="broken", before=was, after=now, held_out_of=entry)
                )
        tell(number, total)
    end_s = clock_s() + budget_s
    asked = 0
    for question in past:
        if clock_s() >= end_s:
            break
        asked += 1
        spoken: Language = "zh" if question.language == "zh" else "en"
        now = _ask(after, question.text, spoken, today)
        was = _ask(before, question.text, spoken, today)
        is_denied = (was, before.normalise(question.text)) in denied
        is_gain = not is_undoing and meant in {None, now}
        gain: Verdict = "fixed" if is_gain else "changed"
        loss: Verdict = "fixed" if is_denied else "broken"
        changed = _compare(question, was, now, gain=gain, loss=loss)
        if changed is not None:
            found.append(changed)
        tell(len(held_out) + asked, total)
    known = max(known or 0, len(past))
    return _sum_up(found, asked=asked, known=known, held_out=len(held_out))


def _held_out(answerer: Answerer) -> Iterator[tuple[str, str, Language, bool]]:
    for answer in answerer.knowledge.answers.values():
        for language in _LANGUAGES:
            for text in answer.hits.in_(language):
                yield answer.id, text, language, True
            for text in answer.misses.in_(language):
                yield answer.id, text, language, False


def _compare(
    question: PastQuestion, was: str | None, now: str | None, *, gain: Verdict, loss: Verdict
) -> Changed | None:
    if now == was:
        return None
    verdict: Verdict = loss if now is None else gain if was is None else "changed"
    return Changed(text=question.text, verdict=verdict, before=was, after=now, times=question.times)


def _finds(answerer: Answerer, text: str, language: Language, today: date, entry: str) -> bool:
    return _ask(answerer, text, language, today) == entry


def _ask(answerer: Answerer, text: str, language: Language, today: date) -> str | None:
    reply = answerer.answer(Question(text=text, front="cli", hint=language), today=today)
    return reply.entry if reply.outcome == "answered" else None


def _sum_up(found: Sequence[Changed], *, asked: int, known: int, held_out: int) -> Replay:
    counts: dict[Verdict, int] = dict.fromkeys(_ORDER, 0)
    for one in found:
        counts[one.verdict] += one.times
    examples = tuple(
        one
        for verdict in _ORDER
        for one in sorted(
            (each for each in found if each.verdict == verdict),
            key=lambda one: (-one.times, one.text),
        )[:_MOST_EXAMPLES]
    )
    return Replay(
        fixed=counts["fixed"],
        changed=counts["changed"],
        broken=counts["broken"],
        examples=examples,
        unshown=len(found) - len(examples),
        asked=asked,
        known=known,
        held_out=held_out,
    )
