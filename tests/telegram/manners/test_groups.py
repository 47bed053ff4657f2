"""In a group the bot speaks when it is spoken to, as a reply in the same topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.botapi.account.profile import ME
from tests.botapi.updates import make_chat, make_message, make_user

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.bots.conversation import Conversation
    from tests.telegram.manners.conftest import ReadTable

    Only = Callable[..., Call]
    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_GROUP = -7002
_QUESTION = "How many majors are there?"
_NAME = "@voced_test_bot"
_IMAGE = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}


def _by_us(**more: Any) -> dict[str, Any]:
    return make_message("earlier", chat_id=_GROUP, message_id=5, **({"from": dict(ME)} | more))


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (f"{_NAME} {_QUESTION}", {}),
        (f"{_QUESTION} {_NAME}", {}),
        (f"{_NAME.upper()} {_QUESTION}", {}),
        (_QUESTION, {"reply_to_message": _by_us()}),
    ],
    ids=["named first", "named last", "named loudly", "replied to"],
)
async def test_it_answers_who_speaks_to_it(
    conversation: Conversation, only: Only, say_in_group: Any, text: str, more: dict[str, Any]
) -> None:
    """The name is no part of the question."""
    sent = only(await say_in_group(text, message_id=31, **more))
    assert sent.shown.startswith("How many majors")
    assert int(sent.values["chat_id"]) == _GROUP
    assert sent.values["reply_parameters"]["message_id"] == 31
    assert [row["text"] for row in conversation.stored()] == [_QUESTION]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (_QUESTION, {}),
        (f"@somebody_else {_QUESTION}", {}),
        (f"{_NAME}2 {_QUESTION}", {}),
        (f"me{_NAME}.example {_QUESTION}", {}),
        (_QUESTION, {"reply_to_message": _by_us(**{"from": make_user(8)})}),
        (
            _QUESTION,
            {"reply_to_message": _by_us(forum_topic_created={"name": "T", "icon_color": 1})},
        ),
        ("/help@another_bot", {}),
        ("/weather@another_bot", {"reply_to_message": _by_us()}),
        ("/unknown", {}),
        ("\U0001f469 hello", {"entities": [{"type": "mention", "offset": 1, "length": 1}]}),
    ],
    ids=[
        "nobody", "another", "a longer name", "an address", "a reply to another",
        "a topic of ours", "another bot's command", "another bot's command to ours",
        "nobody's command", "half a character",
    ],
)  # fmt: skip
async def test_otherwise_it_is_silent(
    conversation: Conversation, say_in_group: Any, text: str, more: dict[str, Any]
) -> None:
    assert await say_in_group(text, **more) == []
    assert conversation.stored() == []


async def test_it_answers_in_the_topic_of_the_question(only: Only, say_in_group: Any) -> None:
    more = {
        "chat": make_chat(_GROUP, is_forum=True),
        "message_thread_id": 4,
        "is_topic_message": True,
    }
    sent = only(await say_in_group(f"{_NAME} {_QUESTION}", **more))
    assert int(sent.values["message_thread_id"]) == 4


async def test_a_command_is_answered_with_and_without_the_name(
    brain: Brain, only: Only, say_in_group: Any
) -> None:
    for command in ("/about", f"/about{_NAME}", f"/unknown{_NAME}"):
        sent = only(await say_in_group(command))
        key = "telegram.about" if "about" in command else "chat.help"
        assert sent.text[:20] == brain.wording(key, "en", **_facts(brain, key))[:20]


def _facts(brain: Brain, key: str) -> dict[str, object]:
    return dict.fromkeys(brain.wording.fields(key, "en"), "")


async def test_what_is_no_text_is_answered_only_when_it_is_meant_for_the_bot(
    brain: Brain, only: Only, say_in_group: Any
) -> None:
    assert await say_in_group(None, photo=[_IMAGE]) == []
    sent = only(await say_in_group(None, photo=[_IMAGE], reply_to_message=_by_us()))
    assert sent.text == brain.wording("telegram.not_text", "en")


@pytest.mark.parametrize("command", ["/language", "/mydata", "/forget"])
async def test_what_is_about_one_person_is_for_the_private_chat(
    conversation: Conversation, brain: Brain, only: Only, say_in_group: Any, command: str
) -> None:
    await conversation.say(_QUESTION)
    sent = only(await say_in_group(f"{command}{_NAME}"))
    assert sent.text == brain.wording("telegram.private_only", "en")
    assert [one["url"] for one in sent.buttons] == ["https://t.me/voced_test_bot?start=private"]
    assert conversation.stored()[0]["text"] == _QUESTION


async def test_choices_are_for_the_one_who_asked(
    conversation: Conversation,
    brain: Brain,
    only: Only,
    say_in_group: Any,
    press_in_group: Any,
) -> None:
    offer = only(await say_in_group(f"{_NAME} canteen meals"))
    label = offer.buttons[0]["text"]
    refused = only(await press_in_group(label, user_id=8), "answerCallbackQuery")
    assert refused.values["text"] == brain.wording("telegram.not_yours", "en")
    assert conversation.stored()[0]["chosen_at"] is None
    confirmed, edited = await press_in_group(label, user_id=7001)
    assert (confirmed.method, edited.method) == ("answerCallbackQuery", "editMessageText")
    assert conversation.stored()[0]["chosen_at"] is not None


async def test_everybody_may_rate_an_answer_and_nobody_sees_who(
    say_in_group: Any, press_in_group: Any, read_table: ReadTable
) -> None:
    await say_in_group(f"{_NAME} {_QUESTION}")
    for user_id in (8, 7001):
        calls = await press_in_group("👍", user_id=user_id)
        assert calls[0].method == "answerCallbackQuery"
    await press_in_group("👎", user_id=9)
    _, edited = await press_in_group("Unclear", user_id=9)
    assert [one["text"] for one in edited.buttons][-3:] == ["👍", "👎", "Share"]
    rated = [(row["verdict"], row["reason"]) for row in read_table("feedback")]
    assert rated == [("up", None), ("up", None), ("down", "unclear")]


async def test_who_waits_in_a_group_is_told_in_private(
    conversation: Conversation,
    brain: Brain,
    only: Only,
    say_in_group: Any,
    read_table: ReadTable,
) -> None:
    """The button opens the private chat, where the wait is kept for the one who asked alone."""
    miss = only(await say_in_group(f"{_NAME} quantum gravity of neutron stars"))
    (button,) = miss.buttons
    parameter = button["url"].partition("start=")[2]
    another = {"from": make_user(8), "chat": make_chat(8)}
    sent = only(await conversation.say(f"/start {parameter}", **another))
    assert sent.text == brain.wording("wait.gone", "en")
    sent = only(await conversation.say(f"/start {parameter}"))
    assert sent.text == brain.wording("wait.noted", "en")
    assert [row["chat_id"] for row in read_table("waits")] == [7001]


async def test_a_forged_press_takes_no_message_from_others(
    conversation: Conversation, brain: Brain, only: Only
) -> None:
    message = make_message("an answer", chat_id=_GROUP, message_id=600, **{"from": dict(ME)})
    query = {
        "id": "991",
        "from": make_user(8),
        "chat_instance": "1",
        "message": message,
        "data": "garbage",
    }
    confirmed = only(await conversation.receive(callback_query=query), "answerCallbackQuery")
    assert confirmed.values["text"] == brain.wording("choice_gone", "en")


async def test_an_edited_question_is_answered_anew_in_a_group_too(
    conversation: Conversation, only: Only, say_in_group: Any
) -> None:
    await say_in_group(f"{_NAME} {_QUESTION}", message_id=31)
    message = make_message(
        f"{_NAME} When is the first episode broadcast?",
        chat_id=_GROUP,
        message_id=31,
        edit_date=1_760_000_009,
        **{"from": make_user()},
    )
    edited = only(await conversation.receive(edited_message=message), "editMessageText")
    assert edited.shown.startswith("When the first episode")
    assert int(edited.values["chat_id"]) == _GROUP


async def test_a_question_that_names_the_bot_only_when_edited_is_answered_then(
    conversation: Conversation, only: Only, say_in_group: Any
) -> None:
    """As long as it does not, it is none of the bot's business, however often it is edited."""

    def edited(text: str) -> dict[str, Any]:
        return make_message(
            text,
            chat_id=_GROUP,
            message_id=31,
            edit_date=1_760_000_009,
            **{"from": make_user()},
        )

    assert await say_in_group(_QUESTION, message_id=31) == []
    assert await conversation.receive(edited_message=edited(f"so: {_QUESTION}")) == []
    sent = only(await conversation.receive(edited_message=edited(f"{_NAME} {_QUESTION}")))
    assert sent.shown.startswith("How many majors")
    assert sent.values["reply_parameters"]["message_id"] == 31


async def test_an_edited_question_in_the_name_of_a_group_is_answered_in_its_place(
    conversation: Conversation, only: Only, say_in_group: Any
) -> None:
    """As an anonymous administrator writes."""
    group = {"id": _GROUP, "type": "supergroup", "title": "Parents"}
    await say_in_group(f"{_NAME} {_QUESTION}", message_id=31, sender_chat=group)
    message = make_message(
        f"{_NAME} When is the first episode broadcast?",
        chat_id=_GROUP,
        message_id=31,
        edit_date=1_760_000_009,
        sender_chat=group,
        **{"from": make_user()},
    )
    edited = only(await conversation.receive(edited_message=message), "editMessageText")
    assert edited.shown.startswith("When the first episode")


async def test_nobody_is_remembered_who_writes_in_the_name_of_a_group(
    conversation: Conversation, say_in_group: Any, read_table: ReadTable
) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    more = {"from": anonymous, "sender_chat": make_chat(_GROUP)}
    await say_in_group(f"{_NAME} {_QUESTION}", **more)
    assert [row["asker"] for row in conversation.stored()] == [None]
    await conversation.application.bot_data["assistant"].people.finish()
    (row,) = read_table("messages")
    assert row["asker"] == row["place"]
