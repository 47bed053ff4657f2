"""The decisions that need no text."""

import click

from bot.cli.missed.deciding import carry_out, carry_out_this
from bot.cli.missed.options import changes_knowledge, confirms, decides
from bot.cli.missed.session import How, Session
from bot.editing import (
    Assign,
    Dismiss,
    Link,
    Merge,
    Reopen,
    SplitOff,
    TellAgain,
    Undo,
    Wish,
)

_NOBODY = "nobody"


@click.command()
@click.argument("gap")
@decides
def take(*, gap: str, how: How) -> None:
    """Take GAP: others see that you look after it."""

    async def make(session: Session) -> Wish:
        shown = (await session.desk.show(session.actor, gap)).gap
        if shown.is_open and shown.assignee not in {None, session.actor}:
            raise click.ClickException(
                session.say("editing.cli.taken", gap=gap, by=shown.assignee, own=session.actor)
            )
        # Of two who take it at once, the second is told.
        return Assign(gap=gap, to=session.actor, seen=shown.version)

    carry_out(make, how)


@click.command()
@click.argument("gap")
@click.argument("to", metavar="EDITOR")
@decides
def assign(*, gap: str, to: str, how: How) -> None:
    """Give GAP to EDITOR, by numeric id, or back to `nobody`."""
    if to != _NOBODY and not (to.isascii() and to.isdecimal()):
        raise click.BadParameter(f"'{to}' is neither a numeric id nor '{_NOBODY}'.")
    editor = None if to == _NOBODY else int(to)

    async def make(_session: Session) -> Wish:
        return Assign(gap=gap, to=editor)

    carry_out(make, how)


@click.command()
@click.argument("gap")
@click.argument("entry")
@confirms
def link(*, gap: str, entry: str, how: How) -> None:
    """Answer GAP with ENTRY, and leave the entry's phrasings as they are."""
    carry_out_this(Link(gap=gap, entry=entry), how)


@click.command()
@click.argument("gap")
@confirms
def tell(*, gap: str, how: How) -> None:
    """Tell those once more of GAP's answer of whom it is not known whether they were."""
    carry_out_this(TellAgain(gap=gap), how)


@click.command()
@click.argument("gap")
@click.argument("into")
@confirms
def merge(*, gap: str, into: str, how: How) -> None:
    """Make GAP part of the gap INTO; whoever waits is told where that one is answered."""
    carry_out_this(Merge(gap=gap, into=into), how)


@click.command()
@click.argument("gap")
@click.argument("wordings", metavar="WORDING...", nargs=-1, required=True)
@decides
def split(*, gap: str, wordings: tuple[str, ...], how: How) -> None:
    """Make some wordings of GAP, by their ids as `show` names them, a gap of their own."""
    carry_out_this(SplitOff(gap=gap, wordings=wordings), how)


@click.command()
@click.argument("gap")
@click.option("--why", required=True, help="The reason, for the other editors.")
@click.option("--towards", metavar="ENTRY", help="What says it all; comes back when that changes.")
@decides
def dismiss(*, gap: str, why: str, towards: str | None, how: How) -> None:
    """Put GAP away without an answer."""
    carry_out_this(Dismiss(gap=gap, why=why, towards=towards), how)


@click.command()
@click.argument("gap")
@decides
def reopen(*, gap: str, how: How) -> None:
    """Let GAP wait for an editor again."""
    carry_out_this(Reopen(gap=gap), how)


@click.command()
@click.argument("line", type=click.IntRange(1))
@changes_knowledge
def undo(*, line: int, how: How) -> None:
    """Take the decision with the number LINE in the journal back."""
    carry_out_this(Undo(line=line), how)
