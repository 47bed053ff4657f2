"""The chosen language comes first, then that of the question, then that of Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.bots.conversation import Conversation
    from tests.telegram.manners.conftest import ReadTable

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]
    Only = Callable[..., Call]

_ASKED = {"en": "How many majors are there?", "zh": "一共有多少个专业?"}
_TITLE = {
    "en": "How many majors <in all> & more",
    "zh": "专业有多少个 <总数>",
    "zt": "專業有多少個 <總數>",
}


@pytest.mark.parametrize(
    ("label", "expected"), [("简体中文", "zh"), ("繁體中文", "zt"), ("English", "en")]
)
async def test_the_chosen_language_outranks_the_question_and_telegram(
    conversation: Conversation, only: Only, label: str, expected: str
) -> None:
    await conversation.say("/language")
    confirmed, edited = await conversation.tap(label)
    assert (confirmed.method, edited.method) == ("answerCallbackQuery", "editMessageText")
    assert label in edited.text
    for text in _ASKED.values():
        for code in ("en", "zh-hans", None):
            sent = only(await conversation.say(text, language=code))
            assert sent.shown.startswith(_TITLE[expected])


async def test_the_choice_outlives_the_process(
    open_conversation: OpenConversation, brain: Brain, only: Only
) -> None:
    async with open_conversation(brain) as conversation:
        await conversation.say("/language")
        await conversation.tap("简体中文")
    async with open_conversation(brain) as conversation:
        sent = only(await conversation.say("/start"))
        assert sent.text == brain.wording("telegram.start", "zh")


async def test_a_choice_that_is_taken_back_leaves_it_to_the_question(
    conversation: Conversation, brain: Brain, only: Only, read_table: ReadTable
) -> None:
    await conversation.say("/language")
    await conversation.tap("简体中文")
    assert [row["language"] for row in read_table("people")] == ["zh"]
    _, edited = await conversation.tap(brain.wording("language.any", "zh"))
    assert edited.text == brain.wording("telegram.language_any", "en")
    assert read_table("people") == []
    for language, text in _ASKED.items():
        assert only(await conversation.say(text)).shown.startswith(_TITLE[language])
    sent = only(await conversation.say("/language"))
    assert brain.wording("language.any", "en") in sent.text


async def test_a_button_from_before_the_choice_answers_as_chosen(
    conversation: Conversation,
) -> None:
    await conversation.say(_ASKED["en"])
    await conversation.say("/language")
    await conversation.tap("繁體中文")
    _, sent = await conversation.tap("When the first episode is broadcast")
    assert sent.shown.startswith("第一期什麼時候播出")


async def test_one_persons_choice_is_not_anothers(conversation: Conversation, only: Only) -> None:
    await conversation.say("/language")
    await conversation.tap("简体中文")
    another = {"from": {"id": 8, "is_bot": False, "first_name": "B"}}
    sent = only(await conversation.say(_ASKED["en"], **another))
    assert sent.shown.startswith(_TITLE["en"])


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("一共有多少個專業?", "en", "zt"),
        ("一共有多少个专业?", "zh-TW", "zh"),
        ("How many majors are there?", "zh-hant", "en"),
    ],
)
async def test_the_script_of_the_question_is_the_script_of_the_answer(
    conversation: Conversation, only: Only, text: str, code: str, expected: str
) -> None:
    """Down to sources and buttons."""
    sent = only(await conversation.say(text, language=code))
    assert sent.shown.startswith(_TITLE[expected])
    labels = [button["text"] for button in sent.buttons]
    if expected == "zt":
        assert "樣例" in sent.text
        assert "第一期什麼時候播出" in labels
        _, below = await conversation.tap("第一期什麼時候播出", language=code)
        assert below.shown.startswith("第一期什麼時候播出")


async def test_commands_are_in_traditional_characters_where_telegram_is(
    conversation: Conversation, brain: Brain, only: Only
) -> None:
    sent = only(await conversation.say("/start", language="zh-TW"))
    assert sent.text == brain.wording.in_traditional()("telegram.start", "zh")
    assert "職業教育" in sent.text


async def test_a_choice_that_can_not_be_kept_is_told(
    conversation: Conversation, brain: Brain, break_table: Callable[[str], None]
) -> None:
    await conversation.say("/language")
    break_table("people")
    (confirmed,) = await conversation.tap("简体中文")
    assert confirmed.method == "answerCallbackQuery"
    assert confirmed.values["text"] == brain.wording("telegram.not_kept", "en")
