"""`voced knowledge`: checks and figures for those who look after the answers."""

from collections import Counter
from pathlib import Path

import click

from bot.cli.faults import told_plainly
from bot.cli.knowledge.exporting import export
from bot.cli.knowledge.folders import writable_folder
from bot.cli.streams import tell_progress
from bot.proof.proving import prove
from bot.services import load_brain
from bot.settings import read_settings
from knowledge.catalogue import LEVELS
from knowledge.catalogue.importing import import_majors


@click.group()
def knowledge() -> None:
    """Check the knowledge, count what is in it, export to it, or import the catalogue of majors."""


@knowledge.command()
def check() -> None:
    """Check every rule, and that every hit finds its entry and every miss does not."""
    with told_plainly():
        brain = load_brain(read_settings(), check_again=True, tell=tell_progress)
    failures = list(prove(brain.knowledge, brain.understander))
    for failure in failures:
        click.echo(failure)
    held_out = sum(
        len(phrasings.zh) + len(phrasings.en)
        for answer in brain.knowledge.answers.values()
        for phrasings in (answer.hits, answer.misses)
    )
    if failures:
        raise click.ClickException(f"{len(failures)} of {held_out} held-out phrasings fail")
    count = len(brain.knowledge.answers)
    click.echo(f"{count} answers and {held_out} held-out phrasings are in order", err=True)


@knowledge.command()
def stats() -> None:
    """Count answers, claims, sources and majors, and name the claims that nothing cites."""
    with told_plainly():
        known = load_brain(read_settings(), tell=tell_progress).knowledge
    cited = {one.claim_id for answer in known.answers.values() for one in answer.citations}
    per_topic = Counter(answer.topic for answer in known.answers.values())
    answers = known.answers.values()
    phrasings = sum(len(one.asks.zh) + len(one.asks.en) for one in answers)
    counter = sum(len(one.counterexamples.zh) + len(one.counterexamples.en) for one in answers)
    click.echo(f"version    {known.version}")
    click.echo(f"answers    {len(known.answers)}, found by {phrasings} phrasings")
    click.echo(f"           kept apart from others by {counter} counterexamples")
    click.echo(f"claims     {len(known.claims)}, {len(cited)} of them cited")
    click.echo(f"sources    {len(known.sources)}")
    catalogue = known.catalogue
    counts = ", ".join(f"{catalogue.counts.by_level.get(level, 0)} {level}" for level in LEVELS)
    click.echo(f"majors     {catalogue.counts.total}: {counts}")
    click.echo(f"categories {len(catalogue.categories)}, with {len(catalogue.classes)} classes")
    for topic in known.topics.values():
        click.echo(f"{per_topic[topic.id]:9}  {topic.title.en} / {topic.title.zh}")
    uncited = [claim_id for claim_id in known.claims if claim_id not in cited]
    if uncited:
        click.echo(f"uncited    {' '.join(uncited)}")


_TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@knowledge.command("import-majors")
@click.argument("file", type=_TABLE)
@click.option("--categories", type=_TABLE, help="By default categories.csv beside FILE.")
@click.option("--classes", type=_TABLE, help="By default classes.csv beside FILE.")
def import_majors_command(file: Path, categories: Path | None, classes: Path | None) -> None:
    """Write the catalogue of majors from FILE, a CSV table of all majors.

    The YAML files go below majors/ in VOCED_KNOWLEDGE_DIR or, in a checkout, in knowledge/data.
    FILE is the whole catalogue: the files of the categories are OVERWRITTEN, edits by hand
    included, and those of categories that it lacks are removed. majors/editions.yaml is written
    by hand and kept: add a new edition there first. Nothing is written unless all rules hold.
    """
    with told_plainly():
        folder = writable_folder(read_settings())
        done = import_majors(file, folder, categories=categories, classes=classes)
    for name in done.written:
        click.echo(f"written    {name}")
    for name in done.removed:
        click.echo(f"removed    {name}")
    files = len(done.written) + len(done.unchanged)
    click.echo(f"{done.majors} majors in {files} files, {len(done.unchanged)} unchanged", err=True)


knowledge.add_command(export)
