"""Everything the catalogue can show fits Telegram: one message, one screen, 64 bytes a button."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from bot.majors import MajorAnswerer
from bot.majors.fitting import count_rows
from bot.majors.lists import BROWSE
from bot.reply import Reply
from bot.telegram.buttons import Press, decode, encode
from bot.telegram.rendering import render_buttons, render_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.services import Brain
    from intents import Language
    from knowledge.catalogue import Major
    from tests.botapi.judging.text import ReadHtml

_TODAY = date(2026, 1, 1)
_MOST_BYTES = 64
_MOST_CHARACTERS = 4096
_SCREEN_ROWS = 24
_MOST_BUTTON_ROWS = 14


@pytest.fixture(scope="module")
def majors(real_brain: Brain) -> MajorAnswerer:
    slots = [slot.id for slot in real_brain.words.requests.slots if slot.known]
    return MajorAnswerer(real_brain.knowledge.catalogue, real_brain.wording, known_slots=slots)


@pytest.fixture(scope="module")
def names(real_brain: Brain) -> dict[str, list[Major]]:
    """Return the majors of each name."""
    found: dict[str, list[Major]] = defaultdict(list)
    for major in real_brain.knowledge.catalogue.majors.values():
        found[major.name.zh].append(major)
    return found


def _reply(said: Any, language: Language) -> Reply:
    return Reply(
        question="",
        normalised="",
        language=language,
        outcome=said.outcome,
        blocks=said.blocks,
        title=said.title,
        entry=said.entry,
        citations=said.citations,
        choices=said.choices,
        menu=said.menu,
    )


def _check_buttons(reply: Reply, brain: Brain) -> Iterator[str]:
    """Yield the entry of each button under a reply, which must survive a restart."""
    markup = render_buttons(reply, brain.wording)
    rows = markup.inline_keyboard if markup else ()
    assert len(rows) <= _MOST_BUTTON_ROWS, reply.entry
    for button in (button for row in rows for button in row):
        data = str(button.callback_data)
        pressed = decode(data)
        assert len(data.encode()) <= _MOST_BYTES
        assert data.startswith("1:")
        assert button.text.strip()
        assert pressed is not None
        assert pressed.entry is not None
        assert pressed.language == reply.language
        yield pressed.entry


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_card_fits_one_message_and_one_screen(
    real_brain: Brain,
    majors: MajorAnswerer,
    names: dict[str, list[Major]],
    read_html: Callable[[str], ReadHtml],
    language: Any,
) -> None:
    """Long lines wrapped as on a phone; without the sources, which are folded."""
    assert len(names) > 1000
    for name, found in names.items():
        reply = _reply(majors.card(found, language), language)
        html = render_html(reply, real_brain.wording)
        read = read_html(html)
        seen = read_html(html.partition("<blockquote")[0]).text.strip()
        assert len(html) < _MOST_CHARACTERS, name
        assert read.tags["blockquote"] == 1, name
        assert read.tags["b"] == 2, name
        assert count_rows(seen) <= _SCREEN_ROWS, (name, count_rows(seen))
        assert set(_check_buttons(reply, real_brain)) >= {f"class:{found[0].class_code}"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_comparison_of_the_three_longest_majors_fits_one_message(
    real_brain: Brain, majors: MajorAnswerer, read_html: Callable[[str], ReadHtml], language: Any
) -> None:
    """Each major adds its own cells, so that the three which add most make the longest."""
    everything = list(real_brain.knowledge.catalogue.majors.values())

    def length(*compared: Major) -> int:
        reply = _reply(majors.compare(compared, language), language)
        html = render_html(reply, real_brain.wording)
        assert read_html(html).tags.keys() <= {"a", "b", "blockquote"}
        return len(html)

    first = everything[0]
    longest = sorted(everything[1:], key=lambda major: length(first, major))[-3:]
    assert length(*longest) < _MOST_CHARACTERS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_reached_from_the_root_and_fits_one_message(
    real_brain: Brain, read_html: Callable[[str], ReadHtml], language: Any
) -> None:
    """By nothing but its buttons; every button leads somewhere."""
    answerer = real_brain.answerer
    waiting, reached = [BROWSE], {BROWSE}
    while waiting:
        entry = waiting.pop()
        reply = answerer.show(entry, language, today=_TODAY)
        assert reply is not None, entry
        html = render_html(reply, real_brain.wording)
        assert read_html(html).tags.keys() <= {"a", "b", "blockquote"}
        assert len(html) < _MOST_CHARACTERS, entry
        new = [one for one in _check_buttons(reply, real_brain) if one not in reached]
        reached.update(new)
        waiting += new
    catalogue = real_brain.knowledge.catalogue
    assert reached >= {f"major:{code}" for code in catalogue.majors}
    assert reached >= {f"class:{code}" for code in catalogue.classes}
    assert reached >= {f"category:{code}" for code in catalogue.categories}


def test_every_entry_of_the_catalogue_fits_a_button(real_brain: Brain) -> None:
    """With the longest number of a question, and three majors compared."""
    catalogue = real_brain.knowledge.catalogue
    codes = list(catalogue.majors)
    entries = [
        *(f"major:{code}" for code in codes),
        *(f"class:{code}/99" for code in catalogue.classes),
        *(f"category:{code}/99" for code in catalogue.categories),
        f"{BROWSE}/99",
        *(f"compare:{','.join(three)}" for three in zip(codes, codes[1:], codes[2:], strict=False)),
    ]
    for entry, is_follow_up in product(entries, (False, True)):
        press = Press(language="zh", record=10**18 - 1, entry=entry, is_follow_up=is_follow_up)
        assert decode(encode(press)) == press
