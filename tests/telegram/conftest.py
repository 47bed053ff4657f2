"""Conversations are about a made knowledge unless they ask for the real one."""

import pytest

from bot.services import Brain


@pytest.fixture(scope="session")
def brain(made_brain: Brain) -> Brain:
    """Return what answers from the made knowledge."""
    return made_brain


@pytest.fixture(autouse=True)
def as_voced_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what `voced run` sets: without it the library warns about its own next version."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
