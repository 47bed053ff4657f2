"""HTML, read as strictly as Telegram reads it."""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

_TOKEN_OF_HTML = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z-]+)(?P<more>[^<>]*)>"
    r"|(?P<text>[^<>&]+|&(?:lt|gt|amp|quot|#x?[0-9a-f]+);)"
)
_ATTRIBUTES = {
    "b": re.compile(r""),
    "blockquote": re.compile(r"( expandable)?"),
    "a": re.compile(r' href="https?://[^"\s]+"'),
}


class BadHtmlError(Exception):
    """HTML that Telegram refuses, or a tag that the bot never writes."""


@dataclass(frozen=True, slots=True)
class ReadHtml:
    """What a person sees of a message, and the tags in it."""

    text: str
    tags: Counter[str]


def read_html(html: str) -> ReadHtml:
    """Return the text and the tags of a message; only b, a and blockquote are allowed."""
    text: list[str] = []
    tags: Counter[str] = Counter()
    opened: list[str] = []
    at = 0
    while at < len(html):
        token = _TOKEN_OF_HTML.match(html, at)
        if token is None:
            raise BadHtmlError(f"stray character at {at}: {html[at : at + 20]!r}")
        at = token.end()
        tag = token["tag"]
        if tag is None:
            text.append(unescape(token["text"]))
        elif token["end"]:
            if not opened or opened.pop() != tag or token["more"]:
                raise BadHtmlError(f"unexpected end of {tag}")
        elif tag in _ATTRIBUTES and _ATTRIBUTES[tag].fullmatch(token["more"]):
            opened.append(tag)
            tags[tag] += 1
        else:
            raise BadHtmlError(f"unexpected start of {tag}{token['more']}")
    if opened:
        raise BadHtmlError(f"{opened} not ended")
    return ReadHtml("".join(text), tags)


def length_on_telegram(text: str) -> int:
    """Return the length in UTF-16 units, the strictest way in which Telegram may count."""
    return len(text.encode("utf-16-le")) // 2
