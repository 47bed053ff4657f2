"""`voced ask`: one answer, or one for every line of standard input."""

import click
from rich.console import Console

from bot.assistant import Assistant
from bot.cli.faults import run_with_settings
from bot.cli.shapes import as_line, reply_shape
from bot.cli.streams import open_input, tell_progress
from bot.reply import Question
from bot.services import load_brain, open_assistant
from bot.settings import Settings
from bot.terminal import Screen
from bot.terminal.lines import piped_lines


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each question.")
def ask(text: tuple[str, ...], *, as_json: bool) -> None:
    """Answer TEXT, or with - every line of standard input."""
    lines = piped_lines(open_input()) if text == ("-",) else None

    async def work(settings: Settings) -> None:
        brain = load_brain(settings, tell=tell_progress)
        # A script wants every line matched alike, not the first ones by words alone.
        brain.wait_for_meaning()
        async with open_assistant(settings, brain) as assistant:
            screen = Screen(Console(highlight=False), brain.wording)
            if lines is None:
                await _answer(assistant, " ".join(text), screen, as_json=as_json)
            else:
                async for line in lines:
                    await _answer(assistant, line, screen, as_json=as_json)

    run_with_settings(work)


async def _answer(assistant: Assistant, text: str, screen: Screen, *, as_json: bool) -> None:
    reply = await assistant.reply(Question(text=text, front="cli"))
    if as_json:
        # click.echo writes and flushes: whoever reads line by line gets each answer at once.
        click.echo(as_line(reply_shape(reply)))
    else:
        screen.show(reply)
