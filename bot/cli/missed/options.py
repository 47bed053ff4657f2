"""The options that many of the commands share."""

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

import click

from bot.cli.language import language_option
from bot.cli.missed.session import How

Command = Callable[..., None]

_editor = click.option("--editor", type=click.IntRange(min=1), help="Who decides, by Telegram id.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_yes = click.option("--yes", is_flag=True, help="Ask nothing, and put it into force.")
_despite_breaks = click.option(
    "--despite-breaks", is_flag=True, help="Also where questions that are answered now break."
)


def looks(command: Command) -> Command:
    """Hand a command that only looks its `how`."""
    return _collect(command, _as_json, language_option)


def decides(command: Command) -> Command:
    """Hand a command that takes effect at once its `how`."""
    return _collect(command, _editor, _as_json, language_option)


def confirms(command: Command) -> Command:
    """Hand a command that people may be told of, and is confirmed first, its `how`."""
    return _collect(command, _editor, _yes, _as_json, language_option)


def changes_knowledge(command: Command) -> Command:
    """Hand a command that is tried on the past first its `how`."""
    return _collect(command, _editor, _yes, _despite_breaks, _as_json, language_option)


def _collect(command: Command, *options: Callable[[Command], Command]) -> Command:
    @wraps(command)
    def collecting(**values: Any) -> None:
        names = [name for name in How.__dataclass_fields__ if name in values]
        how = How(**{name: values.pop(name) for name in names})
        command(**values, how=how)

    handed: Command = collecting
    return reduce(lambda so_far, option: option(so_far), reversed(options), handed)
