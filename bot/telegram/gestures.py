"""What the bot does in a chat besides sending: it changes buttons, and shows that it types."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import CallbackQuery, Chat, InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.post.refusals import is_refused_token

_log = logging.getLogger(__name__)


async def change_buttons(query: CallbackQuery, buttons: InlineKeyboardMarkup | None) -> None:
    """Put other buttons under the message whose button was pressed, where it can be changed.

    What the press has done is done either way, so that no refusal is a fault.
    """
    if not isinstance(query.message, Message):
        return
    try:
        await query.message.edit_reply_markup(buttons)
    except TelegramError as error:
        if is_refused_token(error):
            raise
        _log.info("buttons could not be changed: %s", error)


@asynccontextmanager
async def typing_when_slow(chat: Chat, *, topic: int | None, after_s: float) -> AsyncIterator[None]:
    """Show that the bot types while what is done takes longer than `after_s`.

    Telegram shows it for five seconds or until a message comes; what is quick shows nothing.
    """
    # A timer costs next to nothing; a task is made only for what is slow.
    tasks: list[asyncio.Task[None]] = []
    timer = asyncio.get_running_loop().call_later(
        after_s, lambda: tasks.append(asyncio.create_task(_show_typing(chat, topic)))
    )
    try:
        yield
    finally:
        timer.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _show_typing(chat: Chat, topic: int | None) -> None:
    try:
        await chat.send_action(ChatAction.TYPING, message_thread_id=topic)
    except TelegramError as error:
        _log.info("typing could not be shown: %s", error)
