"""How the application starts and stops."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.settings import ConfigError
from bot.telegram import build_application
from bot.telegram.application import ALLOWED_UPDATES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.assistant import Assistant

_TOKEN = "4242:Any"  # noqa: S105 - made up


def test_only_what_is_handled_is_asked_for() -> None:
    """Channel posts, reactions and the like are not even sent to the bot."""
    assert set(ALLOWED_UPDATES) == {
        "message", "edited_message", "callback_query", "inline_query", "my_chat_member",
    }  # fmt: skip


async def test_a_stop_during_the_start_closes_what_is_half_open() -> None:
    """A signal leaves post_init where it stands; a database left open hangs the interpreter."""
    reached = asyncio.Event()
    closed = asyncio.Event()

    @asynccontextmanager
    async def open_slowly() -> AsyncIterator[Assistant]:
        try:
            reached.set()
            await asyncio.Event().wait()
            raise AssertionError("unreachable")
            yield
        finally:
            closed.set()

    application = build_application(
        _TOKEN, api_url="http://offline.test", open_assistant=open_slowly
    )
    assert application.post_init is not None
    assert application.post_shutdown is not None
    starting = asyncio.ensure_future(application.post_init(application))
    await reached.wait()
    await application.post_shutdown(application)
    assert closed.is_set()
    with pytest.raises(asyncio.CancelledError):
        await starting


async def test_a_fault_in_the_start_leaves_nothing_to_close() -> None:
    @asynccontextmanager
    async def fail() -> AsyncIterator[Assistant]:
        raise ConfigError("no")
        yield

    application = build_application(_TOKEN, api_url="http://offline.test", open_assistant=fail)
    assert application.post_init is not None
    assert application.post_shutdown is not None
    with pytest.raises(ConfigError):
        await application.post_init(application)
    await application.post_shutdown(application)
