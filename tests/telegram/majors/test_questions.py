"""A major is found however it is asked for, in words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.telegram.majors.ways import CARD, entries_of, press_entry
from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]


@pytest.mark.parametrize(
    ("question", "language", "entry", "start"),
    [
        ("护理", "zh", "major:720201", CARD["zh"]),
        ("護理", "zh", "major:720201", "護理 · Nursing\n\n"),
        ("nursing", "en", "major:720201", CARD["en"]),
        ("520201", "en", "major:520201", CARD["en"]),
        ("520202K", "en", "major:520202", "Midwifery · 助产\n\n"),
        ("huli", "zh", "major:720201", CARD["zh"]),
        ("hu li", "en", "major:720201", CARD["en"]),
        ("护士", "zh", "major:720201", CARD["zh"]),
        ("she wants to be a nurse", "en", "major:720201", CARD["en"]),
        ("护理 本科", "zh", "major:320201", CARD["zh"]),
        ("nursing bachelor", "en", "major:320201", CARD["en"]),
        ("护理专业要读几年", "zh", "major:720201", "护理 · Nursing\n\n护理要读几年："),
        ("code of nursing", "en", "major:720201", "Nursing · 护理\n\nCode of Nursing: "),
        ("护理类", "zh", "class:7202", "护理类"),
        ("护理和助产有什么区别", "zh", "compare:520201,520202", "护理 与 助产\n\n"),
        ("compare nursing and midwifery", "en", "compare:520201,520202", "Nursing and Midwifery"),
        ("大专里有哪些计算机专业", "zh", "class:5102", "计算机类"),
        ("how many nursing majors are there at bachelor level", "en", "class:3202", "Nursing"),
    ],
)
async def test_a_major_is_answered_however_it_is_asked(
    talk: Conversation, question: str, language: Any, entry: str, start: str
) -> None:
    """By name, code, pinyin, alias, class and level; for one thing, side by side, as a list."""
    sent = only(await talk.say(question, language=language))
    assert sent.shown.startswith(start)
    assert sent.is_html
    assert "<blockquote expandable>" in sent.text
    (row,) = talk.stored()
    assert (row["text"], row["language"], row["outcome"], row["entry"], row["gap"]) == (
        question, language, "answered", entry, None,
    )  # fmt: skip


async def test_the_other_levels_of_a_card_are_a_press_away(talk: Conversation) -> None:
    card = only(await talk.say("护理"))
    assert entries_of(card) == ["major:520201", "major:320201", "class:7202", "category:72"]
    bachelor = await press_entry(talk, card, "major:320201")
    assert bachelor.shown.startswith(f"{CARD['zh']}・职业本科；320201")
    assert "720201" not in bachelor.shown
    (row,) = talk.stored()
    assert (row["entry"], row["chosen"]) == ("major:720201", None)


@pytest.mark.parametrize(("question", "language"), [("汽修", "zh"), ("drone stuff", "en")])
async def test_a_word_for_several_majors_offers_them(
    talk: Conversation, real_brain: Brain, question: str, language: Any
) -> None:
    offer = only(await talk.say(question))
    *choices, none_of_these = entries_of(offer)
    assert offer.shown == real_brain.wording("major.which", language)
    assert none_of_these is None
    assert 1 < len(choices) <= 3
    assert choices[0] is not None
    card = await press_entry(talk, offer, choices[0])
    assert choices[0].removeprefix("major:") in card.shown
    (row,) = talk.stored()
    assert (row["outcome"], row["chosen"], row["gap"]) == ("offered", choices[0], None)


@pytest.mark.parametrize(("question", "language"), [("占星专业", "zh"), ("astrology major", "en")])
async def test_a_major_that_does_not_exist_is_said_not_to(
    talk: Conversation, real_brain: Brain, question: str, language: Any
) -> None:
    """The nearest are offered, and editors see the question."""
    sent = only(await talk.say(question))
    assert sent.shown.startswith(real_brain.wording("major.not_listed_at_all", language))
    *choices, none_of_these = entries_of(sent)
    assert 1 <= len(choices) <= 3
    assert none_of_these is None
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["reason"], row["gap"]) == (
        "missed", None, "not_in_catalogue", "not_in_catalogue",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "language"), [("助产学费多少", "zh"), ("midwifery tuition", "en")]
)
async def test_what_the_catalogue_lacks_is_said_over_the_card(
    talk: Conversation, real_brain: Brain, question: str, language: Any
) -> None:
    """Nothing is invented, and editors see the question."""
    sent = only(await talk.say(question))
    name = {"zh": "助产", "en": "Midwifery"}[language]
    assert real_brain.wording("major.not_held", language, name=name) in sent.shown
    assert "520202" in sent.shown
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["reason"], row["gap"]) == (
        "answered", "major:520202", "not_in_catalogue", "not_in_catalogue",
    )  # fmt: skip
