"""`voced why`: why a question is answered as it is."""

import click

from bot.assistant import utc_today
from bot.cli.faults import run_with_settings
from bot.cli.language import language_option
from bot.cli.shapes import as_line, why_shape
from bot.cli.streams import tell_progress
from bot.health.explaining import explain
from bot.health.why import find_out_why
from bot.reply import Question
from bot.services import load_brain, open_assistant
from bot.settings import Settings
from bot.terminal import on_one_line
from intents import Language


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
def why(text: tuple[str, ...], *, as_json: bool, language: Language) -> None:
    """Show why TEXT is answered as it is: what was understood, what was considered.

    Nothing is recorded.
    """

    async def work(settings: Settings) -> None:
        loaded = load_brain(settings, tell=tell_progress)
        loaded.wait_for_meaning()
        question = Question(text=" ".join(text), front="cli")
        async with open_assistant(settings, loaded) as assistant:
            # With what editors have added.
            brain = assistant.desk.live.brain
            found = find_out_why(question, brain.answerer, brain.understander, today=utc_today())
        if as_json:
            click.echo(as_line(why_shape(found)))
            return
        for line in explain(found, loaded.wording, language).splitlines():
            click.echo(on_one_line(line))

    run_with_settings(work)
