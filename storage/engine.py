"""Connects to the database: addresses, SQLite's settings, transactions and closing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import AddressError, StorageError, tell_as_storage_error

_BEGIN = "voced_begin"
_PATIENCE = "voced_patience_ms"
# Milliseconds. A person waits meanwhile: what can't be written soon is written later.
_PATIENCE_MS = 1000
_SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout = {_PATIENCE_MS}",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    # Forgotten texts are overwritten in the file, not only unlinked.
    "PRAGMA secure_delete = ON",
)


def parse_url(text: str) -> URL:
    """Return the database's address with the asynchronous driver.

    Raises:
        AddressError: The address is not understood, its database is not supported, or the
            driver is not installed.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The cause may quote a part of the password.
        raise AddressError("the database URL can't be read") from None
    if url.drivername in {"sqlite", "sqlite+aiosqlite"}:
        # Two slashes instead of three make a host of the first folder.
        if url.host or url.query or url.database in {None, "", ":memory:"}:
            raise AddressError("an SQLite URL names a file and nothing else: sqlite:///path")
        return url.set(drivername="sqlite+aiosqlite")
    if url.drivername in {"postgres", "postgresql", "postgresql+asyncpg"}:
        if unknown := set(url.query) - {"ssl", "sslmode"}:
            raise AddressError(
                f"the database URL has unknown options: {', '.join(sorted(unknown))}"
            )
        if find_spec("asyncpg") is None:
            raise AddressError("PostgreSQL needs the package asyncpg, which is not installed")
        # Hosts hand out libpq's name of the option, which asyncpg refuses.
        mode = url.query.get("sslmode") or url.query.get("ssl")
        return url.set(drivername="postgresql+asyncpg", query={"ssl": mode} if mode else {})
    raise AddressError("the database URL must begin with sqlite:/// or postgresql://")


class Database:
    """Open connections to one database; `close` waits until every one is given back."""

    def __init__(self, url: URL) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.path = Path(url.database or "") if self.is_sqlite else None
        self.shown_url = url.render_as_string(hide_password=True)
        # A traceback must not print what people asked either.
        self._engine = create_async_engine(
            url, hide_parameters=True, pool_reset_on_return=None if self.is_sqlite else "rollback"
        )
        # SQLite has one writer: waiting here is fair, its own waiting sleeps and polls.
        self._turn: AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if self.is_sqlite else nullcontext()
        )
        self._ways: dict[tuple[str, int], AsyncEngine] = {}
        self._in_use = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False
        if self.is_sqlite:
            event.listen(self._engine.sync_engine, "connect", _set_up_sqlite)
            event.listen(self._engine.sync_engine, "begin", _begin_sqlite)
            event.listen(self._engine.sync_engine, "reset", _reset_sqlite)

    def read(self, doing: str) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a connection whose reads on SQLite all see the same state."""
        return self._connect(doing, begin="BEGIN", turn=nullcontext())

    def write(
        self, doing: str, *, patience_ms: int = _PATIENCE_MS
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a connection that commits at the end, or rolls back on an error.

        On SQLite it waits `patience_ms` for another process to finish writing.
        """
        # A plain BEGIN that reads first can't become a writer once another one was faster.
        return self._connect(
            doing, begin="BEGIN IMMEDIATE", turn=self._turn, patience_ms=patience_ms
        )

    def without_transaction(self, doing: str) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return an SQLite connection for statements that refuse to run in a transaction."""
        return self._connect(doing, begin="", turn=nullcontext())

    async def empty_log(self) -> None:
        """Take what was overwritten out of SQLite's log too, unless somebody reads just now."""
        if self.is_sqlite:
            with suppress(StorageError):
                async with self.without_transaction("empty the log") as connection:
                    await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Refuse new work, wait for what is under way and close every connection."""
        self._closed = True
        try:
            await self._idle.wait()
        finally:
            await self._engine.dispose()

    def _beginning(self, begin: str, patience_ms: int) -> AsyncEngine:
        """Return the engine whose transactions begin in one way, made once for each."""
        way = begin, patience_ms
        if way not in self._ways:
            options = {_BEGIN: begin, _PATIENCE: patience_ms}
            self._ways[way] = self._engine.execution_options(**options)
        return self._ways[way]

    @asynccontextmanager
    async def _connect(
        self,
        doing: str,
        *,
        begin: str,
        turn: AbstractAsyncContextManager[Any],
        patience_ms: int = _PATIENCE_MS,
    ) -> AsyncIterator[AsyncConnection]:
        if self._closed:
            raise StorageError(f"can't {doing}: the store is closed")
        self._in_use += 1
        self._idle.clear()
        try:
            with tell_as_storage_error(doing):
                async with turn, self._beginning(begin, patience_ms).begin() as connection:
                    yield connection
        finally:
            self._in_use -= 1
            if not self._in_use:
                self._idle.set()


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it leaves DDL and reads outside of them.
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in _SQLITE_SETTINGS:
        cursor.execute(setting)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    patience_ms = int(options.get(_PATIENCE, _PATIENCE_MS))
    if connection.info.get(_PATIENCE) != patience_ms:
        _say(connection, f"PRAGMA busy_timeout = {patience_ms}")
        connection.info[_PATIENCE] = patience_ms
    if begin := options.get(_BEGIN, "BEGIN"):
        _say(connection, begin)


def _say(connection: Connection, statement: str) -> None:
    # All that the driver does goes to another thread and back: this once, by a cursor thrice.
    adapted: Any = connection.connection.dbapi_connection
    adapted.run_async(lambda raw: raw.execute_fetchall(statement))


def _reset_sqlite(adapted: Any, _record: object, _state: object) -> None:
    # Hardly ever, so the pool should not do so each time.
    if adapted.driver_connection.in_transaction:
        adapted.rollback()
