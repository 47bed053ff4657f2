"""A bot with editors: people who ask, and editors who answer, each in a chat of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.assistant import Assistant
from bot.gathering import Gatherer
from bot.memory.asker import AskerHash
from bot.services import Brain, open_assistant
from bot.settings import Settings
from bot.telegram import build_application
from bot.telegram.application import VocedApplication
from bot.telegram.editing.notices import Notices
from bot.telegram.handlers import Context
from bot.telegram.handlers.context import find_assistant
from bot.telegram.telling import make_tell
from bot.telling import Teller
from tests.botapi.account.chats import Shown
from tests.botapi.calls import Call
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.updates import make_message, make_user
from tests.botapi.wire.offline import OfflineRequest
from tests.bots.databases import LayDatabase
from tests.bots.learned import LayLearned

EDITOR, SECOND_EDITOR, STRANGER = 9101, 9102, 9666
EDITORS_CHAT = -9900
# Of a Monday in China, after all that these tests ask.
NOON = datetime(2999, 3, 4, 4, tzinfo=UTC)
NIGHT = datetime(2999, 3, 4, 20, tzinfo=UTC)
_KEY = b"the key of the tests"


@dataclass(slots=True)
class Actor:
    """Somebody in their private chat with the bot; methods return what the bot called."""

    room: Room
    user_id: int
    language: str = "en"

    async def say(self, text: str, **more: Any) -> list[Call]:
        """Write a text."""
        sender = {"from": make_user(self.user_id, self.language)}
        more = {"message_id": self.room.next_id(), **more}
        message = make_message(text, chat_id=self.user_id, **(sender | more))
        return await self.room.receive(message=message)

    async def tap(self, label: str) -> list[Call]:
        """Press the newest button whose label begins so."""
        for shown in reversed(self.screen):
            for button in shown.buttons:
                if button["text"].startswith(label) and "callback_data" in button:
                    return await self.press(button["callback_data"], shown.message)
        raise AssertionError(f"no button {label!r} among {self.labels}")

    async def press(self, data: str, message: dict[str, Any] | None = None) -> list[Call]:
        """Press a button, also one that was forged."""
        message = message or make_message("old", chat_id=self.user_id, message_id=3)
        query = {
            "id": str(self.room.next_id()),
            "from": make_user(self.user_id, self.language),
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return await self.room.receive(callback_query=query)

    @property
    def screen(self) -> list[Shown]:
        """Return the messages in the chat, the newest last."""
        return self.room.api.screen(self.user_id)

    @property
    def ours(self) -> list[Shown]:
        """Return what the bot has written, the newest last."""
        return [one for one in self.screen if one.is_ours]

    @property
    def text(self) -> str:
        """Return the newest text of the bot."""
        return self.ours[-1].text

    @property
    def labels(self) -> list[str]:
        """Return what stands on the buttons of the bot's newest message."""
        return [one["text"] for one in self.ours[-1].buttons]

    def data_of(self, label: str) -> str:
        """Return what the newest button with that label carries."""
        found = [
            str(button["callback_data"])
            for shown in self.screen
            for button in shown.buttons
            if button["text"].startswith(label)
        ]
        return found[-1]


@dataclass(slots=True)
class Room:
    """The bot and everybody who talks to it."""

    application: VocedApplication
    api: BotApi
    database: Path
    faults: list[BaseException | None] = field(default_factory=list)
    _last: int = 1000

    def next_id(self) -> int:
        self._last += 1
        return self._last

    def somebody(self, user_id: int, language: str = "en") -> Actor:
        """Return a person."""
        return Actor(self, user_id, language)

    async def receive(self, **update: Any) -> list[Call]:
        """Let the bot handle one update."""
        before = len(self.api.calls)
        data = {"update_id": self.next_id(), **update}
        self.api.expect_update(data)
        await self.application.process_update(Update.de_json(data, self.application.bot))
        return self.api.calls[before:]

    @property
    def assistant(self) -> Assistant:
        """Return what answers."""
        assistant = find_assistant(self.application.bot_data)
        assert assistant is not None
        return assistant

    async def gather(self) -> None:
        """Put what was missed into gaps."""
        live = self.assistant.desk.live
        access = self.assistant.recorder.access
        await Gatherer(access, live.brain.understander.alike).gather()

    def notices(self, *, days: int, now: datetime) -> Notices:
        """Return what tells the editors' chat, at a moment that stands still."""
        bot = self.application.bot
        return Notices(bot, self.assistant, EDITORS_CHAT, days=days, now=lambda: now)

    async def look(self, *, days: int = 7, now: datetime = NOON) -> list[str]:
        """Return what the editors' chat is told now."""
        await self.gather()
        before = len(self.api.screen(EDITORS_CHAT))
        assert await self.notices(days=days, now=now).look()
        return [one.text for one in self.api.screen(EDITORS_CHAT)[before:]]

    async def tell_everybody(self, *, after: timedelta = timedelta(0)) -> int:
        """Return how many people were told, or tried, until nobody was left `after` a time."""
        access, bot = self.assistant.recorder.access, self.application.bot
        tell = make_tell(bot, self.assistant)
        teller = Teller(access, self.assistant.show, tell, now=lambda: datetime.now(UTC) + after)
        told = 0
        while await teller.tell_next():
            told += 1
        return told

    def read(self, statement: str) -> list[dict[str, Any]]:
        """Return the rows that a statement finds in the database."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(statement)]


OpenRoom = Callable[[], AbstractAsyncContextManager[Room]]


@pytest.fixture(autouse=True)
def _durations_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take durations as `voced run` does."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def database(tmp_path: Path, lay_database: LayDatabase, lay_learned: LayLearned) -> Path:
    """Return the bot's database, which has no row yet, beside what it has learned."""
    lay_learned(tmp_path, "made")
    lay_database(tmp_path / "voced.sqlite")
    return tmp_path / "voced.sqlite"


@pytest.fixture
def open_room(
    bot_api: BotApi,
    database: Path,
    made_brain: Brain,
    knowledge_folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> OpenRoom:
    """Return what opens the bot on the same database, as often as a test likes."""
    last = [1000]

    @asynccontextmanager
    async def open_() -> AsyncIterator[Room]:
        settings = Settings(
            data_dir=database.parent,
            knowledge_dir=knowledge_folder,
            editors=f"{EDITOR},{SECOND_EDITOR}",
            editors_chat=EDITORS_CHAT,
            _env_file=None,
        )
        application = build_application(
            TOKEN,
            api_url="http://offline.test",
            open_assistant=lambda: open_assistant(settings, made_brain, asker_hash=AskerHash(_KEY)),
            request=OfflineRequest(bot_api),
        )
        room = Room(application, bot_api, database, _last=last[0])

        async def collect(_update: object, context: Context) -> None:
            room.faults.append(context.error)

        application.add_error_handler(collect)
        try:
            async with application:
                await application.open_services()
                yield room
        finally:
            await application.close_services()
        last[0] = room.next_id()
        assert room.faults == []
        records = (*caplog.get_records("setup"), *caplog.get_records("call"))
        assert [one.message for one in records if one.name.startswith("telegram")] == []

    return open_


@pytest.fixture
async def room(open_room: OpenRoom) -> AsyncIterator[Room]:
    """Yield the bot with two editors."""
    async with open_room() as opened:
        yield opened


@pytest.fixture
def editor(room: Room) -> Actor:
    """Return the first editor."""
    return room.somebody(EDITOR)


@pytest.fixture
def second_editor(room: Room) -> Actor:
    """Return the other editor."""
    return room.somebody(SECOND_EDITOR)
