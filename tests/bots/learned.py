"""What answers from each knowledge: learned once for all tests, and laid where a bot starts."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

import pytest

from bot.services import Brain, load_brain
from bot.settings import Settings
from tests.bots.made_knowledge import write_knowledge
from tests.staying import keep_for_good

LayLearned = Callable[[Path, Literal["tiny", "made", "real"]], None]
_PATIENCE_S = 600


@pytest.fixture(scope="session")
def learned_folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return where what was learned is kept: only a change of knowledge or code costs time.

    All workers share it. It stays from run to run, unless pytest is told to keep nothing.
    """
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    return cache.mkdir("learned") if cache else tmp_path_factory.mktemp("learned")


@pytest.fixture(scope="session")
def knowledge_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small made knowledge folder, full of characters that HTML must escape."""
    folder = tmp_path_factory.mktemp("made-knowledge")
    write_knowledge(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_folder() -> Path:
    """Return a knowledge folder of six entries that no editor touches."""
    return Path(__file__).parents[1] / "bot" / "tiny"


@pytest.fixture(scope="session")
def tiny_brain(learned_folder: Path, tiny_folder: Path) -> Brain:
    """Return what answers from the tiny knowledge."""
    return _load_in_turn(learned_folder / "tiny", tiny_folder)


@pytest.fixture(scope="session")
def made_brain(learned_folder: Path, knowledge_folder: Path) -> Brain:
    """Return what answers from the made knowledge."""
    return _load_in_turn(learned_folder / "made", knowledge_folder)


@pytest.fixture(scope="session")
def real_brain(learned_folder: Path) -> Brain:
    """Return what answers from the knowledge that comes with voced."""
    return _load_in_turn(learned_folder / "real", None)


@pytest.fixture(scope="session")
def lay_learned(request: pytest.FixtureRequest, learned_folder: Path) -> LayLearned:
    """Return what lets a bot with a data folder start as after its first start.

    What it learns itself stays in that folder.
    """

    def lay(data_dir: Path, knowledge: Literal["tiny", "made", "real"]) -> None:
        request.getfixturevalue(f"{knowledge}_brain")
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (data_dir / "cache").exists():
            learned = learned_folder / knowledge / "cache"
            shutil.copytree(learned, data_dir / "cache", copy_function=_link)

    return lay


def _load_in_turn(data_dir: Path, knowledge_dir: Path | None) -> Brain:
    data_dir.mkdir(parents=True, exist_ok=True)
    with _turn(data_dir / "turn.sqlite"):
        settings = Settings(data_dir=data_dir, knowledge_dir=knowledge_dir, _env_file=None)
        brain = load_brain(settings)
    keep_for_good()
    return brain


@contextmanager
def _turn(file: Path) -> Iterator[None]:
    """Let one worker learn, and the others recall it afterwards."""
    with closing(sqlite3.connect(file, timeout=_PATIENCE_S, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
        lock.execute("ROLLBACK")


def _link(source: str, target: str) -> None:
    """Give a file a second place: what is kept is replaced, never written to."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
