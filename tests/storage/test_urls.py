"""Database URLs are taken as people and hosts write them, and never told with a password."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

from storage import AddressError, StorageError, check_address, open_store
from storage.engine import parse_url


@pytest.fixture
def asyncpg_is_installed(monkeypatch):
    module = ModuleType("asyncpg")
    module.__spec__ = ModuleSpec("asyncpg", None)
    monkeypatch.setitem(sys.modules, "asyncpg", module)


@pytest.fixture
def asyncpg_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "asyncpg", None)


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite"])
def test_sqlite_is_read_with_and_without_its_driver(scheme):
    assert str(parse_url(f"{scheme:}:////data/store.db")) == "sqlite+aiosqlite:////data/store.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
@pytest.mark.usefixtures("asyncpg_is_installed")
def test_postgresql_is_read_in_every_spelling(scheme):
    url = parse_url(f"{scheme}://bot:s3cret@db:5432/voced?sslmode=require")

    assert url.render_as_string(hide_password=False) == (
        "postgresql+asyncpg://bot:s3cret@db:5432/voced?ssl=require"
    )


@pytest.mark.usefixtures("asyncpg_is_missing")
async def test_postgresql_without_its_driver_names_the_package(all_messages):
    with pytest.raises(StorageError, match="asyncpg") as caught:
        async with open_store("postgresql://bot:s3cret@db/voced"):
            pytest.fail("the store was opened")
    assert "s3cret" not in all_messages(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "s3cret",
        "/data/s3cret.db",
        "mysql://bot:s3cret@db/voced",
        "sqlite+pysqlite:///s3cret.db",
        "postgresql+psycopg://bot:s3cret@db/voced",
        "postgresql://bot:a@b:s3cret@db/voced",
        "postgresql://bot@db:s3cret/voced",
        "postgresql://bot@db/voced?password=s3cret",
        "sqlite://",
        "sqlite:///",
        "sqlite://bot:s3cret@db/store.db",
        "sqlite://s3cret/store.db",
        "sqlite:///:memory:",
        "sqlite:///file:s3cret?mode=memory&uri=true",
    ],
)
@pytest.mark.usefixtures("asyncpg_is_installed")
async def test_any_other_url_is_refused_without_telling_it(url, all_messages):
    with pytest.raises(AddressError) as caught:
        async with open_store(url):
            pytest.fail("the store was opened")
    assert "s3cret" not in all_messages(caught.value)
    with pytest.raises(AddressError):
        check_address(url)


def test_checking_an_address_opens_nothing(tmp_path):
    check_address(f"sqlite:///{tmp_path}/folder/store.db")

    assert list(tmp_path.iterdir()) == []
