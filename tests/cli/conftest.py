"""The command line in the process and as a process of its own, on the tiny knowledge."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from storage import QuestionRecord, open_store
from tests.bots.databases import LayDatabase
from tests.bots.fixtures import CHECKOUT
from tests.bots.learned import LayLearned

Voced = Callable[..., Result]


@pytest.fixture(autouse=True)
def data_dir(
    tmp_path: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, lay_learned: LayLearned
) -> Path:
    """Set an installation up that has learned, away from any `.env`; return its data folder."""
    monkeypatch.chdir(tmp_path)
    # A process of its own runs the bot beside these tests, whichever one is installed.
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    monkeypatch.setenv("VOCED_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(tiny_folder))
    lay_learned(tmp_path / "data", "tiny")
    return tmp_path / "data"


@pytest.fixture
def fresh(data_dir: Path) -> None:
    """Have nothing learned yet: a fresh installation."""
    shutil.rmtree(data_dir)


@pytest.fixture
def database(data_dir: Path, lay_database: LayDatabase) -> None:
    """Spare the commands the making of the database."""
    lay_database(data_dir / "voced.sqlite")


@pytest.fixture
def voced() -> Voced:
    """Return what runs `voced` in this process. A bug flies; expected faults are exit statuses."""

    def run(*arguments: str, typed: str | bytes = "") -> Result:
        return CliRunner().invoke(
            main, arguments, input=typed, prog_name="voced", catch_exceptions=False
        )

    return run


def listen_to_ctrl_c() -> None:
    """Undo what a shell does to what it starts in the background: switch Ctrl-C off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class _Started(subprocess.Popen[bytes]):
    """A process that nobody waits for once its test has failed."""

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            self.kill()
        super().__exit__(kind, *rest)


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Return what starts `voced` as a process of its own."""

    def start_(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return _Started([sys.executable, "-m", "bot", *arguments], **(pipes | options))

    return start_


@pytest.fixture
def remember(data_dir: Path) -> Callable[..., None]:
    """Return what puts missed questions into the database, the last one being the newest."""

    def remember_(*texts: str, **values: Any) -> None:
        records = [
            QuestionRecord(
                asked_at=datetime(2026, 1, 1, hour, tzinfo=UTC),
                front="telegram",
                text=text,
                normalised=text.lower().strip(" ?？"),
                outcome="missed",
                entry=None,
                confidence=0.1,
                reason="no_match",
                knowledge_version="v1",
                gap="no_match",
                **(
                    {"asker": None, "language": "zh", "nearest": ("grants", "school-tuition")}
                    | values
                ),
            )
            for hour, text in enumerate(texts)
        ]

        async def write() -> None:
            async with open_store(f"sqlite:///{data_dir / 'voced.sqlite'}") as store:
                await store.record_many(records)

        asyncio.run(write())

    return remember_


@pytest.fixture
def chinese_environment() -> dict[str, str]:
    """Return the environment of somebody whose system speaks Chinese."""
    return os.environ | {"LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
