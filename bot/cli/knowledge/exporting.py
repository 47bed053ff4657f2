"""`voced knowledge export`: what editors added, written into the files."""

from difflib import unified_diff
from pathlib import Path

import click

from bot.cli.faults import run_with_settings
from bot.cli.knowledge.folders import writable_folder
from bot.live.exporting import Export, plan_export, write_export
from bot.settings import Settings
from intents import Normaliser, load_word_lists
from storage import open_store


@click.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="By default VOCED_KNOWLEDGE_DIR or, in a checkout, knowledge/data.",
)
@click.option("--dry-run", is_flag=True, help="Show the changes and write nothing.")
def export(folder: Path | None, *, dry_run: bool) -> None:
    """Write what editors added in the running bot into the knowledge files, for review in git.

    Nothing else in the files changes. What stands in them already is left out, so a second export
    changes nothing; the running bot lets go of its copy when it is started with the new files.
    """

    async def work(settings: Settings) -> None:
        target = folder or writable_folder(settings)
        async with open_store(settings.database) as store:
            _, additions = await store.editing.list_additions()
        planned = plan_export(target, additions, normalise=Normaliser(load_word_lists().fillers))
        if not dry_run:
            _write(target, planned)
        _tell(planned, dry_run=dry_run)

    run_with_settings(work)


def _write(folder: Path, planned: Export) -> None:
    try:
        write_export(folder, planned)
    except OSError as error:
        raise click.ClickException(f"can't write {error.filename}: {error.strerror}") from error


def _tell(planned: Export, *, dry_run: bool) -> None:
    for one in planned.files:
        if dry_run:
            before = (one.before or "").splitlines(keepends=True)
            after = one.after.splitlines(keepends=True)
            diff = unified_diff(before, after, f"a/{one.name}", f"b/{one.name}")
            click.echo("".join(diff), nl=False)
        else:
            click.echo(f"written    {one.name}")
    done = "to be added" if dry_run else "added"
    click.echo(f"{done}: {planned.added}, there already: {planned.held}", err=True)
    if planned.unfit:
        faults = "\n".join(f"decision {line}: {fault}" for line, fault in planned.unfit)
        raise click.ClickException(f"not exported:\n{faults}")
