"""Lets an editor choose what an answer rests on: a claim, a source, or a new source."""

from collections.abc import Sequence

import click

from bot.cli.missed.answering.drafts import Parts
from bot.cli.missed.session import Session
from knowledge import Knowledge
from storage.editing import Gap

_MOST_SHOWN = 9
_NEW = "new"


def choose_source(gap: Gap, session: Session, knowledge: Knowledge) -> Parts | None:
    """Return the part of the draft that names what it rests on, `None` for a new source.

    Raises:
        Abort: The editor goes away.
    """
    shown = _near(gap, knowledge)
    while True:
        for number, name in enumerate(shown, start=1):
            click.echo(f"{number:2}. {_describe(name, session, knowledge)}", err=True)
        typed = click.prompt(session.say("editing.cli.ask.source"), err=True).strip()
        if typed == _NEW:
            return None
        if typed.isascii() and typed.isdecimal() and 0 < int(typed) <= len(shown):
            typed = shown[int(typed) - 1]
        if typed in knowledge.claims:
            return {"cites": [typed]}
        if typed in knowledge.sources:
            return {"source": typed}
        found = find_sources(typed, knowledge)
        if not found:
            click.echo(session.say("editing.cli.ask.no_source", text=typed), err=True)
        shown = found or shown


def find_sources(words: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the claims and sources that have all these words in them, at most nine."""
    wanted = words.casefold().split()
    texts = {
        name: f"{name} {one.title.zh} {one.title.en} {one.publisher.zh} {one.publisher.en}"
        for name, one in knowledge.sources.items()
    } | {name: f"{one.claim.says.zh} {one.claim.says.en}" for name, one in knowledge.claims.items()}
    found = [
        name for name, text in texts.items() if all(word in text.casefold() for word in wanted)
    ]
    return tuple(found[:_MOST_SHOWN]) if wanted else ()


def _near(gap: Gap, knowledge: Knowledge) -> Sequence[str]:
    """Return the sources that the nearest entries cite, else the first there are."""
    near = [
        citation.source.id
        for entry in gap.nearest
        if entry in knowledge.answers
        for citation in knowledge.answers[entry].citations
    ]
    return tuple(dict.fromkeys(near or knowledge.sources))[:_MOST_SHOWN]


def _describe(name: str, session: Session, knowledge: Knowledge) -> str:
    language = session.how.language
    if name in knowledge.claims:
        return f"{name}: {knowledge.claims[name].claim.says.in_(language)}"
    source = knowledge.sources[name]
    return f"{name}: {source.title.in_(language)}, {source.publisher.in_(language)}"
