"""Standard input and output as the commands need them, whatever they were started with."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

import click


def write_utf_8() -> None:
    """Let both outputs take any text, also where the system speaks another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def open_input() -> TextIO:
    """Return standard input.

    Raises:
        ClickException: Whoever started the process has closed it.
    """
    # The type stubs don't know that it may be missing.
    stream: TextIO | None = sys.stdin
    if stream is None:
        raise click.ClickException("standard input is closed: there is nothing to read from")
    return stream


def tell_progress(line: str) -> None:
    """Write a line to standard error where somebody sits in front of it."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(line, err=True)


@contextmanager
def output_told_plainly() -> Iterator[None]:
    """Turn a full disk behind standard output into a `ClickException`."""
    try:
        yield
    except OSError as error:
        # Of a reader that went away click takes care; other files are named by those who write.
        if error.errno == errno.EPIPE or error.filename is not None:
            raise
        _drop_what_is_left()
        raise click.ClickException(f"can't write the output: {error.strerror}") from error


def _drop_what_is_left() -> None:
    # Python tries once more at its end, and would complain again.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
