"""Spells a citation out in one line of text, the same on every front end."""

from bot.reply import Cited
from intents import Language


def title_of(cited: Cited, language: Language) -> str:
    """Return the title as a person reads it: quoted, or plain when it only describes the page."""
    if cited.title.startswith("["):
        description = cited.title[1:-1]
        return description[:1].upper() + description[1:]
    return f"《{cited.title}》" if language == "zh" else f"\u2018{cited.title}\u2019"


def details_of(cited: Cited, language: Language) -> str:
    """Return publisher, date and place in the source, those that are known."""
    separator = "，" if language == "zh" else ", "
    return separator.join(part for part in (cited.publisher, cited.date, cited.at) if part)


def merge_citations(citations: tuple[Cited, ...]) -> tuple[Cited, ...]:
    """Return one citation for each source and place, in order, for showing."""
    merged: dict[tuple[str, str | None], Cited] = {}
    for one in citations:
        merged.setdefault((one.source, one.at), one)
    return tuple(merged.values())
