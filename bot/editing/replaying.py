"""Tries changed knowledge on all past questions and on every held-out phrasing."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.answering import Answerer
from bot.editing.outcomes import Changed, Replay
from bot.reply import Question
from intents import Language
from storage.editing import PastQuestion

_MOST_EXAMPLES = 12
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_ORDER = {"broken": 0, "changed": 1, "fixed": 2}


def replay(
    past: Sequence[PastQuestion],
    *,
    before: Answerer,
    after: Answerer,
    meant: str | None,
    today: date,
    budget_s: float,
    tell: Callable[[int, int], None],
    clock_s: Callable[[], float] = time.monotonic,
) -> Replay:
    """Return what `after` answers otherwise than `before`.

    Every held-out phrasing is asked; of `past`, its first questions, for at most `budget_s`
    seconds. `meant` is the entry that the change is about: a question that had no answer and now
    gets that one is fixed. `tell` is told how many of how many were asked.
    """
    held_out = [*_held_out(before)]
    if meant is not None and meant not in before.knowledge.answers:
        held_out += [one for one in _held_out(after) if one[0] == meant]
    total = len(held_out) + len(past)
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
        changed = _compare(question, before, after, meant, today)
        if changed is not None:
            found.append(changed)
        tell(len(held_out) + asked, total)
    return _sum_up(found, asked=asked, known=len(past), held_out=len(held_out))


def _held_out(answerer: Answerer) -> Iterator[tuple[str, str, Language, bool]]:
    for answer in answerer.knowledge.answers.values():
        for language in _LANGUAGES:
            for text in answer.hits.in_(language):
                yield answer.id, text, language, True
            for text in answer.misses.in_(language):
                yield answer.id, text, language, False


def _compare(
    question: PastQuestion, before: Answerer, after: Answerer, meant: str | None, today: date
) -> Changed | None:
    language: Language = "zh" if question.language == "zh" else "en"
    now = _ask(after, question.text, language, today)
    was = _ask(before, question.text, language, today)
    if now == was:
        return None
    if now is None:
        return Changed(
            text=question.text, verdict="broken", before=was, after=now, times=question.times
        )
    is_fixed = was is None and (meant is None or now == meant)
    return Changed(
        text=question.text,
        verdict="fixed" if is_fixed else "changed",
        before=was,
        after=now,
        times=question.times,
    )


def _finds(answerer: Answerer, text: str, language: Language, today: date, entry: str) -> bool:
    return _ask(answerer, text, language, today) == entry


def _ask(answerer: Answerer, text: str, language: Language, today: date) -> str | None:
    reply = answerer.answer(Question(text=text, front="cli", hint=language), today=today)
    return reply.entry if reply.outcome == "answered" else None


def _sum_up(found: Sequence[Changed], *, asked: int, known: int, held_out: int) -> Replay:
    counts = dict.fromkeys(_ORDER, 0)
    for one in found:
        counts[one.verdict] += one.times
    worst_first = sorted(found, key=lambda one: (_ORDER[one.verdict], -one.times, one.text))
    return Replay(
        fixed=counts["fixed"],
        changed=counts["changed"],
        broken=counts["broken"],
        examples=tuple(worst_first[:_MOST_EXAMPLES]),
        asked=asked,
        known=known,
        held_out=held_out,
    )
