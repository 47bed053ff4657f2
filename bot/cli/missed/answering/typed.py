"""What an editor can type behind `voced missed answer`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import Any

import click

from bot.cli.missed.answering.drafts import Parts
from intents import Language
from intents.text.language import detect_language
from knowledge.models import LANGUAGES

Command = Callable[..., None]
# The options of a new source, by what it has.
_SOURCE = {
    "title": "source_title",
    "publisher": "publisher",
    "published": "date",
    "url": "address",
}
_OPTIONS = (
    click.option(
        "--file",
        "file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A draft in YAML; what the options say goes before it.",
    ),
    click.option("--title-zh", help="The title in Chinese."),
    click.option("--title-en", help="The title in English."),
    click.option("--text-zh", help="The answer in Chinese."),
    click.option("--text-en", help="The answer in English."),
    click.option(
        "--cite", multiple=True, metavar="CLAIM", help="A claim it rests on; again for more."
    ),
    click.option("--source", metavar="ID", help="The source that states what the answer says."),
    click.option("--source-title", help="The title of a new source, instead of --source."),
    click.option("--publisher", help="Who published the new source."),
    click.option("--date", help="When: 2026, 2026-05 or 2026-05-11."),
    click.option("--address", help="Where the new source can be read."),
    click.option(
        "--ask",
        multiple=True,
        metavar="TEXT",
        help="How it is found, by default as GAP was asked; again for more.",
    ),
    click.option("--topic", help="By default that of the nearest entry."),
    click.option(
        "--review-by", type=click.DateTime(["%Y-%m-%d"]), help="By default a year from now."
    ),
)


def answer_options(command: Command) -> Command:
    """Hand a command everything that a new answer may have."""
    return reduce(lambda so_far, option: option(so_far), reversed(_OPTIONS), command)


def parts_of(typed: Mapping[str, Any], language: Language) -> Parts:
    """Return the parts of a draft that the options name.

    Raises:
        UsageError: They name a source and a new one.
    """
    review_by = typed["review_by"]
    parts = {
        "title": _texts(typed, "title"),
        "says": _texts(typed, "text"),
        "cites": list(typed["cite"]),
        "source": _source(typed),
        "topic": typed["topic"],
        "asks": _phrasings(typed["ask"], language),
        "review_by": review_by.date().isoformat() if isinstance(review_by, datetime) else None,
    }
    return {name: value for name, value in parts.items() if value}


def put_over(parts: Parts, given: Parts) -> None:
    """Let what is given take the place of the same in `parts`."""
    for name, value in given.items():
        old = parts.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            parts[name] = {**old, **value}
        else:
            parts[name] = value


def _texts(typed: Mapping[str, Any], option: str) -> Parts:
    texts = {language: typed[f"{option}_{language}"] for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def _source(typed: Mapping[str, Any]) -> Parts | str | None:
    new = {name: typed[option] for name, option in _SOURCE.items() if typed[option]}
    known: str | None = typed["source"]
    if new and known:
        raise click.UsageError("--source names a source that is there; leave it out for a new one")
    return new or known


def _phrasings(texts: tuple[str, ...], language: Language) -> dict[Language, list[str]]:
    found: dict[Language, list[str]] = {}
    for text in texts:
        found.setdefault(detect_language(text, otherwise=language), []).append(text)
    return found
