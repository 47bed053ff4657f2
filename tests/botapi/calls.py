"""What is asked of the Bot API, and how it refuses."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.html import read_html


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API."""

    method: str
    values: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Return the text as it was sent, with its HTML."""
        text = self.values["text"]
        assert isinstance(text, str)
        return text

    @property
    def shown(self) -> str:
        """Return the text as a person sees it."""
        return read_html(self.text).text if self.is_html else self.text

    @property
    def is_html(self) -> bool:
        return self.values.get("parse_mode") == "HTML"

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Return the buttons from top to bottom, each with `text` and `callback_data`."""
        rows = self.values.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass(slots=True)
class Refusal:
    """An answer of the server that is not OK."""

    code: int
    description: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


def read_values(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the values of a form; what is JSON in it is read."""
    values: dict[str, Any] = dict(pairs)
    for name in ("reply_markup", "link_preview_options", "allowed_updates", "results", "button"):
        if name in values:
            values[name] = json.loads(values[name])
    return values
