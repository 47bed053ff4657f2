"""The group of commands; each is imported with it, because all stand on the same desk."""

import click

from bot.cli.missed.acting import (
    assign,
    dismiss,
    link,
    merge,
    reopen,
    split,
    take,
    tell,
    undo,
)
from bot.cli.missed.answering import answer, except_, phrase
from bot.cli.missed.exporting import export
from bot.cli.missed.looking import journal, list_, show


@click.group()
def missed() -> None:
    """Show what people miss, and turn it into answers that everyone who asked receives.

    Looking is for everybody who can read the database, deciding for the editors in VOCED_EDITORS.
    """


for command in (
    list_, show, export, journal, take, assign, phrase, except_, answer, link, tell, merge, split,
    dismiss, reopen, undo,
):  # fmt: skip
    missed.add_command(command)
