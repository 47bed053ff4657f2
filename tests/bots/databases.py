"""Databases as a first start leaves them, copied: making one takes longer than most tests."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import open_store

LayDatabase = Callable[[Path], None]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with every table and no row, made by the migrations."""
    file = tmp_path_factory.mktemp("database") / "voced.sqlite"

    async def make() -> None:
        async with open_store(f"sqlite:///{file}"):
            pass

    asyncio.run(make())
    return file


@pytest.fixture(scope="session")
def lay_database(empty_database: Path) -> LayDatabase:
    """Return what puts a database without a row into a place that has none."""

    def lay(file: Path) -> None:
        if not file.exists():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # With its mode: only its owner may read it.
            shutil.copy(empty_database, file)

    return lay
