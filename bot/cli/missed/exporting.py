"""`voced missed export`: everything that waits for an editor, for a spreadsheet or a script."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import click

from bot.cli.language import language_of_the_system
from bot.cli.missed.session import How, Session, look
from bot.cli.missed.shapes import gap_shape
from bot.terminal import on_one_line
from storage.editing import Gap

_EVERYTHING = 1_000_000
# How a formula begins, also in the full-width form that Chinese spreadsheets take.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file instead of standard output.",
)
def export(form: str, output: Path | None) -> None:
    """Write all gaps that wait for an editor out for a spreadsheet or a script."""

    async def work(session: Session) -> None:
        gaps = await session.desk.list_gaps(session.actor, limit=_EVERYTHING)
        text = as_csv(gaps) if form == "csv" else _as_json(gaps)
        if output is None:
            click.echo(text, nl=False)
            return
        _write(output, text, form)

    look(work, How(language=language_of_the_system()))


def _write(output: Path, text: str, form: str) -> None:
    try:
        # With a mark in front, spreadsheets read the Chinese as UTF-8.
        output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8")
    except OSError as error:
        raise click.ClickException(f"can't write {output}: {error.strerror}") from error


def _as_json(gaps: Iterable[Gap]) -> str:
    return json.dumps([gap_shape(gap) for gap in gaps], ensure_ascii=False, indent=2) + "\n"


def as_csv(gaps: Iterable[Gap]) -> str:
    """Return gaps as a table for spreadsheets, in which nothing is a formula."""
    out = io.StringIO()
    rows = [gap_shape(gap) for gap in gaps]
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
