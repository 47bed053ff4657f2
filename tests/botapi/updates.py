"""Updates as Telegram sends them."""

from collections.abc import Callable
from typing import Any

from tests.botapi.judging.text import find_entities

CHAT = 7001
# What a person can be: none of it may ever be stored.
FIRST_NAME, LAST_NAME, USERNAME = "Xiaoming", "Secretname", "xiaoming_hidden"
_BOT = {"id": 4242, "is_bot": True, "first_name": "voced", "username": "voced_test_bot"}
_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_send_welcome_messages",
)  # fmt: skip


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


def make_membership(
    before: str, after: str, *, chat_id: int = CHAT, user_id: int = CHAT, **more: Any
) -> dict[str, Any]:
    """Return what becomes of the bot in a chat: it was `before` and is `after`, by a person."""
    return {
        "chat": make_chat(chat_id),
        "from": make_user(user_id),
        "date": 1_760_000_000,
        "old_chat_member": _make_member(before),
        "new_chat_member": _make_member(after),
        **more,
    }


def _make_member(status: str) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    rights = dict.fromkeys(_RIGHTS, False) if status == "administrator" else {}
    return {"status": status, "user": _BOT, **until, **rights}


MakeUpdate = Callable[..., dict[str, Any]]
