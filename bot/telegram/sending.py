"""What handlers send with."""

import logging
from collections.abc import Callable, Sequence

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    Message,
)
from telegram.error import BadRequest, TelegramError

from bot.telegram.post.bot import NO_PREVIEW, VocedBot
from bot.telegram.post.outgoing import Attachment, Outgoing
from bot.telegram.post.postman import Postman
from bot.telegram.post.refusals import is_refused_token, says
from storage.delivery import WaitingReply

__all__ = [
    "NO_PREVIEW",
    "Attachment",
    "confirm",
    "edit",
    "forget_unsent",
    "note_unsent",
    "post_to",
    "put_in_place",
    "send",
    "send_below",
    "suggest_results",
    "unsent_in_memory",
]

_log = logging.getLogger(__name__)
_INLINE_CACHE_S = 300
# What is worth nothing a moment later holds nobody up.
_SHORT_S = 2.0


async def send(
    chat: Chat,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
    reply_to: Message | None = None,
    is_answer: bool = False,
    attachment: Attachment | None = None,
) -> int | None:
    """Return the id of the message that was sent, the last one where a long text became several.

    `None` means that it waits in the outbox. `reply_to` is quoted, and its topic is kept. An
    answer is sent again when it is not known whether it has arrived. A short text stands below an
    `attachment`.
    """
    message = Outgoing(
        chat_id=chat.id,
        text=text,
        html=html,
        buttons=buttons,
        reply_to=reply_to.message_id if reply_to else None,
        thread=_thread_of(reply_to),
        is_answer=is_answer,
        attachment=attachment,
    )
    return await _post(chat.get_bot(), message)


async def post_to(
    bot: VocedBot,
    chat_id: int,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
) -> int | None:
    """Return the id of a message that nobody has asked for; `None` where it waits in the outbox.

    It is not sent again when it may have arrived; then it is `None` as well.
    """
    message = Outgoing(chat_id=chat_id, text=text, html=html, buttons=buttons)
    return await _post(bot, message)


async def edit(
    chat: Chat,
    message_id: int,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
) -> int | None:
    """Return the id of the message that now says `text`: the one edited, or one sent instead.

    It is sent where the old one is gone, and nothing happens where it says so already. `None`
    means that it waits in the outbox.
    """
    message = Outgoing(
        chat_id=chat.id, text=text, html=html, buttons=buttons, edits=message_id, is_answer=True
    )
    return await _post(chat.get_bot(), message)


async def put_in_place(
    query: CallbackQuery,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
) -> int | None:
    """Put a message in the place of the one whose button was pressed; return as `edit` does."""
    message = query.message
    if isinstance(message, Message):
        return await edit(message.chat, message.message_id, text, html=html, buttons=buttons)
    # Too old to be edited; its chat is all that is known.
    return await send_below(query, text, html=html, buttons=buttons)


async def send_below(
    query: CallbackQuery,
    text: str,
    *,
    html: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
) -> int | None:
    """Send a message below the one whose button was pressed; return as `send` does."""
    if query.message is None:
        return None
    message = Outgoing(
        chat_id=query.message.chat.id,
        text=text,
        html=html,
        buttons=buttons,
        thread=_thread_of(query.message if isinstance(query.message, Message) else None),
        is_answer=True,
    )
    return await _post(query.get_bot(), message)


async def confirm(query: CallbackQuery, text: str | None = None) -> None:
    """End the waiting sign on a pressed button, with a short note above the chat or without.

    A press that is too old has no sign any more.
    """
    try:
        await query.answer(
            text, read_timeout=_SHORT_S, connect_timeout=_SHORT_S, pool_timeout=_SHORT_S
        )
    except TelegramError as error:
        if is_refused_token(error):
            raise
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
            read_timeout=_SHORT_S,
            connect_timeout=_SHORT_S,
            pool_timeout=_SHORT_S,
        )
    except BadRequest as error:
        if not says(error, "query is too old", "query id is invalid"):
            raise
        _log.info("an inline query went by: %s", error)


def unsent_in_memory(chat: Chat) -> tuple[WaitingReply, ...]:
    """Return what waits for a chat and could not be put into the database."""
    return _postman_of(chat.get_bot()).outbox.in_memory(chat.id)


async def forget_unsent(chat: Chat, *, is_all: bool) -> int:
    """Drop what waits for a chat in memory, and return how much that was.

    `is_all` says that nothing waits for it in the database any more either.
    """
    return await _postman_of(chat.get_bot()).outbox.forget(chat.id, is_all=is_all)


def note_unsent(message: Message, note_sent: Callable[[int], None]) -> None:
    """Let the id of the answer to a message be noted once it is sent; it was put away just now."""
    answers = _postman_of(message.get_bot()).outbox.answers
    answers.note_answer(message.chat.id, note_sent)


def _thread_of(message: Message | None) -> int | None:
    return message.message_thread_id if message is not None and message.is_topic_message else None


async def _post(bot: Bot, message: Outgoing) -> int | None:
    sender = _ours(bot)
    return await sender.postman.post(sender, message)


def _postman_of(bot: Bot) -> Postman:
    return _ours(bot).postman


def _ours(bot: Bot) -> VocedBot:
    if not isinstance(bot, VocedBot):
        raise TypeError("messages are sent by the bot of the application")
    return bot
