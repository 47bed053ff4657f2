"""Tells whether a message is meant for the bot, and what it says without the bot's name."""

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext import filters

_NAMING = (MessageEntity.MENTION, MessageEntity.BOT_COMMAND)


class _Addressed(filters.MessageFilter):
    """Everything in a private chat; in a group what mentions, commands or answers the bot."""

    def filter(self, message: Message) -> bool:
        if message.chat.type == ChatType.PRIVATE or _is_named(message):
            return True
        return _is_reply(message) and not _commands_another(message)


ADDRESSED = _Addressed(name="ADDRESSED")


def text_without_name(message: Message) -> str:
    """Return the text of a message without mentions of the bot."""
    text, name = message.text or "", message.get_bot().username
    return re.sub(rf"@{re.escape(name)}(?![A-Za-z0-9_])", " ", text, flags=re.IGNORECASE).strip()


def _is_reply(message: Message) -> bool:
    replied = message.reply_to_message
    # Every message of a topic is a reply to the one that opened it.
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user.id == message.get_bot().id


def _is_named(message: Message) -> bool:
    bot = message.get_bot()
    text = message.text or message.caption or ""
    for entity in message.entities or message.caption_entities:
        if entity.user is not None and entity.user.id == bot.id:
            return True
        words = _words_of(entity, text).lower()
        if entity.type in _NAMING and words.endswith(f"@{bot.username.lower()}"):
            return True
    return False


def _commands_another(message: Message) -> bool:
    """Return whether it commands a bot that is named, and is not this one."""
    return any(
        entity.type == MessageEntity.BOT_COMMAND and "@" in _words_of(entity, message.text or "")
        for entity in message.entities
    )


def _words_of(entity: MessageEntity, text: str) -> str:
    """Return what an entity marks, also where it cuts a character in two."""
    units = text.encode("utf-16-le", "surrogatepass")
    end = entity.offset + entity.length
    return units[2 * entity.offset : 2 * end].decode("utf-16-le", "replace")
