"""What is asked of the Bot API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.botapi.judging.text import read_text


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent along."""

    filename: str
    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API; simple values are text where they came in a form."""

    method: str
    values: Mapping[str, Any]

    @property
    def chat_id(self) -> int | None:
        """Return the chat that it is about, `None` where there is none."""
        chat_id = self.values.get("chat_id")
        return None if chat_id is None else int(chat_id)

    @property
    def text(self) -> str:
        """Return the text or the caption as it was sent, with its HTML."""
        text = self.values["text"] if "text" in self.values else self.values.get("caption", "")
        assert isinstance(text, str)
        return text

    @property
    def shown(self) -> str:
        """Return the text as a person sees it."""
        return read_text(self.text, self.values.get("parse_mode")).text

    @property
    def is_html(self) -> bool:
        return self.values.get("parse_mode") == "HTML"

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Return the buttons from top to bottom, each with `text` and what it does."""
        rows = self.values.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]
