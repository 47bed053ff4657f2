"""`voced missed list`, `show` and `journal`: what waits, one gap, and who decided what."""

from typing import get_args

import click
from rich.console import Console

from bot.cli.missed.options import looks
from bot.cli.missed.session import How, Session, look
from bot.cli.missed.shapes import gap_shape, line_shape, shown_shape
from bot.cli.missed.showing import gap_rows, line_row
from bot.cli.shapes import as_line
from bot.terminal import Screen
from storage.editing import GapOrder

_EVERYTHING = 1_000_000
_limit = click.option("--limit", type=click.IntRange(1, _EVERYTHING), default=50, show_default=True)


@click.command("list")
@click.option(
    "--by", "--order", "by", type=click.Choice(get_args(GapOrder)), default="people",
    help="Those of most people first, or unassigned: the same without what somebody has taken.",
)  # fmt: skip
@_limit
@looks
def list_(*, by: GapOrder, limit: int, how: How) -> None:
    """List the gaps that wait for an editor."""

    async def work(session: Session) -> None:
        gaps = await session.desk.list_gaps(session.actor, order=by, limit=limit)
        if how.as_json:
            for gap in gaps:
                click.echo(as_line(gap_shape(gap)))
        elif gaps:
            Screen(Console(highlight=False), session.wording).show_missed(gaps)
        else:
            click.echo(session.say("terminal.no_missed"), err=True)
        if unsure := await session.desk.list_unsure(session.actor):
            click.echo(session.say("digest.unsure"), err=True)
            for gap in unsure:
                told = session.say("digest.unsure_gap", gap=gap.id, count=gap.told.unsure)
                click.echo(told, err=True)

    look(work, how)


@click.command()
@click.argument("gap")
@looks
def show(*, gap: str, how: How) -> None:
    """Show one gap with every wording, what was decided on it, and who was told."""

    async def work(session: Session) -> None:
        shown = await session.desk.show(session.actor, gap)
        if how.as_json:
            click.echo(as_line(shown_shape(shown)))
        else:
            for row in gap_rows(shown, session.say):
                click.echo(row)

    look(work, how)


@click.command()
@click.argument("gap", required=False)
@_limit
@click.option("--before", type=click.IntRange(1), help="Go on from this line of an older list.")
@looks
def journal(*, gap: str | None, limit: int, before: int | None, how: How) -> None:
    """Show who decided what and when, the newest first; with GAP what was decided on it."""

    async def work(session: Session) -> None:
        if gap is not None:
            # An unknown one is told, rather than shown as one on which nothing was decided.
            await session.desk.show(session.actor, gap)
        lines = await session.desk.journal(session.actor, gap=gap, limit=limit, before=before)
        for line in lines:
            click.echo(as_line(line_shape(line)) if how.as_json else line_row(line))
        if not lines and not how.as_json:
            click.echo(session.say("editing.cli.no_lines"), err=True)

    look(work, how)
