"""A fresh store for each test, a look at what it keeps, and trouble on demand."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.memory.recording import Recorder
from bot.reply import Question, Reply
from bot.services import Brain
from storage import Store, open_store
from tests.bot.records import Clock
from tests.bots.databases import LayDatabase


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "voced.sqlite"


@pytest.fixture
async def store(database_file: Path, lay_database: LayDatabase) -> AsyncIterator[Store]:
    lay_database(database_file)
    async with open_store(f"sqlite:///{database_file}") as opened:
        yield opened


@pytest.fixture
def kept(database_file: Path) -> Callable[[], list[dict[str, Any]]]:
    """Return what reads every question in the database, in the order they were written."""

    def read() -> list[dict[str, Any]]:
        with closing(sqlite3.connect(database_file)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM questions ORDER BY id")]

    return read


@dataclass(frozen=True, slots=True)
class Trouble:
    """Makes every write to the database fail, until it ends."""

    database_file: Path

    def begin(self) -> None:
        self._run("ALTER TABLE questions RENAME TO questions_out_of_reach")

    def end(self) -> None:
        self._run("ALTER TABLE questions_out_of_reach RENAME TO questions")

    def _run(self, statement: str) -> None:
        with closing(sqlite3.connect(self.database_file)) as connection, connection:
            connection.execute(statement)


@pytest.fixture
def trouble(database_file: Path, store: Store) -> Trouble:
    return Trouble(database_file)


@pytest.fixture
def reply_from_tiny(tiny_brain: Brain) -> Callable[..., Reply]:
    """Return what answers from the tiny knowledge without recording anything."""

    def reply(
        text: str,
        *,
        hint: str | None = None,
        today: date = date(2026, 1, 1),
        brain: Brain = tiny_brain,
    ) -> Reply:
        question = Question(text=text, front="cli", hint=hint)  # type: ignore[arg-type]
        return brain.answerer.answer(question, today=today)

    return reply


@pytest.fixture
def assist(tiny_brain: Brain) -> Callable[[Recorder], Assistant]:
    """Return what makes an assistant with a recorder, on the first day of 2026."""

    def make(recorder: Recorder) -> Assistant:
        return Assistant(
            tiny_brain.answerer, recorder, tiny_brain.wording, today=lambda: date(2026, 1, 1)
        )

    return make


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still until it is moved."""
    return Clock()
