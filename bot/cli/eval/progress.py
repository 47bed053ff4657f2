"""A progress bar on standard error, for those who sit in front of it."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")
_REFRESHES_PER_SECOND = 4


class Track(Protocol):
    """Passes things on one by one, and shows how many of them are through."""

    def __call__(self, things: Sequence[T], what: str) -> Iterable[T]:
        """Return `things`, counted as `what`."""


@contextmanager
def show_progress() -> Iterator[Track]:
    """Yield what tracks things; it shows nothing where standard error is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():

        def pass_on(things: Sequence[T], what: str) -> Iterable[T]:  # noqa: ARG001
            return things

        yield pass_on
        return
    with _make_bar() as progress:

        def track(things: Sequence[T], what: str) -> Iterable[T]:
            return progress.track(things, description=what)

        yield track


@contextmanager
def show_count(what: str | None) -> Iterator[Callable[[int, int], None]]:
    """Yield what is told how many of how many are through, and shows it as `what`.

    It shows nothing where that is `None` or standard error is no terminal.
    """
    if what is None or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with _make_bar() as progress:
        # The bar moves to and fro until it is known how many there are.
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _make_bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        refresh_per_second=_REFRESHES_PER_SECOND,
        transient=True,
    )
