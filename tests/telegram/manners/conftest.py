"""Conversations whose database can be read, and people in groups."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from tests.botapi.calls import Call
from tests.botapi.updates import make_message, make_user
from tests.bots.conversation import Conversation

GROUP = -7002

ReadTable = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def only() -> Callable[..., Call]:
    """Return what returns the one call that there is, or else fails."""

    def take(calls: list[Call], method: str = "sendMessage") -> Call:
        assert [call.method for call in calls] == [method]
        return calls[0]

    return take


@pytest.fixture
def read_table(conversation: Conversation) -> ReadTable:
    """Return what reads a table of the conversation's database."""

    def read(table: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(conversation.database)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        return [dict(row) for row in rows]

    return read


@pytest.fixture
def break_table(conversation: Conversation) -> Callable[[str], None]:
    """Return what takes a table out of the bot's reach."""

    def take_away(table: str) -> None:
        with closing(sqlite3.connect(conversation.database)) as connection, connection:
            connection.execute(f"ALTER TABLE {table} RENAME TO {table}_away")

    return take_away


@pytest.fixture
def age_messages(conversation: Conversation) -> Callable[[int], None]:
    """Return what lets hours go by for the ids of messages."""

    def let_pass(hours: int) -> None:
        with closing(sqlite3.connect(conversation.database)) as connection, connection:
            connection.execute(
                "UPDATE messages SET sent_at = datetime(sent_at, ?)", (f"-{hours} hours",)
            )

    return let_pass


@pytest.fixture
def say_in_group(conversation: Conversation) -> Callable[..., Any]:
    """Return what lets a person write in a group, with any content of the message."""

    async def say(text: str | None, *, user_id: int = 7001, **more: Any) -> list[Call]:
        sender = {"from": make_user(user_id)}
        message = make_message(text, chat_id=GROUP, **(sender | more))
        return await conversation.receive(message=message)

    return say


@pytest.fixture
def press_in_group(conversation: Conversation) -> Callable[..., Any]:
    """Return what lets a person press a button under a message in the group."""

    async def press(label: str, *, user_id: int) -> list[Call]:
        for shown in reversed(conversation.api.screen(GROUP)):
            for button in shown.buttons:
                if button["text"] == label:
                    query = {
                        "id": str(next(conversation.query_ids)),
                        "from": make_user(user_id),
                        "chat_instance": "1",
                        "message": shown.message,
                        "data": button["callback_data"],
                    }
                    return await conversation.receive(callback_query=query)
        raise AssertionError(f"there is no button {label!r} in the group")

    return press
