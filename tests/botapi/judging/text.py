"""Text as Telegram reads it: its own library parses HTML and finds commands, names and links."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import tdjson

_PARSE_MODES = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
_TAGS = {
    "Bold": "b",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "blockquote",
    "TextUrl": "a",
    "MentionName": "a",
}
_NAMES = {
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "EmailAddress": "email",
    "MentionName": "text_mention",
    "PreCode": "pre",
    "BankCardNumber": None,
}
_OPENED_LINK = re.compile(r"<a\s", re.IGNORECASE)
# What Telegram throws away or shows as a space, before it looks whether anything is left.
_SPACES = re.compile(r"[\x00-\x09\x0b-\x20\u200b\u2060\ufeff]+")


class BadHtmlError(Exception):
    """Text that Telegram refuses, or a link in it that it drops without a word."""


@dataclass(frozen=True, slots=True)
class ReadHtml:
    """What a person sees of a message, the tags in it, and its entities as the Bot API has them."""

    text: str
    tags: Counter[str]
    entities: tuple[dict[str, Any], ...] = ()


@cache
def _quieten() -> None:
    _execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    read = json.loads(answer)
    assert isinstance(read, dict)
    return read


def read_html(html: str) -> ReadHtml:
    """Return the text and the tags of a message in HTML."""
    return read_text(html, "HTML")


def read_text(text: str, parse_mode: str | None) -> ReadHtml:
    """Return what a person sees of a text that is sent with `parse_mode`.

    Raises:
        BadHtmlError: Telegram refuses it.
    """
    if not parse_mode:
        return ReadHtml(text, Counter(), find_entities(text))
    mode = _PARSE_MODES.get(parse_mode.lower())
    if mode is None:
        raise BadHtmlError("unsupported parse_mode")
    _quieten()
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        reason = answer["message"]
        raise BadHtmlError(reason[:1].lower() + reason[1:])
    kinds = Counter(_kind_of(one) for one in answer["entities"])
    links = kinds["TextUrl"] + kinds["MentionName"]
    if mode is _PARSE_MODES["html"] and len(_OPENED_LINK.findall(text)) > links:
        raise BadHtmlError("can't parse entities: a link leads nowhere")
    tags = Counter[str]()
    for kind, number in kinds.items():
        tags[_TAGS.get(kind, kind.lower())] += number
    return ReadHtml(answer["text"], tags, tuple(map(_to_bot_api, answer["entities"])))


def find_entities(text: str) -> tuple[dict[str, Any], ...]:
    """Return the commands, names, links and so on that Telegram marks in what a person writes."""
    _quieten()
    found = _execute({"@type": "getTextEntities", "text": text})["entities"]
    return tuple(_to_bot_api(one) for one in found if _name_of(one) is not None)


def length_on_telegram(text: str) -> int:
    """Return the length in UTF-16 units, the strictest way in which Telegram may count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Return whether Telegram sees nothing in a text."""
    return not _SPACES.sub("", text).strip()


def _kind_of(entity: dict[str, Any]) -> str:
    return str(entity["type"]["@type"]).removeprefix("textEntityType")


def _name_of(entity: dict[str, Any]) -> str | None:
    kind = _kind_of(entity)
    if kind in _NAMES:
        return _NAMES[kind]
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()


def _to_bot_api(entity: dict[str, Any]) -> dict[str, Any]:
    url, user = entity["type"].get("url"), entity["type"].get("user_id")
    place = {"offset": entity["offset"], "length": entity["length"]}
    more: dict[str, Any] = {"url": url} if url else {}
    if user:
        more["user"] = {"id": user, "is_bot": False, "first_name": "Somebody"}
    return {"type": _name_of(entity), **place, **more}
