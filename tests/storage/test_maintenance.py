"""The store tells its state, copies itself and forgets."""

import sqlite3
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from storage import StorageError, open_store
from storage.schema import HEAD

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


async def test_the_status_counts_questions_by_outcome(store, ask, database_file):
    await store.record_many(
        [
            ask("one"),
            ask("one"),
            ask("two"),
            ask(outcome="answered", gap=None),
            ask(outcome="chat", gap=None),
        ]
    )

    status = await store.status()
    assert status.outcomes == {"answered": 1, "offered": 0, "missed": 3, "chat": 1, "gated": 0}
    assert (status.missed, status.gaps) == (3, 2)
    assert status.url == f"sqlite+aiosqlite:///{database_file}"
    assert status.revision == HEAD
    assert status.size_bytes >= database_file.stat().st_size > 0
    assert (status.writable, status.fault) == (True, None)


async def test_asking_for_the_status_leaves_nothing_behind(store, ask):
    await store.status()
    await store.status()

    assert (await store.status()).outcomes["gated"] == 0
    assert await store.record(ask()) == 1


async def test_a_full_disk_makes_the_store_not_writable(url, database_file, fill_disk):
    async with open_store(url):
        fill_disk(database_file)

    async with open_store(url) as store:
        status = await store.status()
    assert not status.writable
    assert "the disk is full" in status.fault


async def test_a_disk_without_space_makes_the_store_not_writable(store, monkeypatch):
    """SQLite would notice only on commit, which the probe never reaches."""
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))

    assert (await store.status()).fault == "the disk is full"


async def test_a_database_held_by_another_process_is_not_writable(store, database_file):
    async with store._database.read("shorten the wait") as connection:
        await connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(database_file, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        status = await store.status()
    finally:
        other.close()

    assert "another process holds the database" in status.fault


async def test_a_database_file_that_is_gone_is_not_writable(store, database_file):
    """Its open file still takes writes, which nobody would ever read."""
    database_file.unlink()

    assert (await store.status()).fault == "the database file is gone"


async def test_a_backup_is_a_whole_store(store, ask, tmp_path):
    await store.record_many([ask("one"), ask("two")])

    copy = tmp_path / "it's a 备份.db"
    await store.backup(copy)
    await store.record(ask("three"))

    async with open_store(f"sqlite:///{copy}") as copied:
        missed = await copied.editing.list_ungathered(limit=9)
        assert [one.normalised for one in missed] == ["one", "two"]
        assert await copied.record(ask("four")) == 3


async def test_a_backup_is_readable_by_its_owner_alone(store, tmp_path):
    await store.backup(tmp_path / "copy.db")

    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"important"])
async def test_a_backup_never_overwrites_a_file(store, tmp_path, content):
    target = tmp_path / "copy.db"
    target.write_bytes(content)

    with pytest.raises(StorageError, match="exists"):
        await store.backup(target)
    assert target.read_bytes() == content


async def test_a_backup_into_no_folder_says_so(store, tmp_path):
    with pytest.raises(StorageError, match="No such file or directory"):
        await store.backup(tmp_path / "missing" / "copy.db")


async def test_a_backup_that_fails_leaves_no_half_copy(url, database_file, ask, tmp_path):
    async with open_store(url) as store:
        await store.record_many([ask("long " * 100)] * 200)
    whole = database_file.read_bytes()
    middle = len(whole) // 2
    database_file.write_bytes(whole[:middle] + bytes(8192) + whole[middle + 8192 :])

    async with open_store(url) as store:
        with pytest.raises(StorageError, match="the file is damaged"):
            await store.backup(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_forgetting_blanks_old_texts_and_keeps_the_counts(store, ask):
    await store.record_many(
        [
            ask("old", asked_at=START),
            ask("new", asked_at=START + 2 * DAY),
            ask("at", asked_at=START + DAY),
        ]
    )

    assert await store.forget_texts(START + DAY) == 1
    assert await store.forget_texts(START + DAY) == 0
    status = await store.status()
    assert (status.outcomes["missed"], status.missed) == (3, 2)
    missed = await store.editing.list_ungathered(limit=9)
    assert {one.normalised for one in missed} == {"at", "new"}


async def test_forgotten_text_is_gone_from_the_file(url, ask, database_file):
    wording = "我的秘密 my secret"
    async with open_store(url) as store:
        await store.record_many([ask(f"{wording} {n}", asked_at=START) for n in range(200)])
    assert wording.encode() in database_file.read_bytes()

    async with open_store(url) as store:
        await store.forget_texts(START + DAY)

    assert wording.encode() not in database_file.read_bytes()
    assert not database_file.with_name("store.db-wal").exists()


async def test_forgetting_needs_a_time_zone(store):
    with pytest.raises(ValueError, match="time zone"):
        await store.forget_texts(datetime(2026, 3, 1))  # noqa: DTZ001 - the fault under test
