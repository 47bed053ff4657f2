"""What is about one person alone: their language, and what is held about them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from telegram import CallbackQuery, Update

from bot.memory.people import Forgotten, Shown
from bot.telegram.buttons import ChooseLanguage
from bot.telegram.handlers.context import (
    Context,
    asker_of,
    assistant_of,
    is_group,
    keyboards_of,
    tongue_chosen,
    tongue_set_up,
    voice_of,
)
from bot.telegram.handlers.saying import respond, say
from bot.telegram.sending import (
    Attachment,
    confirm,
    forget_unsent,
    put_in_place,
    send,
    unsent_in_memory,
)
from bot.telegram.showing.voice import Tongue, Voice
from storage import StorageError
from storage.people import Row

_FILE_NAME = "voced-mydata.json"
_ERASED = (
    "questions", "feedback", "waits", "messages", "choices", "undelivered",
    "drafts", "taken", "decisions",
)  # fmt: skip


async def offer_languages(update: Update, context: Context) -> None:
    """Let a person choose the language of answers."""
    if await _is_elsewhere(update, context):
        return
    voice = await voice_of(update, context)
    now = _name(await tongue_chosen(update, context), voice)
    buttons = keyboards_of(update, context, voice).languages()
    await respond(update, voice("telegram.language", now=now), buttons=buttons)


async def choose_language(
    update: Update, context: Context, query: CallbackQuery, choice: ChooseLanguage
) -> None:
    """Keep the chosen language; what is said from now on is said in it."""
    asker, assistant = asker_of(update), assistant_of(context)
    if asker is None:
        await confirm(query)
        return
    try:
        await assistant.people.choose_language(asker, choice.tongue)
    except StorageError:
        voice = await voice_of(update, context)
        await confirm(query, voice("telegram.not_kept"))
        return
    await confirm(query)
    voice = Voice(assistant.say, choice.tongue or tongue_set_up(update))
    said = voice("telegram.language_any")
    if choice.tongue is not None:
        said = voice("telegram.language_set", now=_name(choice.tongue, voice))
    await put_in_place(query, said, buttons=keyboards_of(update, context, voice).languages())


async def explain_privacy(update: Update, context: Context) -> None:
    """Say in plain words what is kept and for how long."""
    days = assistant_of(context).recorder.retention.days
    await say(update, context, "telegram.privacy", days=days)


async def send_everything(update: Update, context: Context) -> None:
    """Send everything that is held about a person, as a file."""
    asker, chat = asker_of(update), update.effective_chat
    if await _is_elsewhere(update, context) or asker is None or chat is None:
        return
    shown = await assistant_of(context).people.show_everything(asker, chat_id=chat.id)
    unsent = [asdict(one) for one in unsent_in_memory(chat)]
    if not (shown.is_all or shown.held.questions or unsent):
        await say(update, context, "telegram.not_kept")
        return
    voice = await voice_of(update, context)
    caption = voice("telegram.mydata" if shown.is_all else "telegram.mydata_partly")
    file = Attachment("document", _FILE_NAME, _write(shown, unsent))
    await send(chat, caption, is_answer=True, attachment=file)


async def forget(update: Update, context: Context) -> None:
    """Delete everything that is held about a person at once, and say what that was."""
    asker, chat = asker_of(update), update.effective_chat
    if await _is_elsewhere(update, context) or asker is None or chat is None:
        return
    # The chosen language is forgotten too; the last words are still in it.
    voice = await voice_of(update, context)
    # First, or it might go into the database once that is emptied.
    unsent = await forget_unsent(chat, is_all=False)
    forgotten = await assistant_of(context).people.forget(asker, chat_id=chat.id)
    unsent += await forget_unsent(chat, is_all=forgotten.is_all)
    await respond(update, _tell(forgotten, unsent, voice))


async def _is_elsewhere(update: Update, context: Context) -> bool:
    """Return whether others can read along; the person is sent to the private chat then."""
    if not is_group(update):
        return False
    voice = await voice_of(update, context)
    buttons = keyboards_of(update, context, voice).to_private_chat()
    await respond(update, voice("telegram.private_only"), buttons=buttons)
    return True


def _name(tongue: Tongue | None, voice: Voice) -> str:
    # The name of a language in its own script, whatever is spoken.
    return voice.wording(f"language.{tongue or 'any'}", voice.language)


def _tell(forgotten: Forgotten, unsent: int, voice: Voice) -> str:
    erased = forgotten.erased
    erased = replace(erased, undelivered=erased.undelivered + unsent)
    counts = {name: getattr(erased, name) for name in _ERASED}
    lines = [voice(f"forgotten.{name}", count=count) for name, count in counts.items() if count]
    if not lines:
        return voice("telegram.nothing_to_forget" if forgotten.is_all else "telegram.not_kept")
    key = "telegram.forgotten" if forgotten.is_all else "telegram.forgotten_partly"
    return voice(key, list="\n".join(lines))


def _write(shown: Shown, unsent: Iterable[Row]) -> bytes:
    held = shown.held
    everything = {
        "could_not_be_read": [] if shown.is_all else ["database"],
        "language": held.language,
        "blocked_since": held.blocked_since,
        "questions": held.questions,
        "feedback": held.feedback,
        "waits": held.waits,
        "tellings": held.tellings,
        "messages": held.messages,
        "unsent": [_without_content(one) for one in (*held.unsent, *unsent)],
        "unhandled": held.unhandled,
        "drafts": held.drafts,
        "taken": held.taken,
        "decisions": held.decisions,
    }
    return json.dumps(everything, ensure_ascii=False, indent=2, default=_as_text).encode()


def _without_content(unsent: Row) -> Row:
    """Return a reply that waits; a file that does so must not hold the one before, and so on."""
    payload = unsent["payload"]
    if not isinstance(payload, dict) or not payload.get("attachment"):
        return unsent
    attached = {**payload["attachment"]}
    del attached["content"]
    return {**unsent, "payload": {**payload, "attachment": attached}}


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
