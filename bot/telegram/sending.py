"""Sends messages, past the refusals of Telegram that are no faults."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.telegram.rendering import strip_html

_log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_INLINE_CACHE_S = 300


async def send(
    chat: Chat, text: str, *, html: bool = False, buttons: InlineKeyboardMarkup | None = None
) -> None:
    """Send a message; HTML that Telegram can't read goes as plain text."""
    await _deliver(chat.send_message, text, html=html, buttons=buttons)


async def put_in_place(
    query: CallbackQuery,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
) -> None:
    """Put a message in the place of the one whose button was pressed.

    It is sent instead where the old one is gone, and nothing happens where it stands there
    already, as after a double press.
    """
    message = query.message
    if isinstance(message, Message):
        try:
            await _deliver(message.edit_text, text, html=html, buttons=buttons)
        except BadRequest as error:
            if _says(error, "message is not modified"):
                return
            if not _says(error, "message to edit not found", "message can't be edited"):
                raise
        else:
            return
    await send_below(query, text, html=html, buttons=buttons)


async def send_below(
    query: CallbackQuery,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
) -> None:
    """Send a message below the one whose button was pressed."""
    if query.message is not None:
        await send(query.message.chat, text, html=html, buttons=buttons)


async def confirm(query: CallbackQuery) -> None:
    """End the waiting sign on a pressed button; a press that is too old has none any more."""
    try:
        await query.answer()
    except TelegramError as error:
        _log.warning("a press could not be confirmed: %s", error)


async def suggest_results(
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    *,
    is_personal: bool,
    hint: str | None,
) -> None:
    """Show results to somebody who types; `hint` stands above them and opens a private chat.

    Unless `is_personal`, Telegram shows the same to everybody who types the same, for a while.
    Who has typed on meanwhile waits for nothing any more.
    """
    try:
        await query.answer(
            results,
            cache_time=_INLINE_CACHE_S,
            is_personal=is_personal,
            button=InlineQueryResultsButton(hint, start_parameter="inline") if hint else None,
        )
    except BadRequest as error:
        if not _says(error, "query is too old", "query id is invalid"):
            raise
        _log.info("an inline query went by: %s", error)


async def _deliver(
    call: Callable[..., Awaitable[Any]],
    text: str,
    *,
    html: bool,
    buttons: InlineKeyboardMarkup | None,
) -> None:
    options = {"link_preview_options": NO_PREVIEW, "reply_markup": buttons}
    if not html:
        await call(text, **options)
        return
    try:
        await call(text, parse_mode=ParseMode.HTML, **options)
    except BadRequest as error:
        if not _says(error, "can't parse entities"):
            raise
        _log.error("a message goes as plain text: %s", error)
        await call(strip_html(text), **options)


def _says(error: BadRequest, *reasons: str) -> bool:
    return any(reason in error.message.lower() for reason in reasons)
