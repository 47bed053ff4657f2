"""Sends a message in the first form that Telegram takes."""

import logging
from dataclasses import replace
from typing import Any

from telegram import Bot, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.telegram.post.outgoing import MOST_UNITS, Attachment, Outgoing
from bot.telegram.post.refusals import says

_log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def call_in_some_form(bot: Bot, message: Outgoing) -> int:
    """Return the id of the message, sent in the first form that Telegram takes."""
    try:
        return await _call(bot, message)
    except ChatMigrated as error:
        return await call_in_some_form(bot, replace(message, chat_id=error.new_chat_id))
    except BadRequest as error:
        if message.edits is not None and says(error, "message is not modified"):
            return message.edits
        changed = _another_form(message, error)
        if changed is None:
            raise
        _log.warning("a message goes in another form: %s", error)
        sent = 0
        for part in changed:
            sent = await call_in_some_form(bot, part)
        return sent


def _another_form(message: Outgoing, error: BadRequest) -> tuple[Outgoing, ...] | None:
    """Return what to send instead, `None` where Telegram means something else by its refusal."""
    if message.html and says(error, "can't parse entities"):
        return (message.as_plain_text(),)
    if message.edits is not None and says(
        error, "message to edit not found", "message can't be edited", "message_id_invalid"
    ):
        return (replace(message, edits=None),)
    if message.thread is not None and says(error, "message thread not found"):
        return (replace(message, thread=None),)
    if says(error, "message is too long", "message_too_long"):
        parts = message.split(MOST_UNITS // 2)
        return parts if len(parts) > 1 else None
    return None


async def _call(bot: Bot, message: Outgoing) -> int:
    options: dict[str, Any] = {
        "text": message.text,
        "parse_mode": ParseMode.HTML if message.html else None,
        "reply_markup": message.buttons,
        "link_preview_options": NO_PREVIEW,
    }
    if message.edits is not None:
        await bot.edit_message_text(chat_id=message.chat_id, message_id=message.edits, **options)
        return message.edits
    if message.reply_to is not None:
        options["reply_parameters"] = ReplyParameters(
            message.reply_to, allow_sending_without_reply=True
        )
    options |= {"chat_id": message.chat_id, "message_thread_id": message.thread}
    sent: Message
    if message.attachment is None:
        sent = await bot.send_message(**options)
    else:
        sent = await _attach(bot, message.attachment, options)
    return sent.message_id


async def _attach(bot: Bot, attachment: Attachment, options: dict[str, Any]) -> Message:
    """Return the message with a file, and what would be its text below that."""
    del options["link_preview_options"]
    options["caption"] = options.pop("text")
    file = InputFile(attachment.content, filename=attachment.name)
    if attachment.kind == "photo":
        return await bot.send_photo(photo=file, **options)
    return await bot.send_document(document=file, **options)
