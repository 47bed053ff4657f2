"""The screens of people: which messages stand in a chat, and which buttons can be pressed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

FIRST_ID = 500


@dataclass(slots=True)
class Shown:
    """A message as it stands in a chat; `message` is as the Bot API has it."""

    message: dict[str, Any]
    is_ours: bool

    @property
    def text(self) -> str:
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def buttons(self) -> list[dict[str, Any]]:
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def content(self) -> tuple[Any, ...]:
        """Return what must change for an edit to be one."""
        kept = ("text", "entities", "reply_markup", "caption")
        return tuple(self.message.get(name) for name in kept)


@dataclass(slots=True)
class Chat:
    """A chat and its messages, by id."""

    about: dict[str, Any]
    messages: dict[int, Shown] = field(default_factory=dict)
    topics: set[int] = field(default_factory=set)


class Chats:
    """All chats of a bot. Those that no update told of are private or groups, by their sign."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._ids = count(FIRST_ID)

    def __getitem__(self, chat_id: int) -> Chat:
        kind = {"type": "private", "first_name": "Xiaoming"}
        if chat_id < 0:
            kind = {"type": "supergroup", "title": "A group"}
        return self._chats.setdefault(chat_id, Chat({"id": chat_id, **kind}))

    def next_id(self) -> int:
        return next(self._ids)

    def put(self, chat_id: int, message: dict[str, Any], *, is_ours: bool) -> Shown:
        """Show a message, in the place of the one with its id where there is one."""
        shown = Shown(message, is_ours)
        self[chat_id].messages[message["message_id"]] = shown
        return shown

    def learn_from(self, update: Mapping[str, Any]) -> None:
        """Note what an update tells of chats and messages."""
        for message, is_ours in _messages_in(update):
            chat = self._chats.setdefault(message["chat"]["id"], Chat(message["chat"]))
            chat.about = message["chat"]
            if message.get("is_topic_message"):
                chat.topics.add(message["message_thread_id"])
            if not is_ours or message["message_id"] not in chat.messages:
                self.put(chat.about["id"], dict(message), is_ours=is_ours)


def _messages_in(update: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], bool]]:
    for kind, content in update.items():
        if not isinstance(content, Mapping):
            continue
        if kind == "callback_query":
            # Of one that is out of reach only the number is known.
            if content.get("message", {}).get("date"):
                yield content["message"], True
        elif isinstance(content.get("message_id"), int) and isinstance(
            content.get("chat"), Mapping
        ):
            yield content, False
