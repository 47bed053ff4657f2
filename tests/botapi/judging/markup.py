"""What Telegram refuses below and around a message."""

import re
from collections.abc import Mapping
from typing import Any

_MOST_BUTTONS = 100
_MOST_BUTTONS_IN_A_ROW = 8
_MOST_DATA_BYTES = 64
_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_ADDRESS = re.compile(r"(https?|tg)://\S+")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def find_fault_of_buttons(markup: Mapping[str, Any] | None) -> str | None:
    """Return why Telegram refuses the buttons below a message, `None` when it does not."""
    rows = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > _MOST_BUTTONS or any(len(row) > _MOST_BUTTONS_IN_A_ROW for row in rows):
        return "REPLY_MARKUP_TOO_LONG"
    return next(filter(None, map(_find_fault_of_button, buttons)), None)


def _find_fault_of_button(button: Mapping[str, Any]) -> str | None:
    if not button["text"].strip():
        return "text buttons are unallowed in the inline keyboard"
    if len(button.keys() & _ACTIONS) != 1:
        return "text buttons are unallowed in the inline keyboard"
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= _MOST_DATA_BYTES:
        return "BUTTON_DATA_INVALID"
    url = button.get("url")
    if url is not None and not _ADDRESS.fullmatch(url):
        return "BUTTON_URL_INVALID"
    return None


def find_fault_of_commands(commands: list[Mapping[str, Any]]) -> str | None:
    """Return why Telegram refuses a list of commands, `None` when it does not."""
    if len(commands) > 100:
        return "BOT_COMMANDS_TOO_MUCH"
    if not all(_COMMAND.fullmatch(one["command"].removeprefix("/")) for one in commands):
        return "BOT_COMMAND_INVALID"
    if not all(1 <= len(one["description"]) <= 256 for one in commands):
        return "BOT_COMMAND_DESCRIPTION_INVALID"
    return None
