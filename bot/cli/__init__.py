"""The command line: `voced`."""

import os
import signal
from importlib import import_module
from typing import Any

import click

from bot.cli.streams import output_told_plainly, write_utf_8
from bot.heap import collecting_nothing

# Each command is imported only when it is called: `voced ask` never loads Telegram.
_COMMANDS = {
    "ask": "bot.cli.ask:ask",
    "chat": "bot.cli.chat:chat",
    "db": "bot.cli.database:db",
    "eval": "bot.cli.eval.command:eval_",
    "knowledge": "bot.cli.knowledge:knowledge",
    "letters": "bot.cli.letters:letters",
    "missed": "bot.cli.missed:missed",
    "run": "bot.cli.run:run",
    "stats": "bot.cli.stats:stats",
    "why": "bot.cli.why:why",
}


class _LazyGroup(click.Group):
    def make_context(self, *arguments: Any, **values: Any) -> click.Context:
        with output_told_plainly():
            return super().make_context(*arguments, **values)

    def invoke(self, ctx: click.Context) -> Any:
        write_utf_8()
        with output_told_plainly():
            return super().invoke(ctx)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] == "run":
            _heed_an_early_stop(ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        with collecting_nothing():
            command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None


def _heed_an_early_stop(ctx: click.Context) -> None:
    """End at once on SIGTERM, as long as there is nothing that would have to be finished.

    Importing and loading take a second or more. An exception would not do: one that is raised
    while Python tidies up, as it does at each import, is only printed.
    """
    before = signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ctx.call_on_close(lambda: signal.signal(signal.SIGTERM, before))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="voced-bot", message="%(prog)s %(version)s")
def main() -> None:
    """Answers questions about vocational education in China, with a source under every answer."""
