"""`voced stats`: how the bot does."""

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from bot.cli.faults import run_with_settings
from bot.cli.health_shape import health_shape
from bot.cli.language import language_option
from bot.cli.shapes import as_line
from bot.cli.streams import tell_progress
from bot.health.measuring import Health, measure_health, titles_from
from bot.services import load_brain, open_assistant
from bot.settings import Settings
from bot.terminal.health import HealthScreen
from bot.words.wording import Wording
from intents import Language

_MOST_DAYS = 366


def _check_name(
    _context: click.Context, _option: click.Parameter, file: Path | None
) -> Path | None:
    if file is not None and file.suffix.lower() != ".png":
        raise click.BadParameter("the chart is a PNG image: its name must end in .png")
    return file


@click.command()
@click.option("--days", type=click.IntRange(1, _MOST_DAYS), default=30, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--chart",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_check_name,
    help="Draw what became of questions as a PNG image as well.",
)
@language_option
def stats(days: int, chart: Path | None, *, as_json: bool, language: Language) -> None:
    """Show how the bot did in the last days: outcomes, what is asked most, useful or due.

    Days are those of China; more than a month is shown in weeks.
    """

    async def work(settings: Settings) -> None:
        now = datetime.now(UTC)
        async with open_assistant(settings, load_brain(settings, tell=tell_progress)) as assistant:
            # With what editors have added.
            brain = assistant.desk.live.brain
            health = await assistant.recorder.access.use(
                lambda store: measure_health(store.health, brain.knowledge, now=now, days=days)
            )
        title_of = titles_from(brain.answerer, today=health.periods.until)
        if chart is not None:
            _draw(chart, health, brain.wording, language)
        if as_json:
            click.echo(as_line(health_shape(health, title_of=title_of)))
        else:
            screen = HealthScreen(Console(highlight=False), brain.wording, language)
            screen.show(health, title_of=title_of)

    run_with_settings(work)


def _draw(file: Path, health: Health, say: Wording, language: Language) -> None:
    # The image library is loaded only for this.
    from bot.health.chart import draw_chart  # noqa: PLC0415

    image = draw_chart(health, say, language)
    try:
        file.write_bytes(image)
    except OSError as error:
        raise click.ClickException(f"can't write {file}: {error.strerror}") from error
    click.echo(f"written to {file}", err=True)
