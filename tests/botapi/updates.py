"""Updates as Telegram sends them."""

import re
from typing import Any

CHAT = 7001


def make_user(user_id: int = CHAT, language: str | None = "en") -> dict[str, Any]:
    """Return a person whose names must never be stored."""
    code = {} if language is None else {"language_code": language}
    names = {"first_name": "Xiaoming", "last_name": "Secretname", "username": "xiaoming_hidden"}
    return {"id": user_id, "is_bot": False, **names, **code}


def make_message(
    text: str | None = None, *, chat_id: int = CHAT, message_id: int = 10, **more: Any
) -> dict[str, Any]:
    """Return a message; a leading command gets the entity that Telegram marks it with."""
    message: dict[str, Any] = {
        "message_id": message_id,
        "date": 1_760_000_000,
        "chat": {"id": chat_id, "type": "private" if chat_id > 0 else "group", "title": "chat"},
    }
    if text is not None:
        message["text"] = text
        if command := re.match(r"/[A-Za-z0-9_]+(@\w+)?", text):
            entity = {"type": "bot_command", "offset": 0, "length": command.end()}
            message["entities"] = [entity]
    return message | more
