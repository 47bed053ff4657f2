"""A fresh database for each test, and questions to put into it."""

import threading
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from storage import QuestionRecord, Store, open_store
from tests.bots.databases import LayDatabase

AskQuestion = Callable[..., QuestionRecord]


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def url(database_file: Path) -> str:
    return f"sqlite:///{database_file}"


@pytest.fixture
async def store(url: str, database_file: Path, lay_database: LayDatabase) -> AsyncIterator[Store]:
    lay_database(database_file)
    async with open_store(url) as opened:
        yield opened


@pytest.fixture
def ask() -> AskQuestion:
    """Return a missed question; what is given replaces its values."""

    def make(text: str = "学费多少", **values: Any) -> QuestionRecord:
        usual: dict[str, Any] = {
            "asked_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
            "front": "telegram",
            "text": text,
            "normalised": text.casefold().strip("?？ "),
            "language": "zh",
            "outcome": "missed",
            "entry": None,
            "confidence": 0.25,
            "reason": "no_match",
            "knowledge_version": "v1",
            "asker": "a1",
            "gap": "no_match",
            "nearest": ("tuition", "grants"),
        }
        return QuestionRecord(**(usual | values))

    return make


@pytest.fixture
def fill_disk() -> Iterator[Callable[[Path], None]]:
    """Make every connection opened from now on refuse to let the file grow."""
    limits: list[int] = []

    def limit(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pages in limits:
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        cursor.close()

    def fill(database_file: Path) -> None:
        limits.append(database_file.stat().st_size // 4096)

    event.listen(Pool, "connect", limit)
    yield fill
    event.remove(Pool, "connect", limit)


@pytest.fixture
def left_threads() -> Callable[[], list[threading.Thread]]:
    """Return the threads that were started in the test and do not end."""
    before = set(threading.enumerate())

    def look() -> list[threading.Thread]:
        started = set(threading.enumerate()) - before
        for thread in started:
            thread.join(timeout=5)
        return [thread for thread in started if thread.is_alive()]

    return look


@pytest.fixture
def all_messages() -> Callable[[BaseException], str]:
    """Return what a log would print of an error and its causes, without the lines of code."""

    def collect(error: BaseException) -> str:
        shown = traceback.TracebackException.from_exception(error)
        lines: list[str] = []
        while shown is not None:
            lines += shown.format_exception_only()
            hidden = None if shown.__suppress_context__ else shown.__context__
            shown = shown.__cause__ or hidden
        return "".join(lines)

    return collect
