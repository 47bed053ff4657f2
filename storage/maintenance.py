"""Looks after the store: its state, copies of it, and texts whose time is over."""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from sqlalchemy import func, null, select, text, update

from storage.editing.counting import forget_wordings
from storage.editing.decisions.tellings import give_up_unsure
from storage.engine import Database
from storage.errors import StorageError, put_into_words
from storage.people.feedback import count_feedback
from storage.people.waits import count_waits, end_old_waits
from storage.questions import insert_questions
from storage.records import Outcome, QuestionRecord, StoreStatus
from storage.schema import read_revision
from storage.tables import in_utc, questions

_LEAST_FREE_BYTES = 1024 * 1024
_PROBE = QuestionRecord(
    asked_at=datetime.fromtimestamp(0, UTC),
    front="cli",
    # Longer than what fits into the last page, so that a full database shows.
    text="probe" * 10_000,
    normalised="",
    language="en",
    outcome="gated",
    entry=None,
    confidence=0,
    reason=None,
    knowledge_version="",
    asker=None,
    gap=None,
    nearest=(),
)


async def read_status(database: Database) -> StoreStatus:
    """Return the state of the store, `fault` saying why it can't be written to."""
    by_outcome = select(questions.c.outcome, func.count()).group_by(questions.c.outcome)
    before_editors = select(func.count(), func.count(questions.c.gap_id.distinct())).where(
        questions.c.gap.is_not(None)
    )
    async with database.read("read the state of the store") as connection:
        revision = await connection.run_sync(read_revision)
        counted: dict[str, int] = dict((await connection.execute(by_outcome)).all())
        missed, gaps = (await connection.execute(before_editors)).one()
        verdicts = await count_feedback(connection)
        waits = await count_waits(connection)
    fault = await _find_fault(database)
    return StoreStatus(
        url=database.shown_url,
        revision=revision,
        outcomes={outcome: counted.get(outcome, 0) for outcome in get_args(Outcome)},
        missed=missed,
        gaps=gaps,
        feedback=verdicts,
        waits=waits,
        size_bytes=_measure(database.path) if database.path else None,
        writable=fault is None,
        fault=fault,
    )


async def copy_to(database: Database, target: Path) -> None:
    """Write a consistent copy of an SQLite database to `target`, readable by its owner alone.

    Raises:
        StorageError: `target` exists, the copy can't be written, or the server has its own tool.
    """
    if database.path is None:
        raise StorageError("can't copy a PostgreSQL database: use pg_dump")
    _claim(target)
    try:
        async with database.without_transaction("copy the database") as connection:
            await connection.execute(text("VACUUM INTO :target").bindparams(target=str(target)))
    except BaseException:
        _give_up(target)
        raise


async def blank_texts(database: Database, before: datetime) -> int:
    """Return how many questions asked before that moment lost their texts now.

    Nobody waits any more for what they asked then.
    """
    old = (questions.c.asked_at < in_utc(before), questions.c.gap_id.is_not(None))
    blank = {"text": "", "normalised": "", "gap_id": null(), "gap": null(), "gathered": null()}
    async with database.write("forget old texts") as connection:
        await end_old_waits(connection, before)
        await give_up_unsure(connection, before)
        gathered = await connection.scalars(select(questions.c.gathered).where(*old).distinct())
        gaps = gathered.all()
        blanked = await connection.execute(update(questions).where(*old).values(blank))
        await forget_wordings(connection, gaps)
    return blanked.rowcount


async def _find_fault(database: Database) -> str | None:
    # What is rolled back stays in memory, so the file itself is asked about too.
    if database.path and (fault := _find_fault_of_file(database.path)):
        return fault
    try:
        async with database.write("write to the database") as connection:
            await insert_questions(connection, [_PROBE])
            await connection.rollback()
    except StorageError as error:
        return str(error)
    return None


def _find_fault_of_file(path: Path) -> str | None:
    try:
        if not path.exists():
            return "the database file is gone"
        if shutil.disk_usage(path.parent).free < _LEAST_FREE_BYTES:
            return "the disk is full"
    except OSError as error:
        return put_into_words(error)
    return None


def _measure(path: Path) -> int:
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _claim(target: Path) -> None:
    try:
        target.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise StorageError(f"{target} exists and is not overwritten") from error
    except OSError as error:
        raise StorageError(f"can't write {target}: {put_into_words(error)}") from error


def _give_up(target: Path) -> None:
    # Half a copy looks like a whole one. The file is ours: it was claimed before.
    with suppress(OSError):
        target.unlink()
