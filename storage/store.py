"""Opens the store and offers everything that can be asked of it."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

from storage.delivery import DeliveryStore
from storage.editing import EditingStore
from storage.engine import Database, parse_url
from storage.errors import tell_as_storage_error
from storage.health import HealthStore
from storage.maintenance import blank_texts, copy_to, read_status
from storage.people import PeopleStore
from storage.questions import insert_batches, update_choice
from storage.records import QuestionRecord, StoreStatus
from storage.schema import bring_up_to_date
from storage.together import Together, Work

_RECORD = Work("record questions", insert_batches)


class Store:
    """What is remembered. Any number of tasks may use one store at the same time.

    Every method raises `StorageError` when the database fails or the store is closed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._together = Together(database)
        self.people = PeopleStore(database, self._together)
        self.delivery = DeliveryStore(database, self._together)
        self.editing = EditingStore(database)
        self.health = HealthStore(database)

    async def record(self, question: QuestionRecord) -> int:
        """Return the id under which the question is now kept."""
        return (await self.record_many([question]))[0]

    async def record_many(self, questions: Sequence[QuestionRecord]) -> tuple[int, ...]:
        """Return the ids of the questions, in their order; all are kept or none."""
        return await self._together.write(_RECORD, questions)

    async def choose(
        self, question_id: int, *, entry: str | None, at: datetime, asker: str | None = None
    ) -> bool:
        """Return whether this press counted.

        A second one does not, nor one on nothing open or on the question of another `asker`.
        `None` means none of these and puts the question before editors.
        """
        async with self._database.write("record a choice") as connection:
            return await update_choice(connection, question_id, entry=entry, asker=asker, at=at)

    async def status(self) -> StoreStatus:
        """Return the state of the store, with a proof that it can be written to."""
        return await read_status(self._database)

    async def backup(self, target: Path) -> None:
        """Write a consistent copy of an SQLite database to `target`, which must not exist."""
        await copy_to(self._database, target)

    async def forget_texts(self, before: datetime) -> int:
        """Return how many older questions lost their texts; they still count, but not as missed."""
        return await blank_texts(self._database, before)


def check_address(url: str) -> None:
    """Return when a database may stand at `url`; nothing is opened.

    Raises:
        AddressError: None can, whatever is done outside of this process.
    """
    parse_url(url)


def open_store(url: str) -> AbstractAsyncContextManager[Store]:
    """Return the store at `url`, its schema up to date; every connection is closed at the end.

    Takes `sqlite:///path` and `postgresql://…`, with or without the asynchronous driver. The
    folder of an SQLite file is created.

    Raises:
        AddressError: The URL is not understood.
        SchemaTooNewError: A newer version wrote the database.
        StorageError: The database can't be opened.
    """
    return _open_store(url)


@asynccontextmanager
async def _open_store(url: str) -> AsyncIterator[Store]:
    async with _open_database(url) as database:
        await bring_up_to_date(database)
        yield Store(database)


async def upgrade(url: str) -> tuple[str | None, str]:
    """Return the schema's revision before and after; `None` stands for an empty database.

    Raises:
        AddressError: The URL is not understood.
        SchemaTooNewError: A newer version wrote the database.
        StorageError: The database can't be changed.
    """
    async with _open_database(url) as database:
        return await bring_up_to_date(database)


@asynccontextmanager
async def _open_database(url: str) -> AsyncIterator[Database]:
    database = Database(parse_url(url))
    try:
        if database.path:
            _make_file(database.path)
        yield database
    finally:
        await database.close()


def _make_file(path: Path) -> None:
    with tell_as_storage_error(f"create the folder {path.parent}"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tell_as_storage_error(f"open the database {path}"):
        if not path.exists():
            # SQLite would let everybody read what people asked; its side files take over the mode.
            path.touch(mode=0o600)
        # A file that can't be opened must fail here: aiosqlite's thread would go on telling the
        # event loop about it, which may be closed by then.
        sqlite3.connect(path).close()
