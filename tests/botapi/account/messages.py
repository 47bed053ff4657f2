"""Sending, editing and deleting messages: what is refused, and what then stands in the chat."""

import struct
import time
from collections.abc import Mapping
from typing import Any

from tests.botapi.account.chats import Chats, Shown
from tests.botapi.calls import Call, Upload
from tests.botapi.judging.markup import CHAT_ACTIONS, find_fault_of_buttons
from tests.botapi.judging.text import BadHtmlError, is_blank, length_on_telegram, read_text
from tests.botapi.trouble.faults import NOT_MODIFIED, Refusal

MOST_CHARACTERS = 4096
_MOST_CAPTION_CHARACTERS = 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 10_000  # of width and height together
_OF_A_USER = ("id", "is_bot", "first_name", "username")


class RefusedError(Exception):
    """A call is refused; `is_violation` says that no bot of ours may ever ask for such a thing."""

    def __init__(self, description: str | Refusal, *, is_violation: bool = False) -> None:
        super().__init__(description)
        self.is_violation = is_violation
        self.refusal = (
            description
            if isinstance(description, Refusal)
            else Refusal(400, f"Bad Request: {description}")
        )


class Messages:
    """The methods on messages, for the bot whose own account is `me`."""

    def __init__(self, chats: Chats, me: Mapping[str, Any]) -> None:
        self._chats = chats
        self._me = me

    def send(self, call: Call) -> dict[str, Any]:
        """Return the message that now stands in the chat."""
        content = _read_content(call, "text", MOST_CHARACTERS)
        if not content:
            raise RefusedError("message text is empty")
        return self._show(call, content)

    def send_document(self, call: Call) -> dict[str, Any]:
        """Return the message with a file that now stands in the chat."""
        uploaded = call.values["document"]
        if not isinstance(uploaded, Upload):
            raise RefusedError("wrong file identifier/HTTP URL specified")
        if not uploaded.content:
            raise RefusedError("file must be non-empty")
        document = {
            "file_id": f"file-{uploaded.filename}",
            "file_unique_id": uploaded.filename,
            "file_name": uploaded.filename,
            "mime_type": uploaded.kind,
            "file_size": len(uploaded.content),
        }
        content = _read_content(call, "caption", _MOST_CAPTION_CHARACTERS)
        return self._show(call, {"document": document, **content})

    def send_photo(self, call: Call) -> dict[str, Any]:
        """Return the message with a PNG picture that now stands in the chat."""
        uploaded = call.values["photo"]
        if not isinstance(uploaded, Upload):
            raise RefusedError("wrong file identifier/HTTP URL specified")
        if not uploaded.content.startswith(_PNG):
            raise RefusedError("IMAGE_PROCESS_FAILED")
        width, height = struct.unpack(">II", uploaded.content[16:24])
        if width + height > _MOST_PIXELS:
            raise RefusedError("PHOTO_INVALID_DIMENSIONS")
        photo = {
            "file_id": "photo",
            "file_unique_id": "photo",
            "width": width,
            "height": height,
            "file_size": len(uploaded.content),
        }
        content = _read_content(call, "caption", _MOST_CAPTION_CHARACTERS)
        return self._show(call, {"photo": [photo], **content})

    def edit_text(self, call: Call) -> dict[str, Any]:
        """Return the message after its text and buttons have changed."""
        shown = self._find_ours(call)
        if "text" not in shown.message:
            raise RefusedError("there is no text in the message to edit")
        content = _read_content(call, "text", MOST_CHARACTERS)
        if not content:
            raise RefusedError("message text is empty")
        return self._change(shown, content | _read_markup(call))

    def edit_markup(self, call: Call) -> dict[str, Any]:
        """Return the message after its buttons have changed."""
        shown = self._find_ours(call)
        kept = {name: shown.message[name] for name in ("text", "entities") if name in shown.message}
        return self._change(shown, kept | _read_markup(call))

    def delete(self, call: Call) -> bool:
        """Take a message away."""
        messages = self._chats[_chat_of(call)].messages
        if messages.pop(int(call.values["message_id"]), None) is None:
            raise RefusedError("message to delete not found")
        return True

    def show_action(self, call: Call) -> bool:
        """Show that the bot is typing, or the like."""
        if call.values["action"] not in CHAT_ACTIONS:
            raise RefusedError("wrong parameter action in request")
        return True

    def _show(self, call: Call, content: dict[str, Any]) -> dict[str, Any]:
        chat_id = _chat_of(call)
        message = {
            "message_id": self._chats.next_id(),
            "date": int(time.time()),
            "chat": self._chats[chat_id].about,
            "from": {name: self._me[name] for name in _OF_A_USER},
            **content,
            **_read_markup(call),
            **self._thread_of(call),
            **self._reply_of(call),
        }
        return self._chats.put(chat_id, message, is_ours=True).message

    def _thread_of(self, call: Call) -> dict[str, Any]:
        if "message_thread_id" not in call.values:
            return {}
        thread = int(call.values["message_thread_id"])
        if thread not in self._chats[_chat_of(call)].topics:
            raise RefusedError("message thread not found")
        return {"message_thread_id": thread, "is_topic_message": True}

    def _reply_of(self, call: Call) -> dict[str, Any]:
        wanted = call.values.get("reply_parameters")
        if wanted is None:
            return {}
        replied = self._chats[_chat_of(call)].messages.get(wanted.get("message_id"))
        if replied is None:
            if wanted.get("allow_sending_without_reply"):
                return {}
            raise RefusedError("message to be replied not found")
        quoted = {k: v for k, v in replied.message.items() if k != "reply_to_message"}
        return {"reply_to_message": quoted}

    def _find_ours(self, call: Call) -> Shown:
        if "inline_message_id" in call.values:
            raise RefusedError("MESSAGE_ID_INVALID")
        shown = self._chats[_chat_of(call)].messages.get(int(call.values["message_id"]))
        if shown is None:
            raise RefusedError("message to edit not found")
        if not shown.is_ours:
            raise RefusedError("message can't be edited")
        return shown

    def _change(self, shown: Shown, content: dict[str, Any]) -> dict[str, Any]:
        kept = {k: v for k, v in shown.message.items() if k not in {"entities", "reply_markup"}}
        changed = Shown(kept | content, is_ours=True)
        if changed.content == shown.content:
            raise RefusedError(NOT_MODIFIED)
        shown.message = changed.message | {"edit_date": int(time.time())}
        return shown.message


def _chat_of(call: Call) -> int:
    if call.chat_id is None:
        raise RefusedError("chat not found")
    return call.chat_id


def _read_content(call: Call, name: str, most: int) -> dict[str, Any]:
    """Return the text and its entities, nothing where there is none."""
    try:
        read = read_text(str(call.values.get(name, "")), call.values.get("parse_mode"))
    except BadHtmlError as error:
        raise RefusedError(str(error), is_violation=True) from error
    if is_blank(read.text):
        return {}
    if length_on_telegram(read.text) > most:
        raise RefusedError(f"message {'' if name == 'text' else name + ' '}is too long")
    entities = "entities" if name == "text" else "caption_entities"
    return {name: read.text} | ({entities: list(read.entities)} if read.entities else {})


def _read_markup(call: Call) -> dict[str, Any]:
    markup = call.values.get("reply_markup")
    if fault := find_fault_of_buttons(markup):
        raise RefusedError(fault)
    return {"reply_markup": markup} if markup and markup.get("inline_keyboard") else {}
