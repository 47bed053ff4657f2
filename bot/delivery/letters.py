"""What is kept of an update that could not be handled: enough to replay it, and no name."""

import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from telegram.error import TelegramError

from bot.memory.masking import mask
from storage.delivery import DeadLetter

_HERE = ("bot", "intents", "knowledge", "storage")
# Everything else (names, pictures, places, contacts) stays behind.
_KEPT = {
    "message": ("message_id", "date", "edit_date", "message_thread_id", "is_topic_message"),
    "chat": ("id", "type", "is_forum"),
    "from": ("id", "is_bot", "language_code"),
    "callback_query": ("id", "chat_instance", "data"),
    "inline_query": ("id", "offset", "chat_type"),
}
_MESSAGES = frozenset({"message", "edited_message", "channel_post", "reply_to_message"})


def write_letter(
    update: Mapping[str, Any], error: Exception | str, *, tries: int, at: datetime
) -> DeadLetter:
    """Return the dead letter of an update."""
    kind = next((key for key, value in update.items() if isinstance(value, Mapping)), "unknown")
    return DeadLetter(
        update_id=int(update["update_id"]),
        kind=str(kind),
        payload={"update_id": int(update["update_id"]), kind: _scrub(kind, update.get(kind))},
        error=error if isinstance(error, str) else describe(error),
        tries=tries,
        failed_at=at,
    )


def describe(error: BaseException) -> str:
    """Return what went wrong and where, without anything that a person may have written.

    Only Telegram's own words are kept: other messages may quote what was asked.
    """
    words = f"{type(error).__name__}"
    if isinstance(error, TelegramError):
        words += f": {error.message}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        parts = PurePath(frame.filename).parts
        package = next((at for at, part in enumerate(parts) if part in _HERE), None)
        if package is not None and "site-packages" not in parts:
            return f"{words} at {'/'.join(parts[package:])}:{frame.lineno}"
    return words


def _scrub(kind: str, content: object) -> dict[str, Any]:
    if not isinstance(content, Mapping):
        return {}
    if kind in _MESSAGES:
        return _scrub_message(content)
    kept = _pick(kind, content)
    if isinstance(content.get("message"), Mapping):
        kept["message"] = _scrub_message(content["message"], with_text=False)
    if isinstance(content.get("query"), str):
        kept["query"] = mask(content["query"])
    return kept


def _scrub_message(message: Mapping[str, Any], *, with_text: bool = True) -> dict[str, Any]:
    kept = _pick("message", message)
    text = message.get("text")
    if with_text and isinstance(text, str):
        kept["text"] = mask(text)
        kept["entities"] = _entities_of(message, is_whole=kept["text"] == text)
    if isinstance(message.get("reply_to_message"), Mapping):
        kept["reply_to_message"] = _scrub_message(message["reply_to_message"], with_text=False)
    return kept


def _entities_of(message: Mapping[str, Any], *, is_whole: bool) -> list[dict[str, Any]]:
    """Return commands and mentions; where something was masked, only what stands before it."""
    entities = message.get("entities")
    return [
        {key: one[key] for key in ("type", "offset", "length")}
        for one in (entities if isinstance(entities, list) else ())
        if isinstance(one, Mapping)
        and one.get("type") in {"bot_command", "mention"}
        and (is_whole or one.get("offset") == 0)
    ]


def _pick(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: content[key] for key in _KEPT.get(kind, ()) if key in content}
    for holder in ("chat", "from"):
        if isinstance(content.get(holder), Mapping):
            kept[holder] = _pick(holder, content[holder])
            if holder == "from":
                # The library does without many things, but not without a name.
                kept[holder]["first_name"] = ""
    return kept
