"""What all tests share: nothing of the user's settings, and what answers."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from bot.services import Brain, load_brain
from bot.settings import PREFIX, Settings

pytest.register_assert_rewrite("tests.botapi", "tests.bots")
pytest_plugins = ["tests.botapi.fixtures", "tests.bots.databases", "tests.bots.fixtures"]

# A busy machine is no fault of the code: speed is measured in tests/benchmarks.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills", type=int, default=8, help="how often the bot is killed in each mode (8)"
    )
    parser.addoption(
        "--transcripts",
        metavar="FOLDER",
        help="write the conversations with the bot as texts there",
    )


@pytest.fixture(scope="session", autouse=True)
def without_settings_of_the_user() -> Iterator[None]:
    """Take every setting out of the environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def brain(real_brain: Brain) -> Brain:
    """Return what answers from the knowledge that comes with voced."""
    return real_brain


@pytest.fixture(scope="session")
def tiny_folder() -> Path:
    """Return a knowledge folder of six entries that no editor touches."""
    return Path(__file__).parent / "bot" / "tiny"


@pytest.fixture(scope="session")
def tiny_brain(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Brain:
    """Return what answers from the tiny knowledge."""
    data_dir = tmp_path_factory.mktemp("tiny")
    return load_brain(Settings(data_dir=data_dir, knowledge_dir=tiny_folder, _env_file=None))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a fresh installation."""
    return Settings(data_dir=tmp_path / "data", _env_file=None)
