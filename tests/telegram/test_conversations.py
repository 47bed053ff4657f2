"""Conversations through the real application, its network replaced by a server in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from telegram.error import Forbidden, NetworkError

from bot.memory.asker import AskerHash
from bot.telegram.buttons import Press, decode, encode

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
_UNKNOWN = {"en": "quantum gravity of neutron stars", "zh": "红烧肉怎么做"}


def _only(calls: list[Call], method: str = "sendMessage") -> Call:
    assert [call.method for call in calls] == [method]
    return calls[0]


async def _offer(conversation: Conversation, language: str = "en") -> tuple[Call, str, str]:
    """Return an offer, the data of its first choice and of none of these."""
    offer = _only(await conversation.say(_VAGUE[language]))
    first, *_, none_of_these = [button["callback_data"] for button in offer.buttons]
    return offer, first, none_of_these


# -- commands


@pytest.mark.parametrize(
    ("code", "language"),
    [("en", "en"), ("de", "en"), (None, "en"), ("zh", "zh"), ("zh-hans", "zh")],
)
async def test_commands_are_answered_in_the_language_of_the_person(
    conversation: Conversation, brain: Brain, code: str, language: Any
) -> None:
    for command, key in (("/start", "telegram.start"), ("/help", "chat.help")):
        sent = _only(await conversation.say(command, language=code))
        assert sent.text.startswith(brain.wording(key, language))
        assert int(sent.values["chat_id"]) == 7001


@pytest.mark.parametrize(
    "command", ["/nonsense", "/start_over", "/missed now", "/help@another_bot"]
)
async def test_an_unknown_command_gets_help(
    conversation: Conversation, brain: Brain, command: str
) -> None:
    sent = _only(await conversation.say(command))
    assert sent.text.startswith(brain.wording("chat.help", "en"))
    assert conversation.stored() == []


async def test_a_start_with_a_parameter_is_a_start(
    conversation: Conversation, brain: Brain
) -> None:
    sent = _only(await conversation.say("/start from_a_poster"))
    assert sent.text == brain.wording("telegram.start", "en")


# -- answers


async def test_an_answer_has_a_bold_title_escaped_text_and_folded_sources(
    conversation: Conversation,
) -> None:
    sent = _only(await conversation.say(_QUESTION))
    assert sent.text == (
        "<b>How many majors &lt;in all&gt; &amp; more</b>\n\n"
        "The answer on How many majors &lt;in all&gt; &amp; more: "
        "if R&amp;D &lt;b&gt;counts&lt;/b&gt;.\n\n"
        "<blockquote expandable><b>Sources</b>\n"
        '<a href="https://example.org/read?a=1&amp;b=&lt;2&gt;">'
        "\u2018A made &lt;source&gt; &amp; others\u2019</a>"
        " — Made &amp; Sons, 2026-01-02, paragraph 1\n"
        '<a href="https://example.org/read?a=1&amp;b=&lt;2&gt;">'
        "\u2018A made &lt;source&gt; &amp; others\u2019</a>"
        " — Made &amp; Sons, 2026-01-02, paragraph 2</blockquote>"
    )
    assert sent.is_html
    assert sent.values["link_preview_options"] == {"is_disabled": True}


async def test_a_question_is_stored_with_a_hashed_asker_and_no_name(
    conversation: Conversation,
) -> None:
    await conversation.say(_QUESTION)
    (row,) = conversation.stored()
    assert (row["text"], row["outcome"], row["entry"], row["front"], row["gap"]) == (
        _QUESTION, "answered", "number-of-majors", "telegram", None,
    )  # fmt: skip
    assert row["asker"] == AskerHash(b"the key of the tests")("telegram:7001")
    assert not {"Xiaoming", "Secretname", "xiaoming_hidden", "7001"} & {
        str(v) for v in row.values()
    }


async def test_the_follow_ups_of_an_answer_are_buttons_without_none_of_these(
    conversation: Conversation,
) -> None:
    button, *others = _only(await conversation.say(_QUESTION)).buttons
    assert button["text"] == "When the first episode is broadcast"
    assert [one["text"] for one in others] == ["👍", "👎", "Share"]
    pressed = decode(button["callback_data"])
    assert pressed == Press(language="en", record=None, entry="first-episode", is_follow_up=True)


async def test_a_follow_up_is_answered_below_the_answer_it_stands_under(
    conversation: Conversation, brain: Brain
) -> None:
    button, *_ = _only(await conversation.say(_QUESTION)).buttons
    confirmed, sent = await conversation.press(button["callback_data"])
    assert (confirmed.method, sent.method) == ("answerCallbackQuery", "sendMessage")
    assert sent.shown.startswith(brain.knowledge.answers["first-episode"].title.en)


@pytest.mark.parametrize("code", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("question", "language"), [(_QUESTION, "en"), ("第一期什么时候播出?", "zh")]
)
async def test_the_language_of_the_question_decides(
    open_conversation: OpenConversation, real_brain: Brain, question: str, language: Any, code: str
) -> None:
    async with open_conversation(real_brain) as conversation:
        sent = _only(await conversation.say(question, language=code))
        (row,) = conversation.stored()
    answer = real_brain.knowledge.answers[row["entry"]]
    assert row["outcome"] == "answered"
    assert sent.shown.startswith(f"{answer.title.in_(language)}\n\n{answer.text.in_(language)}")


# -- offers


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
        ("Bad Request: message can't be edited", {"message_id": 500, "date": 0}),
    ],
    ids=["deleted", "not editable", "out of reach"],
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


# -- what is no question with an answer


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_miss_is_recorded_and_says_so(
    conversation: Conversation, brain: Brain, language: Any
) -> None:
    sent = _only(await conversation.say(_UNKNOWN[language]))
    assert sent.shown.startswith(brain.wording("missed", language))
    assert [one["text"] for one in sent.buttons] == [brain.wording("wait.tell_me", language)]
    (row,) = conversation.stored()
    assert (row["outcome"], row["gap"]) == ("missed", "no_match")
    assert row["text"] == _UNKNOWN[language]


@pytest.mark.parametrize(
    ("text", "key", "language"),
    [
        ("hello", "chat.greet", "en"),
        ("谢谢", "chat.thank", "zh"),
        ("what can you do?", "chat.help", "en"),
        ("/帮助", "chat.help", "zh"),
    ],
)
async def test_small_talk_is_returned(
    conversation: Conversation, brain: Brain, text: str, key: str, language: Any
) -> None:
    sent = _only(await conversation.say(text))
    assert sent.shown == brain.wording(key, language)
    assert [row["outcome"] for row in conversation.stored()] == ["chat"]


@pytest.mark.parametrize("text", ["?", "x", "。。。", "\u200b", "https://example.org/"])
async def test_noise_gets_a_hint_and_is_no_missed_question(
    conversation: Conversation, brain: Brain, text: str
) -> None:
    assert _only(await conversation.say(text)).shown == brain.wording("gated", "en")
    (row,) = conversation.stored()
    assert (row["outcome"], row["gap"], row["text"]) == ("gated", None, "")


@pytest.mark.parametrize(("text", "language"), [("I want to die", "en"), ("我不想活了", "zh")])
async def test_distress_gets_the_fixed_line_and_no_word_of_it_is_kept(
    conversation: Conversation, brain: Brain, text: str, language: Any
) -> None:
    sent = _only(await conversation.say(text))
    assert sent.shown == brain.wording("chat.distress", language)
    (row,) = conversation.stored()
    assert (row["text"], row["normalised"], row["gap"]) == ("", "", None)
    for file in conversation.database.parent.glob("voced.sqlite*"):
        assert text.encode() not in file.read_bytes()


_FILE = {"file_id": "f", "file_unique_id": "u"}
_IMAGE = {**_FILE, "width": 9, "height": 9}


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [_IMAGE]},
        {"photo": [_IMAGE], "caption": "How many majors are there?"},
        {"sticker": {**_IMAGE, "type": "regular", "is_animated": False, "is_video": False}},
        {"voice": {**_FILE, "duration": 3}},
        {"document": _FILE},
        {"location": {"latitude": 30.5, "longitude": 114.3}},
    ],
    ids=["photo", "photo with a caption", "sticker", "voice", "document", "location"],
)
async def test_what_is_not_text_gets_one_friendly_line(
    conversation: Conversation, brain: Brain, content: dict[str, Any]
) -> None:
    for language in ("en", "zh"):
        sent = _only(await conversation.send_file(language, **content))
        assert sent.text == brain.wording("telegram.not_text", language)  # type: ignore[arg-type]
    assert conversation.stored() == []


async def test_an_album_gets_one_line_for_all_its_photos(conversation: Conversation) -> None:
    for album in ("one", "another"):
        photo = {"photo": [_IMAGE], "media_group_id": album}
        _only(await conversation.send_file(**photo))
        assert await conversation.send_file(**photo) == []
        assert await conversation.send_file(**photo) == []


@pytest.mark.parametrize("text", [_QUESTION, "/nonsense", "hello", "@somebody how many majors"])
async def test_groups_and_channels_are_left_alone(conversation: Conversation, text: str) -> None:
    """Unless the bot is spoken to."""
    message = conversation.make_message(text, chat_id=-7002)
    assert await conversation.receive(message=message) == []
    photo = conversation.make_message(chat_id=-7002, photo=[_IMAGE])
    assert await conversation.receive(message=photo) == []
    post = message | {"chat": {"id": -7003, "type": "channel", "title": "News"}}
    assert await conversation.receive(channel_post=post) == []
    assert conversation.stored() == []


async def test_events_of_a_chat_are_not_answered(conversation: Conversation) -> None:
    pinned = conversation.make_message("an old message")
    assert await conversation.send_file(pinned_message=pinned) == []


# -- faults


async def test_a_fault_in_a_handler_is_logged_and_the_person_is_told(
    open_conversation: OpenConversation, brain: Brain, caplog: pytest.LogCaptureFixture
) -> None:
    """The understander finds an entry that the knowledge lost."""
    broken = replace(brain, knowledge=replace(brain.knowledge, answers={}))
    async with open_conversation(broken) as conversation:
        sent = _only(await conversation.say(_QUESTION, language="zh-hans"))
        assert sent.text == brain.wording("telegram.trouble", "zh")
        (fault,) = conversation.take_faults()
        assert isinstance(fault, KeyError)
        (logged,) = [one for one in caplog.records if one.name == "bot.telegram.handlers.faults"]
        assert logged.exc_info is not None
        assert logged.exc_info[1] is fault


async def test_a_server_that_stumbles_is_asked_again(
    conversation: Conversation, bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 500, "Internal Server Error")
    first, second = await conversation.say(_QUESTION)
    assert second.values == first.values
    assert len(conversation.stored()) == 1


async def test_a_press_that_meets_a_stumbling_server_is_shown_all_the_same(
    conversation: Conversation, bot_api: BotApi
) -> None:
    _, choice, _ = await _offer(conversation)
    bot_api.refuse("editMessageText", 500, "Internal Server Error")
    *_, first, second = await conversation.press(choice)
    assert (first.method, first.values) == ("editMessageText", second.values)


async def test_a_reply_that_must_wait_is_kept_for_later(
    conversation: Conversation, bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    _only(await conversation.say(_QUESTION))
    assert await conversation.say("/help") == [], "it overtook the answer"
    assert conversation.application.outbox.holds(7001)


async def test_trouble_that_can_not_be_told_either_is_logged(
    open_conversation: OpenConversation,
    made_brain: Brain,
    bot_api: BotApi,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = replace(made_brain, knowledge=replace(made_brain.knowledge, answers={}))
    bot_api.refuse("sendMessage", 400, "Bad Request: what Telegram never says")
    async with open_conversation(broken) as conversation:
        await conversation.say(_QUESTION)
        assert len(conversation.take_faults()) == 1
    assert "nor could the person be told" in caplog.text


async def test_somebody_who_blocked_the_bot_is_no_fault(
    conversation: Conversation, bot_api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    bot_api.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    _only(await conversation.say(_QUESTION))
    (fault,) = conversation.take_faults()
    assert isinstance(fault, Forbidden)
    assert caplog.records == []


async def test_an_answer_that_telegram_can_not_parse_goes_as_plain_text(
    conversation: Conversation, bot_api: BotApi
) -> None:
    bot_api.refuse("sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag")
    first, second = await conversation.say(_QUESTION)
    assert first.is_html
    assert not second.is_html
    assert second.text == first.shown
    assert second.buttons == first.buttons


async def test_trouble_in_fetching_updates_is_one_line_in_the_log(
    conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    error = NetworkError("the server is away")
    await conversation.application.process_error(update=None, error=error)
    assert conversation.take_faults() == [error]
    (record,) = caplog.records
    assert record.exc_info is None
    assert record.getMessage() == "updates can't be fetched, trying again: the server is away"


# -- any text at all

_HOSTILE = st.sampled_from(
    [
        "<b>", "</b>", "<blockquote expandable>", "<script>alert(1)</script>", '<a href="x">', "<",
        ">", "&", "&lt;", "&amp;#60;", "'", '"', "{words}", "{0}", "{", "}}", "%s", "\\", "\x00",
        "\x1b[31m", "\r\n", "\u202e", "\u2066", "\u200f", "\ufeff", "\u0301", "🎓", "👩‍🏫", "🇨🇳",
        "𠀀", "ﷺ", "/", "@", "://", " ", "how many majors", "一共有多少个专业", "meals",
        "食堂", "第一期",
    ]
)  # fmt: skip
_TEXT = (
    st.lists(_HOSTILE | st.text(st.characters(codec="utf-8"), max_size=9), min_size=1, max_size=60)
    .map("".join)
    .filter(bool)
)


@given(text=_TEXT | _TEXT.map(lambda text: (text * 4096)[:4096]))
@example(text="<b>" * 1365)
@example(text="".join(chr(0x20000 + number) for number in range(2048)))
@example(text=" ".join(f"w{chr(0x20000 + number)}" for number in range(1024)))
@example(text=" ".join(f"<x{number}>&" for number in range(500)))
@example(text="食堂 " * 1365)
@example(text="{words} meals in the {canteen}")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_text_breaks_the_bot_or_its_html(conversation: Conversation, text: str) -> None:
    calls = await conversation.say(text)
    assert conversation.faults == []
    # A refusal of the server, for its HTML or its length, would be followed by a second try.
    sent = _only(calls)
    tags = conversation.read_html(sent.text).tags if sent.is_html else {}
    assert tags in ({}, {"b": 2, "blockquote": 1, "a": 2})
