"""The schema in code, the migrations and the database agree."""

import sqlite3
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import storage
from storage import SchemaTooNewError, StorageError, open_store, upgrade
from storage.schema import HEAD, REVISIONS
from storage.tables import metadata
from tests.storage.gathering import list_missed


def test_the_revisions_in_code_are_those_of_alembic():
    config = Config()
    config.set_main_option("script_location", str(resources.files("storage") / "migrations"))
    scripts = ScriptDirectory.from_config(config)

    assert scripts.get_current_head() == HEAD
    assert tuple(reversed([one.revision for one in scripts.walk_revisions()])) == REVISIONS


async def test_the_migrated_schema_is_that_of_the_tables(store):
    def compare(connection):
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with store._database.read("compare") as connection:
        assert await connection.run_sync(compare) == []


async def test_the_migrated_schema_is_written_like_the_tables(store, tmp_path):
    """Also what no comparison of Alembic sees: conditions of indexes and AUTOINCREMENT.

    A column that came later stands last in the file; the order means nothing.
    """

    def read(connection):
        return {
            name: sorted(part.strip(" )") for part in " ".join(sql.split()).split(","))
            for name, sql in connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_schema "
                "WHERE sql IS NOT NULL AND name NOT IN ('alembic_version', 'sqlite_sequence')"
            )
        }

    async with store._database.write("compare") as connection:
        migrated = await connection.run_sync(read)
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        assert await connection.run_sync(read) == migrated
        await connection.rollback()


async def test_upgrading_tells_the_revisions_before_and_after(url):
    assert await upgrade(url) == (None, HEAD)
    assert await upgrade(url) == (HEAD, HEAD)


async def test_an_upgrade_keeps_what_was_recorded(url, ask):
    async with open_store(url) as store:
        await store.record(ask())
    await upgrade(url)

    async with open_store(url) as store:
        assert len(await list_missed(store)) == 1


async def test_a_database_of_a_newer_version_stops_the_start_untouched(url, database_file):
    await upgrade(url)
    newer = sqlite3.connect(database_file, isolation_level=None)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SchemaTooNewError, match="start the newer version"):
        await upgrade(url)
    with pytest.raises(SchemaTooNewError, match="revision '9999'"):
        async with open_store(url):
            pytest.fail("the store was opened")
    assert newer.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    newer.close()


async def test_a_migration_that_fails_changes_nothing(url, database_file):
    foreign = sqlite3.connect(database_file)
    foreign.execute("CREATE TABLE questions (something TEXT)")

    with pytest.raises(StorageError, match="can't open the database"):
        await upgrade(url)
    tables = foreign.execute("SELECT name FROM sqlite_schema").fetchall()
    foreign.close()
    assert tables == [("questions",)]


async def test_a_start_that_changes_nothing_does_not_import_alembic(url):
    await upgrade(url)
    script = (
        "import asyncio, sys\n"
        "from storage import open_store\n"
        "async def start():\n"
        "    async with open_store(sys.argv[1]) as store:\n"
        "        await store.status()\n"
        "asyncio.run(start())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    root = Path(storage.__file__).parent.parent
    subprocess.run([sys.executable, "-c", script, url], cwd=root, check=True)  # noqa: ASYNC221
