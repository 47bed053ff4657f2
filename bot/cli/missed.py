"""`voced missed`: the questions that wait for an editor."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import click
from rich.console import Console

from bot.cli.faults import run_with_settings
from bot.cli.shapes import as_line, missed_shape
from bot.settings import Settings
from bot.terminal import Screen, on_one_line
from bot.words.wording import load_wording
from storage import MissedQuestion, Order, open_store

_EVERYTHING = 1_000_000
# How a formula begins, also in the full-width form that Chinese spreadsheets take.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@click.group()
def missed() -> None:
    """Show the questions that wait for an editor."""


@missed.command("list")
@click.option("--order", type=click.Choice(get_args(Order)), default="people")
@click.option("--limit", type=click.IntRange(1, _EVERYTHING), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each question.")
def list_(order: Order, limit: int, *, as_json: bool) -> None:
    """List them, grouped by what was asked."""

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            groups = await store.list_missed(limit=limit, order=order)
        if as_json:
            for group in groups:
                click.echo(as_line(missed_shape(group)))
        elif groups:
            Screen(Console(highlight=False), load_wording()).show_missed(groups)
        else:
            click.echo("No question waits for an editor.", err=True)

    run_with_settings(work)


@missed.command()
@click.argument("gap")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(gap: str, *, as_json: bool) -> None:
    """Show one of them, by its id in the list, with every wording."""

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            found = await store.show_missed(gap)
        if found is None:
            raise click.ClickException(f"no missed question has the id '{gap}'")
        group, wordings = found
        if as_json:
            click.echo(as_line({**missed_shape(group), "wordings": list(wordings)}))
            return
        for name, value in missed_shape(group).items():
            shown = ", ".join(value) if isinstance(value, list) else value
            click.echo(f"{name:10} {'' if shown is None else on_one_line(str(shown))}")
        for wording in wordings:
            click.echo(f"{'wording':10} {on_one_line(wording)}")

    run_with_settings(work)


@missed.command()
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file instead of standard output.",
)
def export(form: str, output: Path | None) -> None:
    """Write all of them out for a spreadsheet or a script."""

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            groups = await store.list_missed(limit=_EVERYTHING)
        text = _as_csv(groups) if form == "csv" else _as_json(groups)
        if output is None:
            click.echo(text, nl=False)
            return
        _write(output, text, form)

    run_with_settings(work)


def _write(output: Path, text: str, form: str) -> None:
    try:
        # With a mark in front, spreadsheets read the Chinese as UTF-8.
        output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8")
    except OSError as error:
        raise click.ClickException(f"can't write {output}: {error.strerror}") from error


def _as_json(groups: Iterable[MissedQuestion]) -> str:
    return (
        json.dumps([missed_shape(group) for group in groups], ensure_ascii=False, indent=2) + "\n"
    )


def _as_csv(groups: Iterable[MissedQuestion]) -> str:
    out = io.StringIO()
    rows = [missed_shape(group) for group in groups]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["gap", "text", "count", "people", "languages", "first", "last", "reason", "nearest"]
    )
    for row in rows:
        writer.writerow(_as_cell(value) for value in row.values())
    return out.getvalue()


def _as_cell(value: object) -> str:
    text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    # A bare carriage return would go out unquoted and begin a row of its own.
    text = on_one_line(text).strip()
    # What a stranger typed must not run as a formula in an editor's spreadsheet.
    return f"'{text}" if text.startswith(_FORMULA) else text
