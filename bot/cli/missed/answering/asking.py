"""Asks in the terminal for what an answer lacks."""

import click

from bot.cli.missed.answering.choosing import choose_source
from bot.cli.missed.answering.drafts import Parts
from bot.cli.missed.session import Session
from bot.terminal import on_one_line
from bot.terminal.lines import heed_interrupts
from knowledge import Knowledge
from knowledge.models import LANGUAGES
from storage.editing import Gap

# What a new source has, and whether it must.
_SOURCE = (
    ("title", "editing.cli.ask.source.title", True),
    ("publisher", "editing.cli.ask.source.publisher", True),
    ("published", "editing.cli.ask.source.published", False),
    ("url", "editing.cli.ask.source.url", False),
)


def complete(parts: Parts, gap: Gap, session: Session) -> None:
    """Ask for everything that `parts` lacks, and put it there as it is typed.

    Raises:
        Abort: The editor goes away; what was typed before stands in `parts`.
    """
    heed_interrupts()
    knowledge = session.desk.live.brain.knowledge
    click.echo(f"{gap.id}  {on_one_line(gap.text)}", err=True)
    for language in LANGUAGES:
        _ask_texts(parts, language, session)
    if not parts.get("cites"):
        _ask_source(parts, gap, session, knowledge)
    if "topic" not in parts and not any(one in knowledge.answers for one in gap.nearest):
        topics = click.Choice([*knowledge.topics])
        parts["topic"] = click.prompt(session.say("editing.cli.ask.topic"), type=topics, err=True)


def _ask_texts(parts: Parts, language: str, session: Session) -> None:
    title, says = parts.setdefault("title", {}), parts.setdefault("says", {})
    if language not in title:
        # Without a text, a language may stay out altogether.
        key = "editing.cli.ask.title" if language in says else "editing.cli.ask.title_or_not"
        if typed := _ask(session.say(key, tongue=language), is_needed=language in says):
            title[language] = typed
    if language in title and language not in says:
        says[language] = _ask(session.say("editing.cli.ask.says", tongue=language))


def _ask_source(parts: Parts, gap: Gap, session: Session, knowledge: Knowledge) -> None:
    source = parts.get("source")
    if source is None:
        chosen = choose_source(gap, session, knowledge)
        if chosen is not None:
            parts.update(chosen)
            return
        source = parts["source"] = {}
    if not isinstance(source, dict):
        return
    for name, key, is_needed in _SOURCE:
        if name not in source and (typed := _ask(session.say(key), is_needed=is_needed)):
            source[name] = typed


def _ask(question: str, *, is_needed: bool = True) -> str:
    """Return what is typed; an empty line only where it is not needed."""
    default = None if is_needed else ""
    typed: str = click.prompt(question, default=default, show_default=False, err=True)
    return typed.strip()
