"""The texts for the editors' chat, in both languages: nobody knows who reads there."""

from collections.abc import Sequence
from html import escape

from telegram import InlineKeyboardButton

from bot.assistant import Assistant
from bot.health.digest import write_digest
from bot.health.measuring import Health, titles_from
from bot.telegram.editing.showing.words import text_of
from bot.telegram.editing.turn import Row
from bot.telegram.showing.links import link_to
from bot.telegram.showing.voice import Tongue, Voice
from knowledge.models import LANGUAGES
from storage.editing import Gap

_TONGUES: tuple[Tongue, ...] = ("zh", "en")


def write_alert(gap: Gap, assistant: Assistant) -> str:
    """Return as HTML that many people miss the same."""
    voices = [Voice(assistant.say, tongue) for tongue in _TONGUES]
    heads = [voice("editing.alert", people=gap.people, count=gap.count) for voice in voices]
    text = text_of(gap, voices[0])
    head = "\n".join(f"<b>{escape(one)}</b>" for one in heads)
    return f"{head}\n\n{escape(text, quote=False)}"


def open_button(gap: Gap, assistant: Assistant, bot_name: str) -> Row:
    """Return a button that opens the gap in an editor's private chat."""
    label = " · ".join(assistant.say("editing.do.open", language) for language in LANGUAGES)
    return [InlineKeyboardButton(label, url=link_to(bot_name, f"g_{gap.id}"))]


def write_both_digests(
    health: Health,
    gaps: Sequence[Gap],
    assistant: Assistant,
    *,
    waiting: int,
    unsure: Sequence[Gap] = (),
) -> str | None:
    """Return the digest as plain text, `None` where nothing needs eyes."""
    title_of = titles_from(assistant.answerer, today=health.periods.until)
    texts = [
        write_digest(
            health, gaps, assistant.say, language, title_of=title_of, waiting=waiting, unsure=unsure
        )
        for language in LANGUAGES
    ]
    return "\n\n———\n\n".join(text for text in texts if text) or None
