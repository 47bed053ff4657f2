"""Any text at all is answered once, in HTML that Telegram reads as it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

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
    sent = only(calls)
    tags = conversation.read_html(sent.text).tags if sent.is_html else {}
    assert tags in ({}, {"b": 2, "blockquote": 1, "a": 2})
