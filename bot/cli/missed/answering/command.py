"""`voced missed phrase`, `voced missed except` and `voced missed answer`."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import click

from bot.cli.missed.answering.asking import complete
from bot.cli.missed.answering.drafts import Parts, keep_parts, read_parts, validate
from bot.cli.missed.answering.typed import answer_options, parts_of, put_over
from bot.cli.missed.deciding import carry_out_this, decide
from bot.cli.missed.options import changes_knowledge
from bot.cli.missed.session import How, Session, act
from bot.editing import AddCounterexample, AddPhrasing, Phrase, WriteAnswer
from intents.text.language import detect_language


@click.command()
@click.argument("gap")
@click.argument("entry")
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@changes_knowledge
def phrase(*, gap: str, entry: str, texts: tuple[str, ...], how: How) -> None:
    """Let ENTRY be found by each TEXT too, and answer GAP with it.

    Without a TEXT, the wording in which GAP was asked most often is taken.
    """
    wish = AddPhrasing(gap=gap, entry=entry, phrases=_as_phrases(texts, how))
    carry_out_this(wish, how)


@click.command("except")
@click.argument("gap")
@click.argument("entry")
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@changes_knowledge
def except_(*, gap: str, entry: str, texts: tuple[str, ...], how: How) -> None:
    """Stop ENTRY from answering each TEXT: they become its counterexamples. GAP waits on.

    Without a TEXT, the wordings in which GAP was asked most often are taken.
    """
    wish = AddCounterexample(gap=gap, entry=entry, phrases=_as_phrases(texts, how))
    carry_out_this(wish, how)


@click.command()
@click.argument("gap")
@answer_options
@changes_knowledge
def answer(*, gap: str, file: Path | None, how: How, **typed: Any) -> None:
    """Answer GAP with a new entry.

    What is missing is asked for, unless --yes is given. A language may be left out. Figures in the
    text become figures of a claim of the source. What was typed is kept when something goes wrong.
    """
    given = parts_of(typed, how.language)
    parts = read_parts(file) if file else {}
    written = deepcopy(parts)
    put_over(parts, given)

    async def work(session: Session) -> None:
        shown = await session.desk.show(session.actor, gap)
        kept = session.settings.data_dir / "drafts" / f"{shown.gap.id}.yaml"
        with _kept_unless_done(parts, written, kept, session):
            if not how.yes:
                complete(parts, shown.gap, session)
            draft = validate(parts).draft
            await decide(
                session, WriteAnswer(gap=shown.gap.id, draft=draft, seen=shown.gap.version)
            )
        kept.unlink(missing_ok=True)

    act(work, how)


def _as_phrases(texts: tuple[str, ...], how: How) -> tuple[Phrase, ...]:
    return tuple(Phrase(detect_language(text, otherwise=how.language), text) for text in texts)


@contextmanager
def _kept_unless_done(parts: Parts, written: Parts, kept: Path, session: Session) -> Iterator[None]:
    """Keep what was typed, unless it is in force or stands in the editor's own file as it is."""
    is_done = False
    try:
        yield
        is_done = True
    finally:
        typed = {name: value for name, value in parts.items() if value}
        if not is_done and typed and typed != written:
            _keep(kept, typed, session)


def _keep(kept: Path, typed: Parts, session: Session) -> None:
    try:
        keep_parts(kept, typed)
    except OSError as fault:
        click.echo(f"can't write {kept}: {fault.strerror}", err=True)
    else:
        click.echo(session.say("editing.cli.kept", gap=kept.stem, file=str(kept)), err=True)
