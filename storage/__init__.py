"""Remembers what was asked: tables, queries and migrations.

Errors, all without a person's words, a person's id or a password in their messages:

- `StorageError`: the database can't be reached, read or written, or the wish can't be met
    - `AddressError`: no database can stand at the address, so that trying again is of no use
    - `SchemaTooNewError`: a newer version of the bot wrote the database; the start must stop

A value that no caller may hand over (a naive datetime, a confidence above 1) is a `ValueError`.
"""

from storage.errors import AddressError, SchemaTooNewError, StorageError
from storage.records import (
    Front,
    Outcome,
    QuestionRecord,
    StoreStatus,
    identify_gap,
)
from storage.store import Store, check_address, open_store, upgrade

__all__ = [
    "AddressError",
    "Front",
    "Outcome",
    "QuestionRecord",
    "SchemaTooNewError",
    "StorageError",
    "Store",
    "StoreStatus",
    "check_address",
    "identify_gap",
    "open_store",
    "upgrade",
]
