"""Conversations with the bot in this process."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from telegram import Update

from bot.telegram.handlers import AnyApplication
from tests.botapi.account.chats import Shown
from tests.botapi.calls import Call
from tests.botapi.judging.text import ReadHtml, read_html
from tests.botapi.server import BotApi
from tests.botapi.updates import CHAT, make_message, make_user


@dataclass(slots=True)
class Conversation:
    """One person (or several) talking to the bot; each method returns what the bot called."""

    application: AnyApplication
    api: BotApi
    database: Path
    faults: list[BaseException | None] = field(default_factory=list)
    update_ids: Iterator[int] = field(default_factory=lambda: count(1))
    query_ids: Iterator[int] = field(default_factory=lambda: count(77))

    async def receive(self, **update: Any) -> list[Call]:
        """Let the bot handle one update."""
        before = len(self.api.calls)
        data = {"update_id": next(self.update_ids), **update}
        self.api.expect_update(data)
        await self.application.process_update(Update.de_json(data, self.application.bot))
        return self.api.calls[before:]

    async def say(self, text: str, *, language: str | None = "en", **more: Any) -> list[Call]:
        """Write a text to the bot."""
        sender = {"from": make_user(language=language)}
        return await self.receive(message=make_message(text, **(sender | more)))

    async def send_file(self, language: str = "en", **content: Any) -> list[Call]:
        """Send the bot something that is not text."""
        sender = {"from": make_user(language=language)}
        return await self.receive(message=make_message(**(sender | content)))

    async def press(
        self, data: str, *, message_id: int | None = None, language: str = "en", **more: Any
    ) -> list[Call]:
        """Press a button that stands on the screen, in the newest message that has it."""
        shown = self._find_on_screen(data, message_id)
        return await self._press(data, shown.message, language, more)

    async def press_off_screen(
        self, data: str | None, *, message_id: int = 500, language: str = "en", **more: Any
    ) -> list[Call]:
        """Press what is not there (any more): on an old screen, or with a client that forges."""
        chat = self.api.account.chats[CHAT]
        known = chat.messages.get(message_id)
        message = known.message if known else make_message("an offer", message_id=message_id)
        return await self._press(data, message, language, more)

    async def tap(self, label: str, *, language: str = "en") -> list[Call]:
        """Press the newest button on the screen with `label` on it."""
        for shown in reversed(self.api.screen(CHAT)):
            for button in shown.buttons:
                if button["text"] == label and "callback_data" in button:
                    return await self._press(button["callback_data"], shown.message, language, {})
        raise AssertionError(f"there is no button {label!r} on the screen")

    def _find_on_screen(self, data: str, message_id: int | None) -> Shown:
        for shown in reversed(self.api.screen(CHAT)):
            is_meant = message_id in {None, shown.message["message_id"]}
            if is_meant and any(one.get("callback_data") == data for one in shown.buttons):
                return shown
        raise AssertionError(f"there is no button with {data!r} on the screen")

    async def _press(
        self, data: str | None, message: Mapping[str, Any], language: str, more: Mapping[str, Any]
    ) -> list[Call]:
        query: dict[str, Any] = {
            "id": str(next(self.query_ids)),
            "from": make_user(language=language),
            "chat_instance": "1",
            "message": message,
        }
        return await self.receive(
            callback_query=query | ({} if data is None else {"data": data}) | more
        )

    async def type_inline(self, query: str, *, language: str | None = "en") -> Call:
        """Type a query behind the name of the bot in any chat; return the bot's one answer."""
        asked = {
            "id": str(next(self.query_ids)),
            "from": make_user(language=language),
            "query": query,
            "offset": "",
            "chat_type": "group",
        }
        calls = await self.receive(inline_query=asked)
        assert [call.method for call in calls] == ["answerInlineQuery"]
        return calls[0]

    @staticmethod
    def make_message(text: str | None = None, *, chat_id: int = CHAT, **more: Any) -> Any:
        """Return a message of this person for `receive`."""
        return make_message(text, chat_id=chat_id, **({"from": make_user()} | more))

    @staticmethod
    def read_html(html: str) -> ReadHtml:
        """Return what a person sees of HTML, and its tags."""
        return read_html(html)

    def stored(self) -> list[dict[str, Any]]:
        """Return the questions in the database, in the order they were asked."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute("SELECT * FROM questions ORDER BY id").fetchall()
        return [dict(row) for row in rows]

    def take_faults(self) -> list[BaseException | None]:
        """Return what handlers raised, and hold it for expected."""
        taken, self.faults = self.faults, []
        return taken
