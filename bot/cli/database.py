"""`voced db`: the state of the database, its upgrade and its backup."""

from pathlib import Path

import click

from bot.cli.faults import run_with_settings
from bot.settings import Settings
from storage import open_store, upgrade


@click.group(invoke_without_command=True)
@click.pass_context
def db(context: click.Context) -> None:
    """Show the state of the database: where it is, what is in it, whether it can be written."""
    if context.invoked_subcommand is None:
        run_with_settings(_show_status)


async def _show_status(settings: Settings) -> None:
    async with open_store(settings.database) as store:
        status = await store.status()
    outcomes = ", ".join(f"{count} {name}" for name, count in status.outcomes.items() if count)
    click.echo(f"database   {status.url}")
    click.echo(f"schema     {status.revision}")
    click.echo(f"questions  {outcomes or 'none'}")
    click.echo(f"missed     {status.missed}, in {status.gaps} gaps")
    click.echo(f"feedback   {status.feedback['up']} up, {status.feedback['down']} down")
    click.echo(f"waiting    {status.waits} to be told of an answer")
    if status.size_bytes is not None:
        click.echo(f"size       {status.size_bytes / 1024:,.0f} KiB")
    if not status.writable:
        raise click.ClickException(f"the database can't be written: {status.fault}")
    click.echo("writable   yes")


@db.command("upgrade")
def upgrade_() -> None:
    """Bring the schema up to date; every start does so by itself."""

    async def work(settings: Settings) -> None:
        before, after = await upgrade(settings.database)
        if before == after:
            click.echo(f"up to date ({after})")
        else:
            click.echo(f"{before or 'empty'} -> {after}")

    run_with_settings(work)


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a consistent copy of an SQLite database to FILE, while the bot runs."""

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            await store.backup(file)
        click.echo(f"written to {file}", err=True)

    run_with_settings(work)
