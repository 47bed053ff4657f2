"""Shows editors how the bot does, and why it answers as it does."""

import asyncio
from datetime import UTC, datetime
from html import escape

from telegram import Message

from bot.health.explaining import explain
from bot.health.measuring import Health, measure_health, titles_from
from bot.health.why import find_out_why
from bot.memory.access import StoreAccess
from bot.memory.people import People
from bot.reply import Question
from bot.telegram.editing.showing.health import render_health
from bot.telegram.editing.turn import Turn
from bot.telegram.handlers.context import place_of
from bot.telegram.sending import Attachment, send
from bot.words.wording import Wording
from intents import Language

_DAYS = 30


async def show_stats(turn: Turn, access: StoreAccess) -> None:
    """Send the chart of the last month, and the table below it."""
    brain = turn.desk.live.brain
    now = datetime.now(UTC)
    health = await access.use(
        lambda store: measure_health(store.health, brain.knowledge, now=now, days=_DAYS)
    )
    title_of = titles_from(brain.answerer, today=health.periods.until)
    say, language = turn.voice.spelled, turn.voice.language
    image = await asyncio.to_thread(_draw, health, say, language)
    chart = Attachment("photo", "health.png", image)
    await send(turn.chat, turn.voice("health.title"), is_answer=True, attachment=chart)
    await turn.add(render_health(health, turn.voice, title_of=title_of))


async def explain_answer(turn: Turn, message: Message, people: People) -> None:
    """Say why a question is answered as it is: one that is typed, or that was answered here."""
    text = await _find_question(message, people)
    if not text:
        await turn.show(turn.say("editing.why_how"))
        return
    brain = turn.desk.live.brain
    question = Question(text=text, front="telegram", hint=turn.voice.language)
    today = datetime.now(UTC).date()
    why = find_out_why(question, brain.answerer, brain.understander, today=today)
    said = explain(why, turn.voice.spelled, turn.voice.language)
    await turn.show(escape(said, quote=False))


async def _find_question(message: Message, people: People) -> str | None:
    """Return what was typed after the command, or the question of the message replied to."""
    typed = (message.text or "").partition(" ")[2].strip()
    replied = message.reply_to_message
    if typed or replied is None:
        return typed or None
    if replied.from_user is not None and not replied.from_user.is_bot:
        return replied.text
    return await people.find_question(place=place_of(message), answer=replied.message_id)


def _draw(health: Health, say: Wording, language: Language) -> bytes:
    # The image library is loaded only for this.
    from bot.health.chart import draw_chart  # noqa: PLC0415

    return draw_chart(health, say, language)
