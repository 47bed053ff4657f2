"""The catalogue is browsed by buttons, always in the same message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.telegram.majors.ways import entries_of, press_entry
from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_catalogue_is_browsed_down_to_a_card_and_back(
    talk: Conversation, real_brain: Brain, language: Any
) -> None:
    """Always in the same message, and nothing of it is a question."""
    say = real_brain.wording
    root = only(await talk.say("/majors", language=language))
    assert root.shown.startswith(say("major.browse.title", language))
    assert root.buttons[-1]["text"] == say("major.next_page", language)
    second = await press_entry(talk, root, "browse/2")
    both = [button["text"] for button in second.values["reply_markup"]["inline_keyboard"][-1]]
    assert both == [say("major.previous_page", language), say("major.next_page", language)]
    category = await press_entry(talk, second, "category:72")
    assert {"category:52", "category:32"} <= set(entries_of(category))
    diploma = await press_entry(talk, category, "category:52")
    group = await press_entry(talk, diploma, "class:5202")
    assert entries_of(group)[-1] == "category:52"
    card = await press_entry(talk, group, "major:520202")
    assert card.shown.startswith({"zh": "助产 · Midwifery", "en": "Midwifery · 助产"}[language])
    back = await press_entry(talk, card, "class:5202")
    assert back.text == group.text
    back = await press_entry(talk, back, "category:52")
    back = await press_entry(talk, back, "browse")
    assert back.text == root.text
    assert talk.stored() == []


async def test_a_page_is_opened_after_a_restart(
    open_conversation: OpenConversation, real_brain: Brain
) -> None:
    """A button carries everything it needs."""
    async with open_conversation(real_brain) as talk:
        root = only(await talk.say("/majors"))
    async with open_conversation(real_brain) as talk:
        page = await press_entry(talk, root, "browse/2")
    assert page.shown.startswith(real_brain.wording("major.browse.title", "en"))


async def test_a_second_press_on_a_page_changes_nothing(talk: Conversation) -> None:
    root = only(await talk.say("/majors"))
    await press_entry(talk, root, "browse/2")
    await press_entry(talk, root, "browse/2", is_late=True)


@pytest.mark.parametrize(
    "entry",
    [
        "class:9999",
        "category:99",
        "major:999999",
        "compare:520201,999999",
        "compare:",
        "x",
        "browse/0",
        "browse/99",
        "browse/x",
        "browse/²",
        "class:5202/9",
    ],
)
async def test_a_page_that_is_gone_says_so(
    talk: Conversation, real_brain: Brain, entry: str
) -> None:
    _, edited = await talk.press_off_screen(f"1:p:en:0:{entry}")
    assert edited.text == real_brain.wording("choice_gone", "en")
