"""Answers questions, whether asked in words or behind a command."""

from telegram import Update

from bot.majors.lists import BROWSE
from bot.reply import Question, Wanted
from bot.telegram.handlers.context import Context, asker_of, assistant_of, language_of
from bot.telegram.handlers.saying import say, send_reply


async def answer(update: Update, context: Context) -> None:
    """Answer a question."""
    if update.message is not None and update.message.text is not None:
        await _answer_text(update, context, update.message.text)


async def look_up_major(update: Update, context: Context) -> None:
    """Answer `/major TEXT`: the card of a major, choices, or that there is none."""
    text = _text_behind_command(update)
    if text:
        await _answer_text(update, context, text, wants="major")
    else:
        await say(update, context, "telegram.major")


async def compare_majors(update: Update, context: Context) -> None:
    """Answer `/compare TEXT`: two or three majors side by side."""
    text = _text_behind_command(update)
    if text:
        await _answer_text(update, context, text, wants="comparison")
    else:
        await say(update, context, "major.compare_how")


async def browse_majors(update: Update, context: Context) -> None:
    """Open the catalogue of majors; its buttons lead on in the same message."""
    reply = await assistant_of(context).choose(None, BROWSE, language_of(update))
    if reply is not None:
        await send_reply(update, context, reply)


async def _answer_text(
    update: Update, context: Context, text: str, *, wants: Wanted | None = None
) -> None:
    question = Question(
        text=text,
        front="telegram",
        asker=asker_of(update),
        hint=language_of(update),
        wants=wants,
    )
    await send_reply(update, context, await assistant_of(context).reply(question))


def _text_behind_command(update: Update) -> str:
    """Return what follows the command, with or without a space: Chinese is typed without."""
    message = update.message
    if message is None or message.text is None:
        return ""
    return message.text[message.entities[0].length :].strip()
