"""Somebody asks, and sees what they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi.updates import make_question

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

QUESTION = "How many majors are there?"
OTHER = 8002


async def ask(api: BotApi, update_id: int = 1, *, chat_id: int = 7001) -> None:
    """Let somebody ask."""
    await api.queue_update(make_question(QUESTION, update_id=update_id, chat_id=chat_id))


def sent(api: BotApi, chat_id: int = 7001) -> list[str]:
    """Return what was sent into a chat."""
    return [one.text for one in api.calls if one.method == "sendMessage" and one.chat_id == chat_id]
