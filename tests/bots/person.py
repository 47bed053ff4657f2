"""A person who talks to a running bot over the wire, and a transcript of what both see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from bot.telegram.buttons import decode
from tests.botapi.updates import make_membership, make_message, make_user

if TYPE_CHECKING:
    from tests.botapi.account.chats import Shown
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi

_START = re.compile(r"[?&]start=([A-Za-z0-9_-]{1,64})")


@dataclass(slots=True)
class Person:
    """Each method returns what the bot called until it had confirmed what the person did.

    `pressed` and `commands` are what was used so far, `lines` the transcript. `chat_id` is where
    the person writes: their private chat, or a group.
    """

    api: BotApi
    user_id: int
    language: str
    chat_id: int
    lines: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    async def say(self, text: str, **more: Any) -> list[Call]:
        """Write a message."""
        self._tell(f"> {text}")
        message = self._message(text, **more)
        if message.get("entities", [{}])[0].get("type") == "bot_command":
            self.commands.append(re.split(r"[@\s]", text.removeprefix("/"))[0])
        return await self._do(message=message)

    async def send(self, what: str, **content: Any) -> list[Call]:
        """Send something that is not text."""
        self._tell(f"> ({what})")
        return await self._do(message=self._message(None, **content))

    async def edit(self, message_id: int, text: str) -> list[Call]:
        """Change a message of one's own."""
        self._tell(f"> (changes it to) {text}")
        message = self._message(text, message_id=message_id, edit_date=1_760_000_009)
        return await self._do(edited_message=message)

    async def press(self, label: str) -> list[Call]:
        """Press the newest button on the screen with that label."""
        shown, button = self._find(label)
        assert "callback_data" in button, f"{label!r} is a link"
        return await self._press(shown, button)

    async def press_kind(self, kind: type[Any], **values: Any) -> list[Call]:
        """Press the newest button on the screen that carries such a thing with these values."""
        for shown in reversed(self.api.screen(self.chat_id)):
            for button in shown.buttons:
                carried = decode(button.get("callback_data"))
                if isinstance(carried, kind) and all(
                    getattr(carried, name) == value for name, value in values.items()
                ):
                    return await self._press(shown, button)
        raise AssertionError(f"no {kind.__name__} {values} on the screen")

    async def follow(self, label: str) -> list[Call]:
        """Follow the newest link on the screen with that label, to this bot in private."""
        _, button = self._find(label)
        self._tell(f"> (follows the link [{label}])")
        address = parse_qs(urlsplit(button["url"]).query).get("url", [button["url"]])[0]
        found = _START.search(address)
        assert found is not None, address
        self.chat_id = self.user_id
        return await self.say(f"/start {found[1]}")

    async def type_inline(self, query: str) -> list[Call]:
        """Type behind the bot's name in any chat."""
        self._tell(f"> (types in another chat) @voced_test_bot {query}")
        asked = {"id": self._query_id(), "from": self._me(), "query": query, "offset": ""}
        return await self._do(inline_query=asked)

    async def add_to_group(self, chat_id: int) -> list[Call]:
        """Add the bot to a group; the person goes on writing there."""
        self.chat_id = chat_id
        self._tell("> (adds the bot to a group)")
        change = make_membership("left", "member", chat_id=chat_id, user_id=self.user_id)
        change["from"] = self._me()
        return await self._do(my_chat_member=change)

    async def _press(self, shown: Shown, button: dict[str, Any]) -> list[Call]:
        self._tell(f"> (presses [{button['text']}])")
        self.pressed.append(button["callback_data"])
        query = {"id": self._query_id(), "from": self._me(), "chat_instance": "1"}
        data = {"data": button["callback_data"], "message": shown.message}
        return await self._do(callback_query=query | data)

    async def _do(self, **update: Any) -> list[Call]:
        update_id, before = next(self._ids), len(self.api.calls)
        await self.api.queue_update({"update_id": update_id, **update})
        await self.api.wait_until_confirmed(update_id)
        # Typing is shown only when the machine is slow; it is no part of what was said.
        calls = [
            call
            for call in self.api.calls[before:]
            if _is_seen(call) and call.method != "sendChatAction"
        ]
        for call in calls:
            self.lines += _write(call)
        return calls

    def _find(self, label: str) -> tuple[Shown, dict[str, Any]]:
        for shown in reversed(self.api.screen(self.chat_id)):
            for button in shown.buttons:
                if button["text"] == label:
                    return shown, button
        raise AssertionError(f"there is no button {label!r} on the screen")

    def _message(self, text: str | None, **more: Any) -> dict[str, Any]:
        known = {"message_id": self.api.account.chats.next_id(), "from": self._me()}
        return make_message(text, chat_id=self.chat_id, **(known | more))

    def _me(self) -> dict[str, Any]:
        return make_user(self.user_id, self.language)

    def _query_id(self) -> str:
        return f"query-{self.api.account.chats.next_id()}"

    def _tell(self, line: str) -> None:
        self.lines += ["", line, ""]


def _is_seen(call: Call) -> bool:
    """Return whether a person sees something of a call; the bot also sets itself up."""
    return call.chat_id is not None or call.method.startswith("answer")


def _write(call: Call) -> list[str]:
    """Return what a person sees of a call."""
    buttons = [f"    [{one['text']}]" for one in call.buttons]
    match call.method:
        case "sendMessage":
            return [*_indent(call.shown), *buttons]
        case "editMessageText":
            return ["  (in its place:)", *_indent(call.shown), *buttons]
        case "editMessageReplyMarkup":
            return ["  (other buttons below it:)", *buttons]
    return _write_rest(call)


def _write_rest(call: Call) -> list[str]:
    match call.method:
        case "sendDocument":
            return [f"  (a file: {call.values['document'].filename})", *_indent(call.shown)]
        case "answerCallbackQuery" if call.text:
            return [f"  (a note: {call.text})"]
        case "answerInlineQuery":
            titles = [f"    {one['title']}" for one in call.values["results"]]
            return ["  (suggests:)", *titles]
    return []


def _indent(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.split("\n")]
