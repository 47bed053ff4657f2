"""Answers questions: in words, behind a command, by an example, and again when they are edited."""

from telegram import Message, MessageEntity, Update

from bot.memory.masking import mask
from bot.reply import WANTED_BY, Question, Reply, Wanted
from bot.telegram.addressing import ADDRESSED, text_without_name
from bot.telegram.gestures import typing_when_slow
from bot.telegram.handlers.context import (
    Context,
    asker_of,
    assistant_of,
    keyboards_of,
    place_of,
    tongue_chosen,
    tongue_set_up,
    topic_of,
)
from bot.telegram.handlers.saying import log_outcome, say, send_reply
from bot.telegram.rendering import render_html
from bot.telegram.sending import edit, note_unsent
from bot.telegram.showing.voice import Voice, tongue_of_question
from storage.people import KEPT_MESSAGES

# Whoever waits longer sees that the bot types.
SLOW_AFTER_S = 1.0


async def answer(update: Update, context: Context) -> None:
    """Answer a question."""
    if update.message is not None and update.message.text is not None:
        text = text_without_name(update.message)
        await _answer_text(update, context, update.message, text)


async def look_up_major(update: Update, context: Context) -> None:
    """Answer `/major TEXT`: the card of a major, choices, or that there is none."""
    await _answer_command(update, context, "major.look_up_how")


async def compare_majors(update: Update, context: Context) -> None:
    """Answer `/compare TEXT`: two or three majors side by side."""
    await _answer_command(update, context, "major.compare_how")


async def answer_again(update: Update, context: Context) -> None:
    """Put the answer to an edited question in the place of the old one.

    Where none is known, as when the bot is mentioned only now, it is answered like a new question;
    so is one whose answer waits to be sent, which can't be called back. A question whose words are
    the same stays as it is, as when Telegram adds a preview, and so does one from 48 hours ago.
    """
    message = update.edited_message
    if message is None or message.text is None:
        return
    text, wants = _read(message)
    if not text:
        return
    people = assistant_of(context).people
    old = await people.find_answer(place=place_of(message), question=message.message_id)
    if old is None:
        if ADDRESSED.check_update(update) and _is_recent(message):
            await _answer_text(update, context, message, text, wants=wants)
        return
    if mask(text) == old.text:
        return
    reply, voice = await find_reply(update, context, text, wants=wants)
    spelled = voice.spell(reply)
    sent = await edit(
        message.chat,
        old.answer,
        render_html(spelled, voice.spelled),
        html=True,
        buttons=keyboards_of(update, context, voice).under(spelled),
    )
    log_outcome(reply)
    _remember(update, context, message, reply, sent)


async def find_reply(
    update: Update, context: Context, text: str, *, wants: Wanted | None = None
) -> tuple[Reply, Voice]:
    """Return the recorded reply to a question, and the voice to say it in.

    The chosen language comes first, then the script of the question, then Telegram's own.
    """
    assistant, chat = assistant_of(context), update.effective_chat
    chosen, set_up = await tongue_chosen(update, context), tongue_set_up(update)
    question = Question(
        text=text,
        front="telegram",
        asker=asker_of(update),
        hint=Voice(assistant.say, set_up).language,
        wants=wants,
        language=Voice(assistant.say, chosen).language if chosen else None,
        update_id=update.update_id,
    )
    if chat is None:
        reply = await assistant.reply(question)
    else:
        async with typing_when_slow(chat, topic=topic_of(update), after_s=SLOW_AFTER_S):
            reply = await assistant.reply(question)
    tongue = chosen or tongue_of_question(text, reply.language, otherwise=set_up)
    return reply, Voice(assistant.say, tongue)


async def _answer_command(update: Update, context: Context, how: str) -> None:
    if update.message is None:
        return
    text, wants = _read(update.message)
    if text:
        await _answer_text(update, context, update.message, text, wants=wants)
    else:
        await say(update, context, how)


async def _answer_text(
    update: Update, context: Context, message: Message, text: str, *, wants: Wanted | None = None
) -> None:
    reply, voice = await find_reply(update, context, text, wants=wants)
    sent = await send_reply(update, context, reply, voice)
    _remember(update, context, message, reply, sent)


def _remember(
    update: Update, context: Context, message: Message, reply: Reply, sent: int | None
) -> None:
    people, place = assistant_of(context).people, place_of(message)
    # Who writes in the name of a group or a channel is nobody but the place.
    asker = asker_of(update) or place

    def note_sent(answer: int) -> None:
        people.remember_answer(
            asker,
            place=place,
            question=message.message_id,
            answer=answer,
            record=reply.record,
        )

    if sent is None:
        note_unsent(message, note_sent)
    else:
        note_sent(sent)


def _is_recent(message: Message) -> bool:
    """Return whether the answer to an edited message would still be known."""
    edited_at = message.edit_date or message.date
    return edited_at - message.date < KEPT_MESSAGES


def _read(message: Message) -> tuple[str, Wanted | None]:
    """Return the question in a message, and what its command asks for; empty for other commands.

    What follows a command may do so without a space: Chinese is typed without.
    """
    text, first = message.text or "", next(iter(message.entities), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return text_without_name(message), None
    length = first.length
    wanted = WANTED_BY.get(text[:length].partition("@")[0].lower())
    return (text[length:].strip(), wanted) if wanted else ("", None)
