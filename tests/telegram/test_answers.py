"""What a question and a simple command get, its network replaced by a server in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.memory.asker import AskerHash
from bot.telegram.buttons import Press, decode
from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_QUESTION = "How many majors are there?"


async def test_an_answer_has_a_bold_title_escaped_text_and_folded_sources(
    conversation: Conversation,
) -> None:
    sent = only(await conversation.say(_QUESTION))
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
    button, *others = only(await conversation.say(_QUESTION)).buttons
    assert button["text"] == "When the first episode is broadcast"
    assert [one["text"] for one in others] == ["👍", "👎", "Share"]
    pressed = decode(button["callback_data"])
    assert pressed == Press(language="en", record=None, entry="first-episode", is_follow_up=True)


async def test_a_follow_up_is_answered_below_the_answer_it_stands_under(
    conversation: Conversation, brain: Brain
) -> None:
    button, *_ = only(await conversation.say(_QUESTION)).buttons
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
        sent = only(await conversation.say(question, language=code))
        (row,) = conversation.stored()
    answer = real_brain.knowledge.answers[row["entry"]]
    assert row["outcome"] == "answered"
    assert sent.shown.startswith(f"{answer.title.in_(language)}\n\n{answer.text.in_(language)}")


# -- commands


@pytest.mark.parametrize(
    ("code", "language"),
    [("en", "en"), ("de", "en"), (None, "en"), ("zh", "zh"), ("zh-hans", "zh")],
)
async def test_commands_are_answered_in_the_language_of_the_person(
    conversation: Conversation, brain: Brain, code: str, language: Any
) -> None:
    for command, key in (("/start", "telegram.start"), ("/help", "chat.help")):
        sent = only(await conversation.say(command, language=code))
        assert sent.text.startswith(brain.wording(key, language))
        assert int(sent.values["chat_id"]) == 7001


@pytest.mark.parametrize(
    "command", ["/nonsense", "/start_over", "/missed now", "/help@another_bot"]
)
async def test_an_unknown_command_gets_help(
    conversation: Conversation, brain: Brain, command: str
) -> None:
    sent = only(await conversation.say(command))
    assert sent.text.startswith(brain.wording("chat.help", "en"))
    assert conversation.stored() == []


async def test_a_start_with_a_parameter_is_a_start(
    conversation: Conversation, brain: Brain
) -> None:
    sent = only(await conversation.say("/start from_a_poster"))
    assert sent.text == brain.wording("telegram.start", "en")
