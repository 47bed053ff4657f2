"""What all tests share: nothing of the user's settings, and what answers."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from bot.services import Brain
from bot.settings import PREFIX, Settings
from tests.staying import keep_for_good

pytest.register_assert_rewrite("tests.botapi", "tests.bots")
pytest_plugins = [
    "tests.botapi.fixtures",
    "tests.bots.databases",
    "tests.bots.fixtures",
    "tests.bots.learned",
]

# A busy machine is no fault of the code: speed is measured in tests/benchmarks.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Return one more worker than there are cores: many tests wait for a process or a second."""
    return (yield) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what starts processes, so that no worker is left with the longest tests."""
    items.sort(key=lambda item: item.get_closest_marker("process") is None)


def pytest_collection_finish() -> None:
    """Spare every search for garbage the modules of all tests."""
    keep_for_good()


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


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a fresh installation."""
    return Settings(data_dir=tmp_path / "data", _env_file=None)
