"""How the bot does, as a table that fits on a phone."""

from collections.abc import Iterable, Sequence
from html import escape

from bot.health.measuring import OUTCOMES, Health, TitleOf
from bot.telegram.editing.showing.words import shorten
from bot.telegram.showing.voice import Voice

_MOST_PERIODS = 14
_MOST_NAMED = 5
_MOST_TITLE = 60
_COLUMN = 5


def render_health(health: Health, voice: Voice, *, title_of: TitleOf) -> str:
    """Return what became of questions, and the entries to look at, as HTML."""
    periods = health.periods
    span = voice("health.span", since=periods.firsts[0], until=periods.until, total=health.total)
    unit = voice(f"health.unit.{periods.unit}")
    parts = [f"{_escaped(span)}\n<i>{_escaped(unit)}</i>"]
    if health.total:
        parts.append(_table(health, voice))

    def name(entry: str) -> str:
        title = voice.spell_text(title_of(entry, voice.language))
        return f"{shorten(title, _MOST_TITLE)} [{entry}]"

    asked = [f"{one.count}×  {name(one.entry)}" for one in health.asked]
    rated = [
        f"{one.rate:.0%} ({one.up} 👍 {one.down} 👎, {one.knowledge_version})  {name(one.entry)}"
        for one in sorted(health.rated, key=lambda one: (one.rate, -one.down, one.entry))
    ]
    due = [f"{one.review_by}, {one.count}×  {name(one.entry)}" for one in health.due]
    parts += [
        _section("health.asked", asked, voice),
        _section("health.useful", rated, voice),
        _section("health.due", due, voice),
    ]
    return "\n\n".join(parts)


def _table(health: Health, voice: Voice) -> str:
    """Return a table with a letter for each outcome: words would be wider than a phone."""
    letters = [chr(ord("A") + number) for number in range(len(OUTCOMES))]
    legend = [
        f"{letter} {voice(f'outcome.{outcome}')}"
        for letter, outcome in zip(letters, OUTCOMES, strict=True)
    ]
    lines = [_row("", letters)]
    pairs = list(zip(health.periods.firsts, health.outcomes, strict=True))
    for first, counts in [one for one in pairs if one[1].total][-_MOST_PERIODS:]:
        lines.append(_row(f"{first:%m-%d}", [getattr(counts, one) for one in OUTCOMES]))
    lines.append(_row("=", [health.count(one) for one in OUTCOMES]))
    table = "\n".join(lines)
    return f"<pre>{_escaped(table)}</pre>\n{_escaped('; '.join(legend))}"


def _row(head: str, cells: Iterable[object]) -> str:
    return f"{head:<5}" + "".join(f"{cell!s:>{_COLUMN}}" for cell in cells)


def _section(key: str, lines: Sequence[str], voice: Voice) -> str:
    shown = list(lines[:_MOST_NAMED])
    if len(lines) > len(shown):
        shown.append(voice("digest.rest", count=len(lines) - len(shown)))
    text = "\n".join(shown) or voice("health.nothing")
    return f"<b>{_escaped(voice(key))}</b>\n{_escaped(text)}"


def _escaped(text: str) -> str:
    return escape(text, quote=False)
