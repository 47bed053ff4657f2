"""Turns replies into Telegram messages: HTML built from escaped parts only, and buttons."""

import re
from collections.abc import Iterable
from html import escape, unescape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.reply import Cited, Reply
from bot.telegram.buttons import Press, encode
from bot.telegram.showing.voice import Tongue
from bot.words.citing import details_of, merge_citations, title_of
from bot.words.wording import Wording
from intents import Language

_TAG = re.compile(r"<[^>]*>")


def render_html(reply: Reply, say: Wording) -> str:
    """Return the message for a reply: title, text, and the sources in an expandable quote.

    Sources that are the matter itself stand there openly.
    """
    parts = [escape(block) for block in reply.blocks]
    if reply.title:
        parts.insert(0, f"<b>{escape(reply.title)}</b>")
    if reply.is_about_sources:
        parts.append("\n".join(f"• {_source_line(one, reply.language)}" for one in reply.citations))
    elif reply.citations:
        parts.append(_quote_sources(reply, say))
    return "\n\n".join(parts)


def strip_html(html: str) -> str:
    """Return what a person reads of HTML that was built here."""
    return unescape(_TAG.sub("", html))


def render_buttons(
    reply: Reply, say: Wording, *, tongue: Tongue | None = None
) -> InlineKeyboardMarkup | None:
    """Return a button for every way on, one for none of an offer's choices, and follow-ups.

    What is pressed is answered in `tongue`, the language of the reply where it is `None`.
    """
    language = tongue or reply.language
    record = reply.record if reply.is_offer else None
    buttons = [
        _button(one.title, Press(language=language, record=record, entry=one.entry))
        for one in reply.choices
    ]
    if reply.is_offer:
        none = Press(language=language, record=record, entry=None)
        buttons.append(_button(say("none_of_these", reply.language), none))
    buttons += [
        _button(
            one.title,
            Press(language=language, record=None, entry=one.entry, is_follow_up=True),
        )
        for one in reply.related
    ]
    buttons += [
        _button(one.title, Press(language=language, record=record, entry=one.entry))
        for one in reply.menu
    ]
    return InlineKeyboardMarkup(_rows_of(buttons)) if buttons else None


def _rows_of(buttons: Iterable[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Return a row for each button, the previous and the next page side by side."""
    rows: list[list[InlineKeyboardButton]] = []
    was_page = False
    for button in buttons:
        is_page = "/" in str(button.callback_data)
        if is_page and was_page:
            rows[-1].append(button)
        else:
            rows.append([button])
        was_page = is_page
    return rows


def _button(title: str, press: Press) -> InlineKeyboardButton:
    return InlineKeyboardButton(title, callback_data=encode(press))


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
