"""Turns replies into Telegram messages: HTML built from escaped parts only, and buttons."""

import re
from html import escape, unescape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.citing import details_of, merge_citations, title_of
from bot.reply import Cited, Reply
from bot.telegram.buttons import Press, encode
from bot.wording import Wording
from intents import Language

_TAG = re.compile(r"<[^>]*>")


def render_html(reply: Reply, say: Wording) -> str:
    """Return the message for a reply: title, text, and the sources in an expandable quote."""
    parts = [escape(block) for block in reply.blocks]
    if reply.title:
        parts.insert(0, f"<b>{escape(reply.title)}</b>")
    if reply.citations:
        parts.append(_quote_sources(reply, say))
    return "\n\n".join(parts)


def strip_html(html: str) -> str:
    """Return what a person reads of HTML that was built here."""
    return unescape(_TAG.sub("", html))


def render_buttons(reply: Reply, say: Wording) -> InlineKeyboardMarkup | None:
    """Return a button for every choice, and one for none of them; follow-ups under an answer."""
    language = reply.language
    offered = reply.choices or reply.related
    rows = [
        [_button(choice.title, language, None if reply.related else reply.record, choice.entry)]
        for choice in offered
    ]
    if reply.choices:
        rows.append([_button(say("none_of_these", language), language, reply.record, None)])
    return InlineKeyboardMarkup(rows) if rows else None


def _button(
    title: str, language: Language, record: int | None, entry: str | None
) -> InlineKeyboardButton:
    data = encode(Press(language=language, record=record, entry=entry))
    return InlineKeyboardButton(title, callback_data=data)


def _quote_sources(reply: Reply, say: Wording) -> str:
    citations = merge_citations(reply.citations)
    heading = say("source" if len(citations) == 1 else "sources", reply.language)
    sources = "\n".join(_source_line(one, reply.language) for one in citations)
    return f"<blockquote expandable><b>{escape(heading)}</b>\n{sources}</blockquote>"


def _source_line(cited: Cited, language: Language) -> str:
    title = escape(title_of(cited, language))
    if cited.url:
        title = f'<a href="{escape(cited.url, quote=True)}">{title}</a>'
    return f"{title} — {escape(details_of(cited, language))}"
