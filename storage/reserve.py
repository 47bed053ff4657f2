"""Keeps what the store can't take just now, in a small file beside it that outlives a kill."""

import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

import aiosqlite

from storage.delivery.values import WaitingReply
from storage.errors import StorageError, put_into_words, tell_as_storage_error
from storage.records import QuestionRecord, make_storable
from storage.tables import in_utc

Kind = Literal["question", "reply", "update"]

# About two thousand questions: room that the file has already, should the disk be full.
_SET_ASIDE_BYTES = 1024 * 1024
_SETTINGS = (
    # The journal's file stays as well, and nobody else opens this one.
    "PRAGMA journal_mode = PERSIST",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA busy_timeout = 0",
)
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
    "owner TEXT, kept_at TEXT NOT NULL, body TEXT NOT NULL)"
)
_NOT_A_DATABASE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Kept(Generic[_Value]):
    """Something that is kept, under its id."""

    id: int
    value: _Value


class Reserve:
    """Questions, replies and the numbers of handled updates that wait for the store.

    Only one process has it. Every method raises `StorageError` when the file can't be used.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    # -- questions

    async def keep_question(self, question: QuestionRecord) -> int:
        """Return the id under which a question is kept."""
        body = {**asdict(question), "asked_at": in_utc(question.asked_at).isoformat()}
        return await self._keep("question", question.asker, question.asked_at, body)

    async def list_questions(
        self, *, asker: str | None = None, limit: int
    ) -> tuple[Kept[QuestionRecord], ...]:
        """Return questions, of one asker or of all, the oldest first."""
        return await self._read("question", _read_question, owner=asker, limit=limit)

    async def change_question(self, *, number: int, question: QuestionRecord) -> bool:
        """Put a question in the place of the one under that id; return whether there was one."""
        body = {**asdict(question), "asked_at": in_utc(question.asked_at).isoformat()}
        return await self._run(
            "UPDATE kept SET owner = ?, body = ? WHERE id = ?",
            (question.asker, _write(body), number),
        )

    # -- replies

    async def keep_reply(self, reply: WaitingReply) -> int:
        """Return the id under which a reply is kept; its own is not."""
        body = {
            **asdict(reply),
            "created_at": in_utc(reply.created_at).isoformat(),
            "due_at": in_utc(reply.due_at).isoformat(),
        }
        return await self._keep("reply", str(reply.chat_id), reply.created_at, body)

    async def list_replies(self, *, limit: int) -> tuple[Kept[WaitingReply], ...]:
        """Return replies, the oldest first."""
        return await self._read("reply", _read_reply, limit=limit)

    # -- handled updates

    async def keep_handled(self, update_id: int, *, at: datetime) -> None:
        """Keep the number of an update that was handled."""
        await self._keep("update", None, at, {"update_id": update_id})

    async def list_handled(self, *, limit: int) -> tuple[int, ...]:
        """Return the numbers of handled updates, the oldest first."""
        kept = await self._read("update", _read_number, limit=limit)
        return tuple(one.value for one in kept)

    # -- all of them

    async def count(self, kind: Kind) -> int:
        """Return how many of a kind are kept."""
        with tell_as_storage_error("look into the reserve"):
            sql = "SELECT count(*) FROM kept WHERE kind = ?"
            ((count,),) = await self._connection.execute_fetchall(sql, (kind,))
        return int(count)

    async def drop(self, *numbers: int) -> bool:
        """Return whether anything was kept under these ids; it is gone."""
        # One statement for all of them, which no list of parameters would be long enough for.
        sql = "DELETE FROM kept WHERE id IN (SELECT value FROM json_each(?))"
        return await self._run(sql, (json.dumps(numbers),))

    async def drop_older(self, kind: Kind, before: datetime) -> None:
        """Drop what of a kind was kept before that moment."""
        sql = "DELETE FROM kept WHERE kind = ? AND kept_at < ?"
        await self._run(sql, (kind, in_utc(before).isoformat()))

    async def _keep(
        self, kind: Kind, owner: str | None, at: datetime, body: Mapping[str, Any]
    ) -> int:
        sql = "INSERT INTO kept (kind, owner, kept_at, body) VALUES (?, ?, ?, ?)"
        row = (kind, owner, in_utc(at).isoformat(), _write(body))
        with tell_as_storage_error("write to the reserve"):
            cursor = await self._connection.execute(sql, row)
            number = cursor.lastrowid
            await cursor.close()
        return number or 0

    async def _read(
        self,
        kind: Kind,
        read: Callable[[Mapping[str, Any]], _Value],
        *,
        limit: int,
        owner: str | None = None,
    ) -> tuple[Kept[_Value], ...]:
        sql = (
            "SELECT id, body FROM kept WHERE kind = ? AND (? IS NULL OR owner = ?) "
            "ORDER BY id LIMIT ?"
        )
        with tell_as_storage_error("look into the reserve"):
            rows = await self._connection.execute_fetchall(sql, (kind, owner, owner, limit))
        found: list[Kept[_Value]] = []
        for number, body in rows:
            try:
                found.append(Kept(number, read(json.loads(body))))
            except (KeyError, TypeError, ValueError):
                # What no version can read must not stand in the way of the others.
                await self._run("UPDATE kept SET kind = 'unreadable' WHERE id = ?", (number,))
        return tuple(found)

    async def _run(self, sql: str, values: Sequence[object]) -> bool:
        """Return whether a row was changed."""
        with tell_as_storage_error("write to the reserve"):
            cursor = await self._connection.execute(sql, values)
            changed = cursor.rowcount
            await cursor.close()
        return changed > 0


def open_reserve(path: Path) -> AbstractAsyncContextManager[Reserve]:
    """Return the reserve in the file at `path`, made where there is none, closed at the end.

    Raises:
        StorageError: It can't be used, or another process has it. A damaged file is set aside
            under a name that ends in `.damaged`, so that the next opening makes a new one.
    """
    return _open_reserve(path)


@asynccontextmanager
async def _open_reserve(path: Path) -> AsyncIterator[Reserve]:
    _make_file(path)
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        try:
            await _prepare(connection)
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in _NOT_A_DATABASE:
                _set_aside(path)
            words = put_into_words(error)
            raise StorageError(f"can't open the reserve {path.name}: {words}") from error
        yield Reserve(connection)


def _make_file(path: Path) -> None:
    with tell_as_storage_error(f"open the reserve {path.name}"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        # A file that can't be opened must fail here, before the driver's thread begins.
        sqlite3.connect(path).close()


async def _prepare(connection: aiosqlite.Connection) -> None:
    for setting in _SETTINGS:
        await connection.execute_fetchall(setting)
    await connection.execute_fetchall(_TABLE)
    ((pages,),) = await connection.execute_fetchall("PRAGMA page_count")
    ((page_bytes,),) = await connection.execute_fetchall("PRAGMA page_size")
    if pages * page_bytes >= _SET_ASIDE_BYTES:
        return
    # What is deleted leaves its pages to the file. A full disk has no room to be set aside.
    with suppress(sqlite3.OperationalError):
        await connection.execute_fetchall("BEGIN")
        await connection.execute_fetchall(
            "INSERT INTO kept (id, kind, kept_at, body) VALUES (0, '', '', zeroblob(?))",
            (_SET_ASIDE_BYTES,),
        )
        await connection.execute_fetchall("COMMIT")
    if connection.in_transaction:
        await connection.execute_fetchall("ROLLBACK")
    await connection.execute_fetchall("DELETE FROM kept WHERE id = 0")


def _set_aside(path: Path) -> None:
    with suppress(OSError):
        path.replace(path.with_name(f"{path.name}.damaged"))


def _write(body: Mapping[str, Any]) -> str:
    # Lone surrogates, which a message may hold, are no text to the driver.
    return make_storable(json.dumps(body, ensure_ascii=False))


def _read_number(body: Mapping[str, Any]) -> int:
    return int(body["update_id"])


def _read_question(body: Mapping[str, Any]) -> QuestionRecord:
    known = _known_of(QuestionRecord, body)
    times = {"asked_at": datetime.fromisoformat(body["asked_at"])}
    return QuestionRecord(**{**known, **times, "nearest": tuple(body["nearest"])})


def _read_reply(body: Mapping[str, Any]) -> WaitingReply:
    known = _known_of(WaitingReply, body)
    times = {name: datetime.fromisoformat(body[name]) for name in ("created_at", "due_at")}
    return WaitingReply(**{**known, **times})


def _known_of(kind: type[QuestionRecord | WaitingReply], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what this version knows of a value that another may have kept."""
    return {one.name: body[one.name] for one in fields(kind) if one.name in body}
