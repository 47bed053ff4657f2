"""Updates as Telegram sends them."""

from collections.abc import Callable
from typing import Any

from tests.botapi.judging.text import find_entities

CHAT = 7001
# What a person can be: none of it may ever be stored.
FIRST_NAME, LAST_NAME, USERNAME = "Xiaoming", "Secretname", "xiaoming_hidden"


def make_user(user_id: int = CHAT, language: str | None = "en") -> dict[str, Any]:
    """Return a person whose names must never be stored."""
    code = {} if language is None else {"language_code": language}
    names = {"first_name": FIRST_NAME, "last_name": LAST_NAME, "username": USERNAME}
    return {"id": user_id, "is_bot": False, **names, **code}


def make_chat(chat_id: int = CHAT, *, is_forum: bool = False) -> dict[str, Any]:
    """Return a private chat, or a group where the number is negative."""
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": FIRST_NAME, "username": USERNAME}
    forum = {"is_forum": True} if is_forum else {}
    return {"id": chat_id, "type": "supergroup", "title": "Parents of class 3", **forum}


def make_message(
    text: str | None = None, *, chat_id: int = CHAT, message_id: int = 10, **more: Any
) -> dict[str, Any]:
    """Return a message; commands, names and links in it are marked as Telegram marks them."""
    message: dict[str, Any] = {
        "message_id": message_id,
        "date": 1_760_000_000,
        "chat": make_chat(chat_id),
    }
    if text is not None:
        message["text"] = text
        if entities := find_entities(text):
            message["entities"] = list(entities)
    return message | more


def make_question(
    text: str,
    *,
    update_id: int = 1,
    language: str | None = "en",
    chat_id: int = CHAT,
    message_id: int = 10,
) -> dict[str, Any]:
    """Return the update of one message with text in a private chat."""
    sender = make_user(chat_id, language)
    message = make_message(text, chat_id=chat_id, message_id=message_id, **{"from": sender})
    return {"update_id": update_id, "message": message}


MakeUpdate = Callable[..., dict[str, Any]]
