"""Inline mode: cards of majors for any chat, as somebody types. Nothing of it is recorded."""

import logging
import time

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ParseMode

from bot.reply import Card
from bot.telegram.handlers.context import Context, assistant_of, language_of
from bot.telegram.rendering import render_html
from bot.telegram.sending import NO_PREVIEW, suggest_results
from bot.wording import Wording
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
    language = detect_language(query.query, otherwise=language_of(update))
    cards = assistant.find_cards(query.query, language, limit=_MOST_RESULTS)
    hint = None
    if not cards:
        key = "telegram.inline_none" if query.query.strip() else "telegram.inline_hint"
        hint = assistant.say(key, language)
    results = [_article_of(card, assistant.say) for card in cards]
    elapsed = (time.perf_counter() - started) * 1000
    is_personal = not _shows_language(query.query)
    await suggest_results(query, results, is_personal=is_personal, hint=hint)
    _log.info("inline results=%d language=%s ms=%.1f", len(results), language, elapsed)


def _shows_language(text: str) -> bool:
    """Return whether `text` alone decides the language, so that everybody gets the same."""
    return detect_language(text, otherwise="zh") == detect_language(text, otherwise="en")


def _article_of(card: Card, say: Wording) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=f"1:{card.reply.language}:{card.reply.entry}",
        title=card.headline,
        description=card.summary,
        input_message_content=InputTextMessageContent(
            render_html(card.reply, say),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
        ),
    )
