"""Carries a wish out: at once, or tried on the past, shown and confirmed."""

from collections.abc import Awaitable, Callable

import click

from bot.cli.eval.progress import show_count
from bot.cli.missed.session import How, Session, act
from bot.cli.missed.shapes import done_shape
from bot.cli.missed.showing import trial_rows
from bot.cli.shapes import as_line
from bot.editing import (
    AddCounterexample,
    AddPhrasing,
    Done,
    EditingError,
    Trial,
    Undo,
    Wish,
    WriteAnswer,
)
from bot.terminal.lines import heed_interrupts

MakeWish = Callable[[Session], Awaitable[Wish]]
# What takes some seconds, for it changes the knowledge or may do so.
_TRIED = (AddCounterexample, AddPhrasing, WriteAnswer, Undo)


def carry_out(make_wish: MakeWish, how: How) -> None:
    """Let the editor who called decide what `make_wish` returns, and show what came of it."""

    async def work(session: Session) -> None:
        await decide(session, await make_wish(session))

    act(work, how)


def carry_out_this(wish: Wish, how: How) -> None:
    """Let the editor who called decide that, and show what came of it."""

    async def make(_session: Session) -> Wish:
        return wish

    carry_out(make, how)


async def decide(session: Session, wish: Wish) -> None:
    """Put `wish` into force and show what came of it.

    Raises:
        EditingError: It can't be met, or breaks what nobody said may break.
        StorageError: The database is in trouble.
        Abort: The editor does not confirm it.
    """
    is_tried = isinstance(wish, _TRIED)
    with show_count(session.say("editing.cli.trying") if is_tried else None) as progress:
        result = await session.desk.decide(session.actor, wish, progress=progress)
    trial = result if isinstance(result, Trial) else None
    done = await _confirm(session, result) if isinstance(result, Trial) else result
    if session.how.as_json:
        click.echo(as_line(done_shape(done, trial)))
        return
    for line in _done_lines(session, done):
        click.echo(line)


async def _confirm(session: Session, trial: Trial) -> Done:
    _show(session, trial)
    broken = trial.broken
    despite_breaks = session.how.despite_breaks
    if not session.how.yes:
        heed_interrupts()
        _ask(session.say("editing.cli.confirm"))
        if broken and not despite_breaks:
            _ask(session.say("editing.cli.confirm_breaks", count=broken))
            despite_breaks = True
    elif broken and not despite_breaks:
        raise EditingError("breaks", count=broken)
    return await session.desk.confirm(session.actor, trial.id, despite_breaks=despite_breaks)


def _show(session: Session, trial: Trial) -> None:
    screen = session.beside
    for row in trial_rows(trial, session.wording, session.how.language):
        screen.tell(row)
    for language, reply in trial.previews.items():
        screen.hint(f"\n{session.say('editing.cli.preview', tongue=language)}")
        screen.show(reply)
    if trial.entry is not None:
        key = "editing.told.again" if trial.is_repeat else "editing.told.people"
        screen.tell(f"\n{session.say(key, count=trial.people)}")


def _ask(question: str) -> None:
    """Return when the editor says yes.

    Raises:
        Abort: They don't.
    """
    if not click.confirm(question, default=False, err=True):
        raise click.Abort


def _done_lines(session: Session, done: Done) -> list[str]:
    gap = done.gap
    lines = []
    if gap is not None:
        state = session.say(f"editing.state.{gap.state}")
        lines.append(session.say("editing.cli.now", gap=gap.id, state=state))
        if gap.state == "answered" and gap.told.waiting:
            lines.append(session.say("editing.told.people", count=gap.told.waiting))
    if done.opened is not None:
        lines.append(session.say("editing.cli.opened", gap=done.opened))
    key = "editing.cli.line" if done.can_be_undone else "editing.cli.final_line"
    lines.append(session.say(key, line=done.line))
    return lines
