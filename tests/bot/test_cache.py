"""What is kept on disk is whole, the newest of its kind, and done without if need be."""

import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.cache import Cache, identify_code
from bot.services import load_brain
from bot.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cache"


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_what_is_kept_is_found_again(folder: Path) -> None:
    """Under its name alone, and the folder is made when it is needed."""
    Cache(folder).keep("matcher-1.npz", b"content")
    assert Cache(folder).load("matcher-1.npz") == b"content"
    assert Cache(folder).load("matcher-2.npz") is None
    assert _names(folder) == ["matcher-1.npz"]


def test_of_each_kind_the_newest_is_kept(folder: Path) -> None:
    """Also what a process that was killed left behind goes; other kinds and files stay."""
    cache = Cache(folder)
    for name in ("matcher-1.npz", "matcher-draft-killed", "knowledge-1.json", "matcher.txt"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"old")
    cache.keep("matcher-2.npz", b"new")
    assert _names(folder) == ["knowledge-1.json", "matcher-2.npz", "matcher.txt"]


def test_a_draft_that_can_not_be_finished_is_removed(folder: Path) -> None:
    """As on a full disk: nothing is left of it, and what was kept before stays."""
    cache = Cache(folder)
    cache.keep("matcher-1.npz", b"old")
    (folder / "matcher-2.npz").mkdir()  # no file can take its place
    cache.keep("matcher-2.npz", b"new")
    assert _names(folder) == ["matcher-1.npz", "matcher-2.npz"]
    assert cache.load("matcher-2.npz") is None


def test_a_draft_that_does_not_fit_on_the_disk_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit on the size of a file stands for the full disk."""
    cache = Cache(folder)
    cache.keep("matcher-1.npz", b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        cache.keep("matcher-2.npz", bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert _names(folder) == ["matcher-1.npz"]


def test_whoever_keeps_at_the_same_time_keeps_something_whole(folder: Path) -> None:
    """No two write into the same draft."""
    contents = [bytes([number]) * 200_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: Cache(folder).keep("matcher-1.npz", content), contents))
    assert Cache(folder).load("matcher-1.npz") in contents
    assert _names(folder) == ["matcher-1.npz"]


@pytest.mark.parametrize("below", [".", "voced/cache"])
def test_a_folder_that_can_not_be_is_done_without(tmp_path: Path, below: str) -> None:
    """A file in its place is left alone."""
    in_its_place = tmp_path / "file"
    in_its_place.write_text("not a folder")
    cache = Cache(in_its_place / below)
    cache.keep("matcher-1.npz", b"content")
    assert cache.load("matcher-1.npz") is None
    assert in_its_place.read_text() == "not a folder"


def test_the_code_has_a_name_of_its_own() -> None:
    """The same at every start, and another for other packages."""
    assert identify_code("storage") == identify_code("storage")
    assert identify_code("storage") != identify_code("knowledge")


def test_a_start_keeps_one_of_each_kind(tmp_path: Path, tiny_folder: Path) -> None:
    """Parsed files, what was learned, that the files passed, spellings; twice is the same."""
    settings = Settings(data_dir=tmp_path, knowledge_dir=tiny_folder, _env_file=None)
    load_brain(settings)
    names = _names(settings.cache_dir)
    assert [name.partition("-")[0] for name in names] == [
        "knowledge",
        "matcher",
        "passed",
        "spellings",
        "words",
    ]
    load_brain(settings)
    assert _names(settings.cache_dir) == names


def test_another_process_learns_nothing_anew(tmp_path: Path, tiny_folder: Path) -> None:
    """Each has another order of sets, which no name of what is kept may hang on."""
    settings = Settings(data_dir=tmp_path, knowledge_dir=tiny_folder, _env_file=None)
    load_brain(settings)
    written = {file: file.stat().st_mtime_ns for file in settings.cache_dir.iterdir()}
    environment = {
        "VOCED_DATA_DIR": str(tmp_path),
        "VOCED_KNOWLEDGE_DIR": str(tiny_folder),
        "PYTHONHASHSEED": "7" if os.environ.get("PYTHONHASHSEED") != "7" else "8",
    }
    subprocess.run(
        [sys.executable, "-m", "bot", "ask", "hello"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    assert {file: file.stat().st_mtime_ns for file in settings.cache_dir.iterdir()} == written
