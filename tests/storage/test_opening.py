"""A store opens wherever it can, says why where it can't, and closes whatever happens."""

import asyncio
import gc
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import storage
from storage import StorageError, open_store
from tests.storage.gathering import list_missed


async def _open_and_record(url, question):
    async with open_store(url) as store:
        return await store.record(question)


async def test_the_folder_of_the_file_is_created(tmp_path, ask):
    database_file = tmp_path / "数据" / "voced bot" / "store.db"

    async with open_store(f"sqlite:///{database_file}") as store:
        await store.record(ask())
    assert database_file.is_file()


async def test_only_the_owner_can_read_the_database(url, database_file, ask):
    async with open_store(url) as store:
        await store.record(ask())
        files = list(database_file.parent.glob(f"{database_file.name}*"))
        modes = {file.name: file.stat().st_mode & 0o777 for file in files}

    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


async def test_the_mode_of_a_database_that_is_there_is_left_alone(url, database_file):
    database_file.touch()
    database_file.chmod(0o640)

    async with open_store(url):
        pass
    assert database_file.stat().st_mode & 0o777 == 0o640


async def test_what_was_recorded_is_there_after_the_next_start(url, ask):
    async with open_store(url) as store:
        await store.record(ask("fees"))

    async with open_store(url) as store:
        assert [missed.text for missed in await list_missed(store)] == ["fees"]


async def test_sqlite_is_set_up_for_readers_beside_a_writer(store):
    settings = {}
    async with store._database.read("look") as connection:
        for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous"):
            settings[name] = (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()

    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 1000,
        "synchronous": 1,
    }


async def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "data").write_text("not a folder")

    with pytest.raises(StorageError, match="can't create the folder"):
        async with open_store(f"sqlite:///{tmp_path}/data/store.db"):
            pytest.fail("the store was opened")


async def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    with pytest.raises(StorageError, match="the file can't be opened"):
        async with open_store(f"sqlite:///{tmp_path}"):
            pytest.fail("the store was opened")


async def test_a_file_of_another_kind_is_told_and_left_alone(url, database_file):
    database_file.write_bytes(b"a letter to my parents " * 500)

    with pytest.raises(StorageError, match="not an SQLite database"):
        async with open_store(url):
            pytest.fail("the store was opened")
    assert database_file.read_bytes() == b"a letter to my parents " * 500


async def test_stores_of_one_process_open_and_write_at_once(url, ask):
    ids = await asyncio.gather(
        *(_open_and_record(url, ask(f"question {number}")) for number in range(6))
    )
    assert sorted(ids) == [1, 2, 3, 4, 5, 6]


async def test_a_store_opens_once_nobody_writes_to_a_file_without_a_log(url, database_file, ask):
    """SQLite itself does not wait with the switch to a log, however patient it was asked to be."""
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("CREATE TABLE letters (text)")
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.TaskGroup() as group:
            opening = group.create_task(_open_and_record(url, ask()))
            await asyncio.wait({opening}, timeout=0.3)
            assert not opening.done()
            other.execute("COMMIT")
    assert opening.result() == 1


def test_processes_open_and_write_at_once(url):
    """Each one upgrades the empty database if it is the first."""
    script = (
        "import asyncio, sys\n"
        "from datetime import datetime, UTC\n"
        "from storage import QuestionRecord, open_store\n"
        "record = QuestionRecord(asked_at=datetime.now(UTC), front='cli', text='fees',\n"
        "    normalised='fees', language='en', outcome='missed', entry=None, confidence=0,\n"
        "    reason=None, knowledge_version='v1', asker=None, gap='no_match', nearest=())\n"
        "async def start():\n"
        "    async with open_store(sys.argv[1]) as store:\n"
        "        for _ in range(10):\n"
        "            await store.record(record)\n"
        "asyncio.run(start())\n"
    )
    root = Path(storage.__file__).parent.parent
    processes = [subprocess.Popen([sys.executable, "-c", script, url], cwd=root) for _ in range(5)]
    assert [process.wait(timeout=60) for process in processes] == [0] * 5

    async def count():
        async with open_store(url) as store:
            return (await store.status()).missed

    assert asyncio.run(count()) == 50


async def test_no_connection_stays_open_after_an_error(url, left_threads):
    """A connection is a thread; one that stays can keep the interpreter from ending."""

    async def fall_over():
        async with open_store(url) as store:
            await asyncio.gather(*(store.status() for _ in range(4)))
            raise RuntimeError("the bot fell over")

    with pytest.raises(RuntimeError, match="the bot fell over"):
        await fall_over()
    assert left_threads() == []


async def test_a_failed_start_closes_its_connection(url, database_file, left_threads):
    """One that is only dropped warns when it is collected, which fails a test."""
    database_file.write_bytes(b"not a database" * 500)

    with pytest.raises(StorageError) as caught:
        async with open_store(url):
            pytest.fail("the store was opened")
    del caught
    gc.collect()
    assert left_threads() == []


async def test_no_connection_stays_open_after_tasks_are_cancelled(url, ask, left_threads):
    async with open_store(url) as store:
        tasks = [asyncio.create_task(store.record(ask())) for _ in range(20)]
        await tasks[0]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await store.record(ask("still open"))
    assert left_threads() == []


async def test_closing_waits_for_what_is_under_way(url, ask, left_threads):
    async with open_store(url) as store:
        tasks = [asyncio.create_task(store.record(ask())) for _ in range(20)]
        await tasks[0]
    assert sorted([task.result() for task in tasks]) == list(range(1, 21))
    assert left_threads() == []


async def test_a_closed_store_refuses_to_work(url, ask):
    async with open_store(url) as store:
        pass

    with pytest.raises(StorageError, match="the store is closed"):
        await store.record(ask())
