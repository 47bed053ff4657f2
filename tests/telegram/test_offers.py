"""Choices are offered, pressed once, by whoever asked, and outlive the message they are under."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.telegram.buttons import Press, decode, encode
from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_QUESTION = "How many majors are there?"
_VAGUE = {"en": "canteen meals", "zh": "食堂有什么饭菜"}


async def _offer(conversation: Conversation, language: str = "en") -> tuple[Call, str, str]:
    """Return an offer, the data of its first choice and of none of these."""
    offer = only(await conversation.say(_VAGUE[language]))
    first, *_, none_of_these = [button["callback_data"] for button in offer.buttons]
    return offer, first, none_of_these


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_offer_has_at_most_three_choices_and_none_of_these(
    conversation: Conversation, brain: Brain, language: Any
) -> None:
    offer, _, _ = await _offer(conversation, language)
    *choices, none_of_these = offer.buttons
    assert 1 < len(choices) <= 3
    assert none_of_these["text"] == brain.wording("none_of_these", language)
    (row,) = conversation.stored()
    assert row["outcome"] == "offered"
    for button in choices:
        pressed = decode(button["callback_data"])
        assert pressed is not None
        assert pressed.record == row["id"]
        assert brain.knowledge.answers[pressed.entry or ""].title.in_(language) == button["text"]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_pressed_choice_turns_the_offer_into_the_answer(
    conversation: Conversation, brain: Brain, language: Any
) -> None:
    _, first, _ = await _offer(conversation, language)
    confirmed, edited = await conversation.press(first, message_id=500)
    assert (confirmed.method, edited.method) == ("answerCallbackQuery", "editMessageText")
    (row,) = conversation.stored()
    answer = brain.knowledge.answers[row["chosen"]]
    assert edited.is_html
    assert edited.shown.startswith(f"{answer.title.in_(language)}\n\n{answer.text.in_(language)}")
    assert int(edited.values["message_id"]) == 500
    assert row["chosen_at"] is not None
    assert row["gap"] is None


async def test_none_of_these_puts_the_question_before_editors(
    conversation: Conversation, brain: Brain
) -> None:
    _, _, none_of_these = await _offer(conversation)
    _, edited = await conversation.press(none_of_these)
    assert edited.text == brain.wording("none_of_these.said", "en")
    assert [one["text"] for one in edited.buttons] == ["Tell me when there is an answer"]
    (row,) = conversation.stored()
    assert (row["chosen"], row["reason"], row["gap"]) == (None, "none_of_these", "none_of_these")


async def test_nobody_presses_for_another(conversation: Conversation) -> None:
    """The number of a question can be forged; what is stored of it can't be changed."""
    _, _, none_of_these = await _offer(conversation)
    before = conversation.stored()
    await conversation.press(
        none_of_these, **{"from": {"id": 4711, "is_bot": False, "first_name": "Other"}}
    )
    assert conversation.stored() == before


async def test_a_second_press_changes_nothing(conversation: Conversation) -> None:
    _, first, none_of_these = await _offer(conversation)
    await conversation.press(first)
    before = conversation.stored()
    again = await conversation.press_off_screen(first)
    assert [call.method for call in again] == ["answerCallbackQuery", "editMessageText"]
    await conversation.press_off_screen(none_of_these)
    assert conversation.stored() == before


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "garbage",
        "0:p:en:1:number-of-majors",
        "1:p:en:1:an-entry-that-is-gone",
        "1:p:en:99999999999999:gone",
        "1:x:en:9",
        "1:y:en:1",
        "1:p:fr:1:number-of-majors",
        "1:n:en:-1",
        "<b>&{x}",
    ],
)
async def test_an_old_or_forged_button_gets_a_clear_text(
    conversation: Conversation, brain: Brain, data: str | None
) -> None:
    _, edited = await conversation.press_off_screen(data)
    assert edited.method == "editMessageText"
    assert edited.text == brain.wording("choice_gone", "en")


async def test_a_forged_record_number_answers_and_stores_nothing(
    conversation: Conversation,
) -> None:
    await conversation.say(_QUESTION)
    before = conversation.stored()
    for record in (1, 2, 10**17):
        forged = encode(Press(language="en", record=record, entry="first-episode"))
        _, edited = await conversation.press_off_screen(forged, message_id=1 + record % 1000)
        assert edited.shown.startswith("When the first episode is broadcast")
    assert conversation.stored() == before


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        ("Bad Request: message to edit not found", {}),
        ("Bad Request: message can't be edited", {}),
        ("Bad Request: there is no text in the message to edit", {}),
        ("Bad Request: message can't be edited", {"message_id": 500, "date": 0}),
    ],
    ids=["deleted", "not editable", "a picture", "out of reach"],
)
async def test_a_press_under_a_message_that_is_gone_is_answered_below(
    conversation: Conversation, bot_api: BotApi, refusal: str, message: dict[str, Any]
) -> None:
    _, *pressed = await _offer(conversation)
    chat = conversation.make_message()["chat"]
    # Of a message that is out of reach Telegram knows only the place.
    old = message | {"chat": chat} if message else conversation.make_message(message_id=500)
    for data in (*pressed, "garbage"):
        bot_api.refuse("editMessageText", 400, refusal)
        *_, sent = await conversation.press_off_screen(data, message=old)
        assert sent.method == "sendMessage"
        assert int(sent.values["chat_id"]) == 7001


async def test_a_press_that_is_too_old_to_be_confirmed_is_still_answered(
    conversation: Conversation, bot_api: BotApi
) -> None:
    _, first, _ = await _offer(conversation)
    bot_api.refuse(
        "answerCallbackQuery",
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    _, edited = await conversation.press(first)
    assert edited.method == "editMessageText"
