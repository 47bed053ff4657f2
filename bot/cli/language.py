"""The language that a command speaks to whoever sits in front of it."""

import os

import click

from intents import Language


def language_of_the_system() -> Language:
    """Return Chinese where the system speaks it, else English."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").startswith("zh") else "en"


language_option = click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default=language_of_the_system,
    help="By default the language of the system.",
)
