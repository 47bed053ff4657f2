"""`voced chat`: a conversation in the terminal."""

import logging

import click
from rich.console import Console

from bot.cli.faults import run_with_settings
from bot.cli.language import language_of_the_system
from bot.cli.streams import open_input, tell_progress
from bot.logs import set_up_logs
from bot.services import load_brain, open_assistant
from bot.settings import Settings
from bot.terminal import AT_THE_MACHINE, Screen, converse
from bot.terminal.lines import piped_lines
from bot.terminal.prompting import prompted_lines


@click.command()
def chat() -> None:
    """Talk in the terminal; no token needed."""
    run_with_settings(_chat)


async def _chat(settings: Settings) -> None:
    typed = open_input()
    set_up_logs("text", level=logging.ERROR)
    # That the semantic extra is missing is worth a line even here.
    logging.getLogger("intents.semantic").setLevel(logging.WARNING)
    brain = load_brain(settings, tell=tell_progress)
    screen = Screen(Console(highlight=False), brain.wording)
    editors = frozenset({AT_THE_MACHINE})
    async with open_assistant(settings, brain, editors=editors) as assistant:
        if typed.isatty():

            def is_private(line: str) -> bool:
                return brain.understander.understand(line).kind == "distress"

            lines = prompted_lines(settings.data_dir / "history", is_private=is_private)
        else:
            lines = piped_lines(typed)
        await converse(assistant, lines, screen, language=language_of_the_system())
