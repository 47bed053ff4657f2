"""What is written at the same time shares a transaction, and no fault."""

import asyncio
import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from storage.errors import is_held_by_others

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def transactions(store):
    """Count the transactions that the store commits."""
    counted = []
    engine = store._database._engine.sync_engine
    event.listen(engine, "commit", counted.append)
    return counted


async def test_questions_of_one_moment_share_a_transaction(store, ask, transactions):
    numbers = await asyncio.gather(*(store.record(ask(str(one))) for one in range(50)))

    assert len(set(numbers)) == 50
    assert len(transactions) <= 2


async def test_questions_of_one_moment_share_a_statement(store, ask):
    """Each statement goes to another thread and back several times, and a person waits for it."""
    statements = []
    engine = store._database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))

    await store.record_many([ask(str(one), update_id=one + 1) for one in range(50)])
    assert len(statements) == 1


async def test_what_is_cut_short_leaves_no_transaction_open(store, ask):
    begun = asyncio.Event()

    async def write_for_ever():
        async with store._database.write("wait") as connection:
            await connection.exec_driver_sql("DELETE FROM questions")
            begun.set()
            await asyncio.Event().wait()

    number = await store.record(ask())
    task = asyncio.create_task(write_for_ever())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert await store.record(ask("next")) == number + 1
    assert sum((await store.status()).outcomes.values()) == 2


async def test_different_kinds_of_writing_share_a_transaction(store, ask, transactions):
    await asyncio.gather(
        store.record(ask()),
        store.delivery.begin(1, at=NOW),
        store.delivery.begin(2, at=NOW),
        store.delivery.finish(3, at=NOW),
    )
    assert len(transactions) <= 2


async def test_what_can_not_be_written_takes_nothing_with_it(store, ask):
    no_entry = ask(nearest=({"not", "JSON"},))
    good, bad, better = await asyncio.gather(
        store.record(ask("good")),
        store.record(no_entry),
        store.record(ask("better")),
        return_exceptions=True,
    )

    assert isinstance(good, int)
    assert isinstance(better, int)
    assert isinstance(bad, Exception)
    assert sum((await store.status()).outcomes.values()) == 2


async def test_whoever_does_not_wait_any_more_holds_up_nobody(store, ask):
    leaving = asyncio.ensure_future(store.record(ask("leaves")))
    await asyncio.sleep(0)
    staying = asyncio.ensure_future(store.record(ask("stays")))
    leaving.cancel()

    assert await staying
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_a_full_disk_fails_everybody_at_once(store, ask, database_file, fill_disk):
    await store.record(ask())
    fill_disk(database_file)
    await store._database._engine.dispose()
    failed = await asyncio.gather(
        *(store.record(ask("long " * 5000)) for _ in range(3)), return_exceptions=True
    )
    assert [str(one) for one in failed] == ["can't record questions: the disk is full"] * 3


async def test_a_database_that_another_process_holds_fails_everybody_at_once(
    store, ask, database_file
):
    """Tried one by one, each would wait as long again."""
    taken = []
    engine = store._database._engine.sync_engine
    event.listen(engine, "checkout", lambda *call: taken.append(call))
    holder = sqlite3.connect(database_file, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        failed = await asyncio.gather(
            *(store.record(ask(str(one))) for one in range(3)), return_exceptions=True
        )
    finally:
        holder.close()

    assert {str(one) for one in failed} == {
        "can't record questions: another process holds the database"
    }
    assert all(is_held_by_others(one) for one in failed)
    assert len(taken) == 1
    assert await store.record(ask("free again"))
