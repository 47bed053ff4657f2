"""A conversation with somebody else's secrets in it, and what must hold whatever is sent."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.handling import Handling
from bot.delivery.ledger import Ledger
from bot.memory.asker import AskerHash
from tests.botapi.calls import Upload
from tests.botapi.updates import FIRST_NAME, LAST_NAME, USERNAME, make_message, make_user
from tests.bots.fixtures import ASKER_KEY
from tests.hostile.strategies import ATTACKER

if TYPE_CHECKING:
    from tests.botapi.calls import Call
    from tests.bots.conversation import Conversation

_VICTIM = 7007
# What is pressed or edited may be gone, or say the same already.
_NO_FAULTS = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
)
_TELLING = "zebrafish"


@dataclass(slots=True)
class Scene:
    """`talk` is with the attacker; `record` is the number of the victim's question.

    `dispatcher` takes over updates as it does for `voced run`.
    """

    talk: Conversation
    record: int
    held: dict[str, list[dict[str, Any]]]
    dispatcher: Dispatcher

    async def receive(self, **update: Any) -> list[Call]:
        """Let the bot handle one update; nothing that must not happen happens."""
        for kind in ("callback_query", "inline_query"):
            if kind in update:
                update[kind] = {"id": str(next(self.talk.query_ids)), **update[kind]}
        calls = await self.talk.receive(**update)
        self._check(calls, _chats_of(update))
        return calls

    def _check(self, calls: list[Call], chats: set[int]) -> None:
        assert self.talk.faults == []
        assert self.talk.api.violations == []
        for call in calls:
            assert call.chat_id is None or call.chat_id in chats, "to somebody else"
            assert _TELLING not in _words_of(call)
        latest = self.talk.api.exchanges[len(self.talk.api.exchanges) - len(calls) :]
        refused = [
            one.words
            for one in latest
            if one.outcome == 400 and one.call.method in {"sendMessage", "editMessageText"}
        ]
        for words in refused:
            assert words.removeprefix("Bad Request: ").startswith(_NO_FAULTS), words

    async def deliver(self, update: dict[str, Any]) -> None:
        """Let the bot take over one update as from Telegram, well-formed or not."""
        update_id = next(self.talk.update_ids)
        await self.dispatcher.submit({**update, "update_id": update_id})
        assert self.talk.api.violations == []

    def list_letters(self) -> list[dict[str, Any]]:
        """Return the updates that could not be handled."""
        return read_held(self.talk, None)["dead_letters"]

    async def check_nothing_of_another(self) -> None:
        """What was the victim's is as it was, and the attacker holds nothing of it."""
        assert read_held(self.talk, _VICTIM) == self.held
        (file,) = await self.talk.say("/mydata")
        assert _TELLING not in _words_of(file)
        for table, rows in read_held(self.talk, None).items():
            for row in rows:
                for name in (FIRST_NAME, LAST_NAME, USERNAME):
                    assert name not in json.dumps(row, default=str), table


@pytest.fixture
async def scene(conversation: Conversation) -> AsyncIterator[Scene]:
    """Yield the scene; at its end the victim has lost nothing and told nothing."""
    await _as_victim(conversation, f"why does a {_TELLING} have stripes")
    (row,) = conversation.stored()
    offer = conversation.api.screen(_VICTIM)[-1]
    for button in offer.buttons:
        if button.get("callback_data", "").startswith("1:t:"):
            query = {
                "id": "1",
                "from": make_user(_VICTIM),
                "chat_instance": "1",
                "message": offer.message,
                "data": button["callback_data"],
            }
            await conversation.receive(callback_query=query)
    # Which message answers which is written a moment later.
    await conversation.application.bot_data["assistant"].people.finish()
    held = read_held(conversation, _VICTIM)
    assert held["questions"]
    assert held["waits"]
    handling = Handling(
        conversation.application,
        Ledger(lambda: conversation.application.recorder),
        on_refused_token=lambda: None,
        sleep=_sleep_not,
    )
    yield (scene := Scene(conversation, row["id"], held, Dispatcher(handling.handle)))
    await scene.check_nothing_of_another()


async def _sleep_not(_seconds: float) -> None:
    pass


async def _as_victim(talk: Conversation, text: str) -> None:
    message = make_message(text, chat_id=_VICTIM, **{"from": make_user(_VICTIM)})
    await talk.receive(message=message)


def read_held(talk: Conversation, user_id: int | None) -> dict[str, list[dict[str, Any]]]:
    """Return what the database holds of a person in every table, or all that it holds."""
    asker = AskerHash(ASKER_KEY)(f"telegram:{user_id}")
    held = {}
    with closing(sqlite3.connect(talk.database)) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for table in [row["name"] for row in tables]:
            found = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - from the schema
            rows = [dict(row) for row in found]
            held[table] = [row for row in rows if user_id is None or row.get("asker") == asker]
    return held


def _chats_of(update: Mapping[str, Any]) -> set[int]:
    """Return where an update may be answered: its chat, or the person in private."""
    chats = {ATTACKER}
    for content in update.values():
        message = content.get("message", content)
        if isinstance(message, Mapping) and "chat" in message:
            chats.add(message["chat"]["id"])
    return chats


def _words_of(call: Call) -> str:
    """Return all that a call tells."""
    return json.dumps(dict(call.values), ensure_ascii=False, default=_read_file)


def _read_file(value: object) -> str:
    return value.content.decode() if isinstance(value, Upload) else str(value)
