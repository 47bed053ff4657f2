"""Small pieces of text that several views are made of."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from bot.telegram.showing.voice import Voice
from knowledge import Knowledge
from storage.editing import NOBODY, Gap

_MOST_LABEL = 40


def shorten(text: str, most: int) -> str:
    """Return a text in one line, cut where it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def text_of(gap: Gap, voice: Voice, *, most: int = 200) -> str:
    """Return what was asked, or that it is forgotten."""
    return shorten(gap.text, most) if gap.text else voice("editing.text_gone")


def mention(editor: int | None, voice: Voice) -> str:
    """Return an editor as HTML, a link to who has that number."""
    if editor is None:
        return escape(voice("editing.by_itself"))
    if editor == NOBODY:
        return escape(voice("editing.forgotten_editor"))
    return f'<a href="tg://user?id={editor}">{editor}</a>'


def moment(at: datetime) -> str:
    """Return a moment in UTC, as short as editors need it."""
    return at.strftime("%Y-%m-%d %H:%M")


def entry_label(entry: str, knowledge: Knowledge, voice: Voice) -> str:
    """Return an entry by its title, as a button has room for it."""
    answer = knowledge.answers.get(entry)
    title = voice.spell_text(answer.title.in_(voice.language)) if answer else entry
    return shorten(title, _MOST_LABEL)


def join(lines: Iterable[str]) -> str:
    """Return the lines that say anything, one below the other."""
    return "\n".join(line for line in lines if line)
