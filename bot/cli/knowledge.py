"""`voced knowledge`: checks and figures for those who look after the answers."""

from collections import Counter

import click

from bot.cli.faults import told_plainly
from bot.proving import prove
from bot.services import load_brain
from bot.settings import read_settings


@click.group()
def knowledge() -> None:
    """Check the knowledge, or count what is in it."""


@knowledge.command()
def check() -> None:
    """Check every rule, and that every hit finds its entry and every miss does not."""
    with told_plainly():
        brain = load_brain(read_settings())
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
    """Count answers, phrasings, claims and sources, and name the claims that nothing cites."""
    with told_plainly():
        known = load_brain(read_settings()).knowledge
    cited = {one.claim_id for answer in known.answers.values() for one in answer.citations}
    per_topic = Counter(answer.topic for answer in known.answers.values())
    phrasings = sum(len(answer.asks.zh) + len(answer.asks.en) for answer in known.answers.values())
    click.echo(f"version    {known.version}")
    click.echo(f"answers    {len(known.answers)}, found by {phrasings} phrasings")
    click.echo(f"claims     {len(known.claims)}, {len(cited)} of them cited")
    click.echo(f"sources    {len(known.sources)}")
    for topic in known.topics.values():
        click.echo(f"{per_topic[topic.id]:9}  {topic.title.en} / {topic.title.zh}")
    uncited = [claim_id for claim_id in known.claims if claim_id not in cited]
    if uncited:
        click.echo(f"uncited    {' '.join(uncited)}")
