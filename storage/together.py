"""Writes what several tasks want written at the same time in one transaction."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.errors import StorageError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Work(Generic[_Item, _Result]):
    """One kind of writing: what it does, in words, and how it does many at once.

    `write` returns a result for every item, in their order.
    """

    doing: str
    write: Callable[[AsyncConnection, Sequence[_Item]], Awaitable[Sequence[_Result]]]


@dataclass(frozen=True, slots=True)
class _Wish:
    work: Work[Any, Any]
    item: Any
    future: asyncio.Future[Any]


class Together:
    """Gathers what is to be written while a transaction is under way, for the next one.

    A transaction costs as much as ten rows; alone, nobody waits for others.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wishes: list[_Wish] = []
        self._worker: asyncio.Task[None] | None = None

    async def write(self, work: Work[_Item, _Result], item: _Item) -> _Result:
        """Return what became of `item`, once it is committed.

        Raises:
            StorageError: It could not be written.
        """
        future: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        self._wishes.append(_Wish(work, item, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._write_all())
        return await future

    async def _write_all(self) -> None:
        while self._wishes:
            wishes, self._wishes = self._wishes, []
            error = await self._try(wishes)
            if error is None:
                continue
            if len(wishes) == 1 or _is_of_the_database(error):
                # Alone, each would only wait for the same trouble again.
                _fail(wishes, error)
                continue
            # One that can't be written must not take the others with it.
            for wish in wishes:
                if (error := await self._try([wish])) is not None:
                    _fail([wish], error)

    async def _try(self, wishes: Sequence[_Wish]) -> Exception | None:
        """Return why the wishes could not be written, `None` where they are."""
        kinds: dict[Work[Any, Any], list[_Wish]] = {}
        for wish in wishes:
            kinds.setdefault(wish.work, []).append(wish)
        doing = " and ".join(work.doing for work in kinds)
        results: list[tuple[_Wish, Any]] = []
        try:
            async with self._database.write(doing) as connection:
                for work, alike in kinds.items():
                    written = await work.write(connection, [wish.item for wish in alike])
                    results += zip(alike, written, strict=True)
        except Exception as error:  # noqa: BLE001 - told to whoever wished
            return error
        for wish, result in results:
            if not wish.future.done():
                wish.future.set_result(result)
        return None


def _is_of_the_database(error: Exception) -> bool:
    cause = error.__cause__ if isinstance(error, StorageError) else None
    return isinstance(error, StorageError) and (
        cause is None
        or isinstance(cause, (OperationalError, InterfaceError, sqlite3.Error, OSError))
    )


def _fail(wishes: Sequence[_Wish], error: Exception) -> None:
    for wish in wishes:
        # Whoever was cancelled meanwhile does not wait any more.
        if not wish.future.done():
            wish.future.set_exception(error)
