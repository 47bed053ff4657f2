"""Takes what people think of answers, and who wants to be told of one."""

from dataclasses import replace

from telegram import CallbackQuery, Message, Update

from bot.telegram.buttons import Rate, Wait
from bot.telegram.gestures import change_buttons
from bot.telegram.handlers.context import (
    Context,
    asker_of,
    assistant_of,
    keyboards_of,
    voice_of,
    voice_of_press,
)
from bot.telegram.handlers.saying import say
from bot.telegram.sending import confirm
from bot.telegram.showing.voice import Voice
from storage import StorageError


async def rate(update: Update, context: Context, query: CallbackQuery, rated: Rate) -> None:
    """Keep a rating and say thanks; below 👎 it can be said what is wrong."""
    voice = await voice_of_press(update, context, rated.language)
    try:
        toast = await _keep_rating(update, context, rated, voice)
    except StorageError:
        await confirm(query, voice("telegram.not_kept"))
        return
    await confirm(query, toast)
    if isinstance(query.message, Message) and toast != voice("choice_gone"):
        keyboards = keyboards_of(update, context, voice)
        await change_buttons(query, keyboards.rated(query.message.reply_markup, rated))


async def toggle_wait(update: Update, context: Context, query: CallbackQuery, wait: Wait) -> None:
    """Let a person wait for an answer, or not any more."""
    voice = await voice_of_press(update, context, wait.language)
    try:
        key = await _keep_wait(update, context, replace(wait, language=voice.tongue))
    except StorageError:
        key = "telegram.not_kept"
    await confirm(query, voice(key))
    if isinstance(query.message, Message) and key in {"wait.noted", "wait.ended"}:
        keyboards = keyboards_of(update, context, voice)
        await change_buttons(query, keyboards.waiting(query.message.reply_markup, wait))


async def wait_for(update: Update, context: Context, record: int) -> None:
    """Let a person who came from a group wait for the answer to what they asked there."""
    voice = await voice_of(update, context)
    try:
        key = await _keep_wait(update, context, Wait(language=voice.tongue, record=record))
    except StorageError:
        key = "telegram.not_kept"
    await say(update, context, key)


async def _keep_rating(update: Update, context: Context, rated: Rate, voice: Voice) -> str | None:
    """Return what is said to the person."""
    assistant, asker = assistant_of(context), asker_of(update)
    if asker is None or rated.rating == "back":
        return None
    if not assistant.knows(rated.entry):
        return voice("choice_gone")
    if rated.rating in {"up", "down"}:
        await assistant.people.rate(asker, rated.entry, rated.version, rated.rating, None)
        return voice("rate.thanks" if rated.rating == "up" else "why.ask")
    await assistant.people.rate(asker, rated.entry, rated.version, "down", rated.rating)
    await assistant.complain(
        rated.record,
        rated.entry,
        rated.rating,
        voice.language,
        asker=asker,
        update_id=update.update_id,
    )
    return voice("rate.noted")


async def _keep_wait(update: Update, context: Context, wait: Wait) -> str:
    """Return the key of what is said to the person."""
    people, asker, user = assistant_of(context).people, asker_of(update), update.effective_user
    if asker is None or user is None:
        return "wait.gone"
    if not wait.wants_to_be_told:
        await people.stop_waiting(asker, wait.record)
        return "wait.ended"
    # The private chat with a person has the number of the person.
    is_kept = await people.wait(asker, wait.record, chat_id=user.id, language=wait.language)
    return "wait.noted" if is_kept else "wait.gone"
