"""Messages, buttons and queries behave as on Telegram."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from tests.botapi.calls import Upload
from tests.botapi.server import TOKEN, Answer
from tests.botapi.updates import make_chat, make_message, make_question, make_user

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tests.botapi.server import BotApi

    Call = Callable[..., Awaitable[Any]]

_ROWS = {"inline_keyboard": [[{"text": "yes", "callback_data": "1"}]]}


@pytest.fixture
def call(bot_api: BotApi) -> Call:
    """Return what calls a method and returns its result, or the reason of a refusal."""

    async def do(method: str, **values: Any) -> Any:
        answer = await bot_api.answer(TOKEN, method, values)
        assert isinstance(answer, Answer)
        body = json.loads(answer.body)
        return body["result"] if body["ok"] else body["description"]

    return do


def _press(message: Mapping[str, Any], query_id: str = "1") -> dict[str, Any]:
    query = {"id": query_id, "from": make_user(), "chat_instance": "1", "data": "1"}
    return {"update_id": 1, "callback_query": {**query, "message": message}}


# -- messages


async def test_a_message_stands_on_the_screen_until_it_is_edited_or_deleted(
    bot_api: BotApi, call: Call
) -> None:
    sent = await call("sendMessage", chat_id="7001", text="one", reply_markup=json.dumps(_ROWS))
    (shown,) = bot_api.screen(7001)
    assert (shown.text, shown.buttons) == ("one", _ROWS["inline_keyboard"][0])
    place = {"chat_id": "7001", "message_id": str(sent["message_id"])}
    await call("editMessageText", **place, text="<b>two</b>", parse_mode="HTML")
    (shown,) = bot_api.screen(7001)
    assert (shown.text, shown.buttons) == ("two", [])
    await call("editMessageReplyMarkup", **place, reply_markup=json.dumps(_ROWS))
    assert bot_api.screen(7001)[0].buttons == _ROWS["inline_keyboard"][0]
    assert bot_api.screen(7001)[0].message["entities"]
    assert await call("deleteMessage", **place) is True
    assert bot_api.screen(7001) == []
    assert await call("deleteMessage", **place) == "Bad Request: message to delete not found"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": " \n\u200b"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🎓" * 2049}, "message is too long"),
        ({"text": "a", "message_thread_id": "5"}, "message thread not found"),
        ({"text": "a", "reply_parameters": '{"message_id": 9}'}, "message to be replied not found"),
        ({"text": "a", "reply_markup": json.dumps({"inline_keyboard": [[{"text": "a"}]]})}, "text"),
    ],
)
async def test_a_message_that_telegram_refuses_is_refused(
    bot_api: BotApi, call: Call, values: dict[str, str], reason: str
) -> None:
    reply = await call("sendMessage", chat_id="7001", **values)
    assert reply.startswith(f"Bad Request: {reason}")
    assert bot_api.screen(7001) == []


async def test_length_counts_after_the_html_is_read(call: Call) -> None:
    text = f"<b>{'&amp;' * 4096}</b>"
    assert (await call("sendMessage", chat_id="1", text=text, parse_mode="HTML"))["text"]


async def test_an_edit_must_find_a_message_of_the_bot_and_change_it(
    bot_api: BotApi, call: Call
) -> None:
    bot_api.expect_update(make_question("hello", message_id=10))
    assert "can't be edited" in await call(
        "editMessageText", chat_id="7001", message_id="10", text="a"
    )
    assert "message to edit not found" in await call(
        "editMessageText", chat_id="7001", message_id="11", text="a"
    )
    sent = await call("sendMessage", chat_id="7001", text="a")
    place = {"chat_id": "7001", "message_id": str(sent["message_id"])}
    assert "message is not modified" in await call("editMessageText", **place, text="a")
    changed = await call("editMessageText", **place, text="a", reply_markup=json.dumps(_ROWS))
    assert changed["reply_markup"] == _ROWS


async def test_a_reply_and_a_topic_must_be_there(bot_api: BotApi, call: Call) -> None:
    topic = {"message_thread_id": 5, "is_topic_message": True, "chat": make_chat(-1, is_forum=True)}
    message = make_message("hello", message_id=10, **topic, **{"from": make_user()})
    bot_api.expect_update({"update_id": 1, "message": message})
    sent = await call(
        "sendMessage",
        chat_id="-1",
        text="a",
        message_thread_id="5",
        reply_parameters='{"message_id": 10}',
    )
    assert sent["reply_to_message"]["message_id"] == 10
    assert sent["message_thread_id"] == 5
    assert sent["chat"]["type"] == "supergroup"
    gone = '{"message_id": 9, "allow_sending_without_reply": true}'
    alone = await call("sendMessage", chat_id="-1", text="a", reply_parameters=gone)
    assert "reply_to_message" not in alone


async def test_a_file_is_kept_with_its_name(bot_api: BotApi, call: Call) -> None:
    file = Upload("yours.json", b"{}", "application/json")
    sent = await call("sendDocument", chat_id="7001", document=file, caption="all of it")
    assert sent["document"]["file_name"] == "yours.json"
    assert bot_api.calls[-1].values["document"].content == b"{}"
    assert bot_api.screen(7001)[0].text == "all of it"
    empty = Upload("yours.json", b"", "application/json")
    assert "non-empty" in await call("sendDocument", chat_id="7001", document=empty)
    assert "message caption is too long" in await call(
        "sendDocument", chat_id="7001", document=file, caption="x" * 1025
    )


async def test_broken_html_is_refused_and_a_violation(bot_api: BotApi, call: Call) -> None:
    assert "can't parse entities" in await call(
        "sendMessage", chat_id="7001", text="<b>", parse_mode="HTML"
    )
    (violation,) = bot_api.take_violations()
    assert violation.startswith("sendMessage: can't parse entities: ")


async def test_a_call_that_the_bot_api_does_not_know_is_a_violation(
    bot_api: BotApi, call: Call
) -> None:
    for method, values in {
        "sendMessage": {"chat_id": 1, "text": "a", "markup": 1},
        "sendLove": {},
        "banChatMember": {"chat_id": 1, "user_id": 1},
    }.items():
        assert (await call(method, **values)).startswith("Bad Request: ")
        assert len(bot_api.take_violations()) == 1


# -- queries


async def test_a_press_is_confirmed_once(bot_api: BotApi, call: Call) -> None:
    bot_api.expect_update(_press(make_message("an offer", message_id=500)))
    assert await call("answerCallbackQuery", callback_query_id="1") is True
    for query_id in ("1", "2"):
        reply = await call("answerCallbackQuery", callback_query_id=query_id)
        assert "query is too old" in reply


async def test_a_note_on_a_press_is_short(bot_api: BotApi, call: Call) -> None:
    bot_api.expect_update(_press(make_message("an offer", message_id=500)))
    reply = await call("answerCallbackQuery", callback_query_id="1", text="x" * 201)
    assert reply == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_press_shows_a_message_from_before_the_test(bot_api: BotApi, call: Call) -> None:
    old = make_message("an offer", message_id=500)
    bot_api.expect_update(_press(old))
    changed = await call("editMessageText", chat_id="7001", message_id="500", text="gone")
    assert changed["text"] == "gone"
    bot_api.expect_update(_press(old, "2"))
    assert bot_api.screen(7001)[0].text == "gone", "what the server knows is newer"


# -- the bot itself


async def test_commands_and_texts_are_kept_by_scope_and_language(call: Call) -> None:
    commands = [{"command": "help", "description": "what can be asked"}]
    scope = json.dumps({"type": "all_private_chats"})
    await call("setMyCommands", commands=json.dumps(commands), scope=scope, language_code="zh")
    assert await call("getMyCommands", scope=scope, language_code="zh") == commands
    assert await call("getMyCommands", language_code="zh") == []
    await call("deleteMyCommands", scope=scope, language_code="zh")
    assert await call("getMyCommands", scope=scope, language_code="zh") == []
    await call("setMyDescription", description="a bot", language_code="en")
    assert await call("getMyDescription", language_code="en") == {"description": "a bot"}
    assert await call("getMyDescription") == {"description": ""}
    assert "too long" in await call("setMyShortDescription", short_description="x" * 121)
    assert "invalid language code" in await call("setMyDescription", language_code="zh-hans")
