"""Greets, explains, opens pages, and asks for text where there is none."""

from collections import deque

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType

from bot.majors.lists import BROWSE
from bot.pages import EPISODES
from bot.reply import SOURCES
from bot.telegram.handlers.context import Context, assistant_of, keyboards_of, voice_of
from bot.telegram.handlers.opinions import wait_for
from bot.telegram.handlers.saying import remark, respond, say, send_reply
from bot.telegram.sending import send
from bot.telegram.showing.links import entry_of_start, record_of_start

_ALBUMS = "albums"
_MOST_ALBUMS = 100
_AWAY = (ChatMember.LEFT, ChatMember.BANNED)


async def greet(update: Update, context: Context) -> None:
    """Say what the bot is for, or open what a link leads to."""
    parameter = context.args[0] if context.args else ""
    record, entry = record_of_start(parameter), entry_of_start(parameter)
    if record is not None:
        await wait_for(update, context, record)
    elif entry is None:
        await say(update, context, "telegram.start")
    elif not await _open(update, context, entry):
        await say(update, context, "choice_gone")
        await say(update, context, "telegram.start")


async def explain(update: Update, context: Context) -> None:
    """Say what can be asked, with examples to tap."""
    voice = await voice_of(update, context)
    text = f"{voice('chat.help')}\n\n{voice('telegram.commands')}"
    buttons = keyboards_of(update, context, voice).examples()
    await respond(update, text, buttons=buttons)


async def introduce(update: Update, context: Context) -> None:
    """Say what the bot rests on."""
    knowledge = assistant_of(context).knowledge
    await say(
        update,
        context,
        "telegram.about",
        answers=len(knowledge.answers),
        majors=knowledge.catalogue.counts.total,
        sources=len(knowledge.sources),
        version=knowledge.version,
    )


async def browse_majors(update: Update, context: Context) -> None:
    """Open the catalogue of majors; its buttons lead on in the same message."""
    await _open(update, context, BROWSE)


async def list_sources(update: Update, context: Context) -> None:
    """Open the list of all sources."""
    await _open(update, context, SOURCES)


async def tell_of_episodes(update: Update, context: Context) -> None:
    """Say what is known of the series of interviews."""
    if not await _open(update, context, EPISODES):
        await say(update, context, "episodes.none")


async def ask_for_text(update: Update, context: Context) -> None:
    """Say that only text is understood, once for the many messages that make an album."""
    album = update.message.media_group_id if update.message else None
    if album is not None:
        seen = context.bot_data.setdefault(_ALBUMS, deque(maxlen=_MOST_ALBUMS))
        if album in seen:
            return
        seen.append(album)
    await remark(update, context, "telegram.not_text")


async def greet_group(update: Update, context: Context) -> None:
    """Say in a group that the bot came to how it can be spoken to, and what it gets to read."""
    change = update.my_chat_member
    if change is None or not _has_come(change):
        return
    voice = await voice_of(update, context)
    hello = voice("telegram.group_hello", name=context.bot.username)
    await send(change.chat, f"{hello}\n\n{voice(_what_is_read(change, context))}")


def _what_is_read(change: ChatMemberUpdated, context: Context) -> str:
    """Return the key of what is said about messages that are not meant for the bot."""
    if context.bot.can_read_all_group_messages:
        return "telegram.group_open"
    # Administrators get every message, whatever the privacy mode.
    is_admin = change.new_chat_member.status == ChatMember.ADMINISTRATOR
    return "telegram.group_admin" if is_admin else "telegram.group_private"


def _has_come(change: ChatMemberUpdated) -> bool:
    """Return whether the bot was let into a group."""
    if change.chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
        return False
    was_away = change.old_chat_member.status in _AWAY
    return was_away and change.new_chat_member.status not in _AWAY


async def _open(update: Update, context: Context, entry: str) -> bool:
    """Return whether there is such an entry; it is sent then."""
    voice = await voice_of(update, context)
    reply = await assistant_of(context).choose(
        None, entry, voice.language, update_id=update.update_id
    )
    if reply is None:
        return False
    await send_reply(update, context, reply, voice)
    return True
