"""Puts into words what needs the eyes of an editor."""

from collections.abc import Iterator, Sequence

from bot.health.measuring import Health, TitleOf, find_doubtful
from bot.words.wording import Wording
from intents import Language
from storage.editing import Gap

# Of each kind so many are named; the rest is counted.
_MOST_NAMED = 5
_MOST_CHARACTERS = 60


def write_digest(
    health: Health,
    gaps: Sequence[Gap],
    say: Wording,
    language: Language,
    *,
    title_of: TitleOf,
    waiting: int | None = None,
    unsure: Sequence[Gap] = (),
) -> str | None:
    """Return a plain text for the editors' chat, `None` where nothing needs eyes.

    It names the gaps among `gaps` that wait for an editor, in their order, then the entries past
    review, then those that too few found useful. `waiting` says how many gaps wait in all, where
    `gaps` are only the first of them. `unsure` are those where some may not have been told.
    """
    is_open = [one for one in gaps if one.is_open]
    parts = [
        _tell_gaps(is_open, max(waiting or 0, len(is_open)), say, language),
        _tell_unsure(unsure, say, language),
        _tell_due(health, say, language, title_of),
        _tell_doubtful(health, say, language, title_of),
    ]
    sections = ["\n".join(lines) for part in parts if (lines := list(part))]
    if not sections:
        return None
    heading = say(
        "digest.heading",
        language,
        since=health.periods.firsts[0],
        until=health.periods.until,
        **{one: health.count(one) for one in ("answered", "resolved", "missed")},
    )
    return "\n\n".join([heading, *sections])


def _tell_gaps(
    gaps: Sequence[Gap], waiting: int, say: Wording, language: Language
) -> Iterator[str]:
    if not gaps:
        return
    yield say("digest.gaps", language, count=waiting)
    for gap in gaps[:_MOST_NAMED]:
        text = _shorten(gap.text) or say("digest.forgotten", language)
        yield say("digest.gap", language, gap=gap.id, text=text, people=gap.people)
    yield from _tell_rest(waiting, say, language, named=len(gaps[:_MOST_NAMED]))


def _tell_unsure(gaps: Sequence[Gap], say: Wording, language: Language) -> Iterator[str]:
    if not gaps:
        return
    yield say("digest.unsure", language)
    for gap in gaps[:_MOST_NAMED]:
        yield say("digest.unsure_gap", language, gap=gap.id, count=gap.told.unsure)
    yield from _tell_rest(len(gaps), say, language)


def _tell_due(health: Health, say: Wording, language: Language, title_of: TitleOf) -> Iterator[str]:
    if not health.due:
        return
    yield say("digest.due", language, count=len(health.due))
    for one in health.due[:_MOST_NAMED]:
        title = title_of(one.entry, language)
        yield say("digest.due_entry", language, title=title, date=one.review_by, count=one.count)
    yield from _tell_rest(len(health.due), say, language)


def _tell_doubtful(
    health: Health, say: Wording, language: Language, title_of: TitleOf
) -> Iterator[str]:
    doubtful = find_doubtful(health)
    if not doubtful:
        return
    yield say("digest.doubtful", language, count=len(doubtful))
    for one in doubtful[:_MOST_NAMED]:
        title = title_of(one.entry, language)
        yield say("digest.doubtful_entry", language, title=title, up=one.up, all=one.up + one.down)
    yield from _tell_rest(len(doubtful), say, language)


def _tell_rest(
    count: int, say: Wording, language: Language, *, named: int = _MOST_NAMED
) -> Iterator[str]:
    if count > named:
        yield say("digest.rest", language, count=count - named)


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
