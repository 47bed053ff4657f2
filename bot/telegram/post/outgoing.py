"""A message on its way out: plain data that outlives the process in the outbox."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from telegram import InlineKeyboardMarkup

from bot.telegram.rendering import strip_html

MOST_UNITS = 4096


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is sent with a text below it; `name` is that of the file."""

    kind: Literal["document", "photo"]
    name: str
    content: bytes

    def to_payload(self) -> dict[str, str]:
        """Return what the outbox keeps."""
        return {
            "kind": self.kind,
            "name": self.name,
            "content": b64encode(self.content).decode("ascii"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to send, or the new content of the message `edits`.

    `reply_to` is a message of the same chat, `thread` its topic. An answer may be sent twice when
    it is not known whether it has arrived; anything else may not. The text of one with an
    `attachment` is short.
    """

    chat_id: int
    text: str
    html: bool = False
    buttons: InlineKeyboardMarkup | None = None
    edits: int | None = None
    reply_to: int | None = None
    thread: int | None = None
    is_answer: bool = False
    attachment: Attachment | None = None

    @property
    def method(self) -> str:
        """Return the method of the Bot API that sends it."""
        if self.attachment is not None:
            return f"send{self.attachment.kind.title()}"
        return "sendMessage" if self.edits is None else "editMessageText"

    @property
    def may_be_repeated(self) -> bool:
        """Whether sending it twice does no harm; a message edited twice is the same."""
        return self.is_answer or self.edits is not None

    def as_plain_text(self) -> "Outgoing":
        """Return the same without HTML."""
        return replace(self, text=strip_html(self.text), html=False) if self.html else self

    def split(self, most_units: int = MOST_UNITS) -> tuple["Outgoing", ...]:
        """Return messages of at most that many UTF-16 units, apart between paragraphs.

        The first takes the place or replies, the last has the buttons. A single paragraph that
        is too long is cut where a line, a sentence or a word ends.
        """
        if _measure(self) <= most_units:
            return (self,)
        texts = list(_join_paragraphs(self, most_units))
        last = len(texts) - 1
        return tuple(
            replace(
                self,
                text=text,
                html=html,
                edits=self.edits if at == 0 else None,
                reply_to=self.reply_to if at == 0 else None,
                buttons=self.buttons if at == last else None,
            )
            for at, (text, html) in enumerate(texts)
        )

    def to_payload(self) -> dict[str, Any]:
        """Return what the outbox keeps beside the chat."""
        return {
            "text": self.text,
            "html": self.html,
            "buttons": self.buttons.to_dict() if self.buttons else None,
            "edits": self.edits,
            "reply_to": self.reply_to,
            "thread": self.thread,
            "attachment": self.attachment.to_payload() if self.attachment else None,
        }

    @classmethod
    def from_payload(
        cls, chat_id: int, payload: Mapping[str, Any], *, is_answer: bool
    ) -> "Outgoing":
        """Return what was put into the outbox."""
        buttons = payload["buttons"]
        # What an earlier version put in has none.
        attached = payload.get("attachment")
        return cls(
            chat_id=chat_id,
            text=payload["text"],
            html=payload["html"],
            buttons=InlineKeyboardMarkup.de_json(buttons) if buttons else None,
            edits=payload["edits"],
            reply_to=payload["reply_to"],
            thread=payload["thread"],
            is_answer=is_answer,
            attachment=Attachment(
                attached["kind"], attached["name"], b64decode(attached["content"])
            )
            if attached
            else None,
        )


def _units(text: str) -> int:
    """Return the length in UTF-16 units, the strictest way in which Telegram may count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _measure(message: Outgoing) -> int:
    return _units(message.as_plain_text().text)


def _join_paragraphs(message: Outgoing, most: int) -> Iterator[tuple[str, bool]]:
    """Yield texts that fit, each with whether it is HTML: tags never span two paragraphs."""
    held = ""
    for paragraph in message.text.split("\n\n"):
        joined = f"{held}\n\n{paragraph}" if held else paragraph
        if _measure(replace(message, text=joined)) <= most:
            held = joined
            continue
        if held:
            yield held, message.html
        held = ""
        if _measure(replace(message, text=paragraph)) <= most:
            held = paragraph
        else:
            # In the middle of a paragraph a tag may be open.
            plain = replace(message, text=paragraph).as_plain_text().text
            yield from ((piece, False) for piece in _cut(plain, most))
    if held:
        yield held, message.html


def _cut(text: str, most: int) -> Iterator[str]:
    while _units(text) > most:
        # A character takes one unit or two; half of the units always fits.
        head = text[: most // 2] if _units(text[:most]) > most else text[:most]
        end = next(
            (at for mark in ("\n", "。", ". ", " ") if (at := head.rfind(mark) + 1) > most // 4),
            len(head),
        )
        yield head[:end].rstrip() or head
        text = text[end:].lstrip()
    if text:
        yield text
