"""What can go wrong with the database, told without anyone's words in it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError


class StorageError(Exception):
    """The database can't do what was asked; the message is fit for a log."""


class AddressError(StorageError):
    """The database's address can't be right, now or later."""


class SchemaTooNewError(StorageError):
    """The database was written by a newer version than this one."""


# The drivers' own messages may quote a row, so only their codes are put into words.
_SQLITE_WORDS = {
    "SQLITE_BUSY": "another process holds the database",
    "SQLITE_CANTOPEN": "the file can't be opened",
    "SQLITE_CONSTRAINT": "the row breaks a rule of the table",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk can't be read or written",
    "SQLITE_LOCKED": "another task holds the database",
    "SQLITE_NOTADB": "the file is not an SQLite database",
    "SQLITE_PERM": "the file must not be used",
    "SQLITE_READONLY": "the database is read-only",
}
_SQLSTATE_WORDS = {
    "08": "the connection to the server broke",
    "23": "the row breaks a rule of the table",
    "25": "the server is read-only",
    "28": "the server refuses the user or the password",
    "3D": "the server has no such database",
    "42": "the server refuses the statement",
    "53": "the server is out of disk, memory or connections",
    "57": "the server is starting or shutting down",
}


@contextmanager
def tell_as_storage_error(doing: str) -> Iterator[None]:
    """Turn every error of the database into a `StorageError` that says what was being done."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StorageError(f"can't {doing}: {put_into_words(error)}") from error


def is_held_by_others(error: StorageError) -> bool:
    """Return whether another one writes to the SQLite file, which may soon be over."""
    # What SQLAlchemy runs it wraps; BEGIN goes straight to the driver.
    driver = getattr(error.__cause__, "orig", None) or error.__cause__
    return str(getattr(driver, "sqlite_errorname", "")).startswith("SQLITE_BUSY")


def put_into_words(error: Exception) -> str:
    """Return why the database failed, from codes and classes alone."""
    if isinstance(error, PoolTimeoutError):
        return "no connection became free in time"
    cause = getattr(error, "orig", None) or error
    if isinstance(name := getattr(cause, "sqlite_errorname", None), str):
        # Extended codes add a word: SQLITE_IOERR_WRITE is a case of SQLITE_IOERR.
        return _SQLITE_WORDS.get("_".join(name.split("_")[:2]), f"SQLite answers {name}")
    if isinstance(state := getattr(cause, "sqlstate", None), str):
        return _SQLSTATE_WORDS.get(state[:2], f"the server answers {state}")
    if isinstance(cause, OSError):
        # Look-ups of names fail with negative numbers, which are no system errors.
        known = cause.errno if cause.errno is not None and cause.errno > 0 else None
        return os.strerror(known) if known else "the server can't be reached"
    return type(cause).__name__
