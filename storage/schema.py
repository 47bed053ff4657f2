"""Brings the tables up to date, once, however many processes start together."""

import asyncio
from importlib import import_module, resources

from sqlalchemy import Connection, inspect, text

from storage.engine import Database
from storage.errors import SchemaTooNewError, StorageError, is_held_by_others

# Alembic is slow to import; a start that changes nothing compares with these alone.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
HEAD = REVISIONS[-1]

# A first start takes as long as it takes; the others wait for it.
_PATIENCE_MS = 10_000
_PAUSE_S = 0.02
_LOCK_KEY = 0x766F636564  # "voced"


async def bring_up_to_date(database: Database) -> tuple[str | None, str]:
    """Return the schema's revision before and after; `None` stands for an empty database.

    Raises:
        SchemaTooNewError: A newer version wrote the database; nothing was changed.
        StorageError: The database can't be opened or changed; nothing was changed.
    """
    doing = f"open the database {database.shown_url}"
    if database.is_sqlite:
        await _let_readers_go_on(database, doing)
    async with database.read(doing) as connection:
        before = await connection.run_sync(read_revision)
    if before == HEAD:
        return before, HEAD
    # Others that start at the same time wait for the lock, and should not wait for imports.
    import_module("alembic.command")
    async with database.write(doing, patience_ms=_PATIENCE_MS) as connection:
        if not database.is_sqlite:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=_LOCK_KEY)
            )
        # Whoever held the lock before may have done the work.
        before = await connection.run_sync(read_revision)
        if before != HEAD:
            await connection.run_sync(_migrate)
    return before, HEAD


async def _let_readers_go_on(database: Database, doing: str) -> None:
    """Have SQLite write into a log beside the file, which the file remembers from then on.

    For the switch it needs the file for itself, and does not wait where another one is switching
    or writing: whatever patience was set, it fails at once.
    """
    loop = asyncio.get_running_loop()
    end_s = loop.time() + _PATIENCE_MS / 1000
    while True:
        try:
            async with database.without_transaction(doing) as connection:
                await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except StorageError as error:
            if not is_held_by_others(error) or loop.time() >= end_s:
                raise
            await asyncio.sleep(_PAUSE_S)
        else:
            return


def read_revision(connection: Connection) -> str | None:
    """Return the revision that the database is at, `None` when it has no schema.

    Raises:
        SchemaTooNewError: This version does not know the revision.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision not in REVISIONS:
        raise SchemaTooNewError(
            f"the database is at revision {revision!r}, but this version knows only up to "
            f"{HEAD!r}; start the newer version that wrote it"
        )
    return revision


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - only a start that changes the schema pays for it
    from alembic.config import Config  # noqa: PLC0415

    with resources.as_file(resources.files("storage") / "migrations") as folder:
        config = Config(attributes={"connection": connection})
        # Config reads % as the start of a reference.
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        command.upgrade(config, "head")
