"""Conversations about the catalogue that comes with voced."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.services import Brain
from tests.bots.conversation import Conversation


@pytest.fixture
async def talk(
    open_conversation: Callable[[Brain], AbstractAsyncContextManager[Conversation]],
    real_brain: Brain,
) -> AsyncIterator[Conversation]:
    """Yield a conversation about the catalogue that comes with voced."""
    async with open_conversation(real_brain) as conversation:
        yield conversation
