"""Spells a citation out in one line of text, the same on every front end."""

import re

from bot.reply import Cited
from bot.words.wording import Wording
from intents import Language
from knowledge import Source

_DESCRIPTION = re.compile(r"\[([^\[\]]+)\]")


def publisher_of(source: Source, language: Language, say: Wording) -> str:
    """Return who published a source; a copy that was read instead is called one."""
    publisher = source.publisher.in_(language)
    if source.repost and not any(word in publisher for word in ("repost", "via", "转载")):
        return say("repost", language, publisher=publisher)
    return publisher


def cite_source(source: Source, language: Language, say: Wording) -> Cited:
    """Return a source as a whole, without a claim or a place in it."""
    return Cited(
        claim="",
        source=source.id,
        title=source.title.in_(language),
        publisher=publisher_of(source, language, say),
        date=source.published,
        at=None,
        url=source.url,
    )


def title_of(cited: Cited, language: Language) -> str:
    """Return the title as a person reads it: quoted, or plain when it only describes the page."""
    if described := _DESCRIPTION.fullmatch(cited.title):
        return described[1][:1].upper() + described[1][1:]
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
