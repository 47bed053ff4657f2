"""Askers are told apart by a keyed hash, and the key is made once and kept."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.memory.asker import AskerHash, read_asker_key
from bot.settings import ConfigError


def test_one_person_has_one_hash_that_depends_on_the_key() -> None:
    """The same asker gives the same 32 hex digits; another asker or another key gives others."""
    one = AskerHash(b"key")("telegram:1")
    assert re.fullmatch("[0-9a-f]{32}", one)
    assert AskerHash(b"key")("telegram:1") == one
    assert AskerHash(b"key")("telegram:2") != one
    assert AskerHash(b"another")("telegram:1") != one


def test_a_configured_key_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    """With VOCED_ASKER_KEY the data folder is not touched."""
    assert read_asker_key("given", tmp_path / "data") == b"given"
    assert not (tmp_path / "data").exists()


def test_a_key_is_made_on_first_use_for_its_owner_only(tmp_path: Path) -> None:
    """The file has mode 600, its folder 700, and nothing else is left beside it."""
    folder = tmp_path / "data"
    key = read_asker_key(None, folder)
    assert re.fullmatch(b"[0-9a-f]{64}", key)
    assert [file.name for file in folder.iterdir()] == ["asker.key"]
    assert stat.S_IMODE((folder / "asker.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    """A second start reads the key that the first one made."""
    assert read_asker_key(None, tmp_path) == read_asker_key(None, tmp_path)


def test_two_that_start_at_once_end_up_with_one_key(tmp_path: Path) -> None:
    """Whoever is slower takes the key of the faster one."""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_asker_key(None, tmp_path), range(64)))
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["asker.key"]


def test_a_draft_left_by_a_crash_is_in_nobodys_way(tmp_path: Path) -> None:
    """In a container every start has the same process id."""
    for number in range(40):
        (tmp_path / f"asker.key.{number}").touch()
    assert read_asker_key(None, tmp_path)


def test_an_unusable_folder_is_told_with_the_setting_that_helps(tmp_path: Path) -> None:
    """A file where the folder should be is a ConfigError that names VOCED_ASKER_KEY."""
    (tmp_path / "data").write_text("a file in its place")
    with pytest.raises(ConfigError, match=r"VOCED_ASKER_KEY.*data"):
        read_asker_key(None, tmp_path / "data")


def test_an_empty_key_file_is_refused(tmp_path: Path) -> None:
    """An empty key would hash for everybody to undo."""
    (tmp_path / "asker.key").write_text("\n")
    with pytest.raises(ConfigError, match="VOCED_ASKER_KEY"):
        read_asker_key(None, tmp_path)
