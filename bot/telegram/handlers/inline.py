"""Inline mode: cards of majors for any chat, as somebody types. Nothing of it is recorded."""

import logging
import time

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ParseMode

from bot.reply import Card
from bot.telegram.handlers.context import Context, assistant_of, tongue_chosen, tongue_set_up
from bot.telegram.rendering import render_html
from bot.telegram.sending import NO_PREVIEW, suggest_results
from bot.telegram.showing.voice import Voice, tongue_of_question
from intents.text.language import detect_language

_log = logging.getLogger(__name__)
_MOST_RESULTS = 10


async def suggest(update: Update, context: Context) -> None:
    """Suggest the cards of the majors that a person may be typing the name of."""
    query = update.inline_query
    if query is None:
        return
    started = time.perf_counter()
    assistant = assistant_of(context)
    chosen, set_up = await tongue_chosen(update, context), tongue_set_up(update)
    language = detect_language(query.query, otherwise=Voice(assistant.say, set_up).language)
    tongue = chosen or tongue_of_question(query.query, language, otherwise=set_up)
    voice = Voice(assistant.say, tongue)
    cards = assistant.find_cards(query.query, voice.language, limit=_MOST_RESULTS)
    hint = None
    if not cards:
        hint = voice("telegram.inline_none" if query.query.strip() else "telegram.inline_hint")
    results = [_article_of(card, voice) for card in cards]
    elapsed = (time.perf_counter() - started) * 1000
    is_personal = chosen is not None or not _shows_language(query.query)
    await suggest_results(query, results, is_personal=is_personal, hint=hint)
    _log.info("inline results=%d language=%s ms=%.1f", len(results), voice.language, elapsed)


def _shows_language(text: str) -> bool:
    """Return whether `text` alone decides the language, so that everybody gets the same."""
    return detect_language(text, otherwise="zh") == detect_language(text, otherwise="en")


def _article_of(card: Card, voice: Voice) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=f"1:{voice.tongue}:{card.reply.entry}",
        title=voice.spell_text(card.headline),
        description=voice.spell_text(card.summary),
        input_message_content=InputTextMessageContent(
            render_html(voice.spell(card.reply), voice.spelled),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
        ),
    )
