"""Conversations are about a made knowledge unless they ask for the real one."""

import pytest

from bot.services import Brain


@pytest.fixture(scope="session")
def brain(made_brain: Brain) -> Brain:
    """Return what answers from the made knowledge."""
    return made_brain
