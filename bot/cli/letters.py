"""`voced letters`: updates that could not be handled, for editors to see and replay."""

import json
from collections.abc import Mapping
from typing import Any

import click

from bot.cli.faults import run_with_settings
from bot.cli.shapes import as_line
from bot.settings import Settings
from storage import Store, open_store
from storage.delivery import DeadLetter

_EVERYTHING = 1_000_000


@click.group()
def letters() -> None:
    """Show and replay dead letters: updates that could not be handled."""


@letters.command("list")
@click.option("--limit", type=click.IntRange(1, _EVERYTHING), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each letter.")
def list_(limit: int, *, as_json: bool) -> None:
    """List them, the oldest first."""

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            found = await store.delivery.list_letters(limit=limit)
        for letter in found:
            click.echo(as_line(letter_shape(letter)) if as_json else _as_row(letter))
        if not found and not as_json:
            click.echo("No update is a dead letter.", err=True)

    run_with_settings(work)


@letters.command()
@click.argument("letter", type=int)
def show(letter: int) -> None:
    """Show one of them, by its number in the list, with what is kept of the update."""

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            found = await _find(store, letter)
        shape = {**letter_shape(found), "payload": found.payload}
        click.echo(json.dumps(shape, ensure_ascii=False, indent=2))

    run_with_settings(work)


@letters.command()
@click.argument("letter", type=int, required=False)
@click.option("--all", "is_all", is_flag=True, help="Replay every one of them.")
def replay(letter: int | None, *, is_all: bool) -> None:
    """Handle one again, by its number in the list; it is gone when that works.

    The bot may run meanwhile.
    """
    if (letter is None) != is_all:
        raise click.UsageError("name one letter, or take --all")

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            if letter is None:
                wanted = await store.delivery.list_letters(limit=_EVERYTHING)
            else:
                wanted = (await _find(store, letter),)
            # Telegram is loaded only for this.
            from bot.cli.run import make_application, token_of  # noqa: PLC0415
            from bot.delivery.replaying import replay_letters  # noqa: PLC0415

            application = make_application(settings, token_of(settings))
            failed = await replay_letters(application, store, wanted)
        click.echo(f"{len(wanted) - len(failed)} handled, {len(failed)} failed again", err=True)
        if failed:
            reasons = "\n".join(f"{number}: {reason}" for number, reason in failed.items())
            raise click.ClickException(f"not handled:\n{reasons}")

    run_with_settings(work)


@letters.command()
@click.argument("letter", type=int)
def drop(letter: int) -> None:
    """Throw one away, by its number in the list."""

    async def work(settings: Settings) -> None:
        async with open_store(settings.database) as store:
            if not await store.delivery.drop_letter(letter):
                raise _unknown(letter)

    run_with_settings(work)


def letter_shape(letter: DeadLetter) -> Mapping[str, Any]:
    """Return a dead letter as `voced letters list --json` prints it."""
    return {
        "letter": letter.id,
        "update": letter.update_id,
        "kind": letter.kind,
        "failed": letter.failed_at.isoformat(timespec="seconds"),
        "tries": letter.tries,
        "error": letter.error,
    }


def _as_row(letter: DeadLetter) -> str:
    failed = letter.failed_at.isoformat(sep=" ", timespec="minutes")
    return f"{letter.id:>6}  {failed}  {letter.kind:15} {letter.error}"


async def _find(store: Store, number: int) -> DeadLetter:
    found = await store.delivery.show_letter(number)
    if found is None:
        raise _unknown(number)
    return found


def _unknown(number: int) -> click.ClickException:
    return click.ClickException(f"there is no dead letter {number}")
