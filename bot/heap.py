"""Gives memory back to the system: loading takes twice what is kept in the end."""

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """Give back what is free in between what is used; does nothing where the C library can't."""
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        # glibc keeps it for later otherwise; others have no such function.
        ctypes.CDLL(None).malloc_trim(0)
