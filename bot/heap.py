"""Spares the garbage collector what is loaded to stay, and gives memory back to the system."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """Let nobody search for garbage in what is being loaded: it all stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def give_back() -> None:
    """Give back what is free in between what is used; does nothing where the C library can't.

    Loading takes twice what is kept in the end.
    """
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        # glibc keeps it for later otherwise; others have no such function.
        ctypes.CDLL(None).malloc_trim(0)
