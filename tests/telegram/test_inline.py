"""Inline mode: cards of majors in any chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]


@pytest.fixture
async def talk(
    open_conversation: OpenConversation, real_brain: Brain
) -> AsyncIterator[Conversation]:
    """Yield a conversation about the catalogue that comes with voced."""
    async with open_conversation(real_brain) as conversation:
        yield conversation


def _titles(call: Call) -> list[str]:
    return [one["title"] for one in call.values["results"]]


def _ids(call: Call) -> list[str]:
    return [one["id"] for one in call.values["results"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("护理", "护理（中职、高职专科、职业本科）"),
        ("護理", "護理（中職、高職專科、職業本科）"),
        ("护理专业", "护理（中职、高职专科、职业本科）"),
        ("护理 本科", "护理（职业本科）"),
        ("护理类", "护理（中职、高职专科、职业本科）"),
        ("护士", "护理（中职、高职专科、职业本科）"),
        ("机电一体化技述", "机电一体化技术（高职专科）"),
        ("nursing", "Nursing (secondary, diploma, bachelor)"),
        ("huli", "Nursing (secondary, diploma, bachelor)"),
        ("be a nurse", "Nursing (secondary, diploma, bachelor)"),
        ("520201", "Nursing (diploma)"),
        ("520202k", "Midwifery (diploma)"),
        ("midwifry", "Midwifery (diploma)"),
    ],
)
async def test_a_major_is_found_as_people_say_it(
    talk: Conversation, query: str, first: str
) -> None:
    assert _titles(await talk.type_inline(query))[0] == first


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("护", "护理（中职、高职专科、职业本科）"),
        ("nurs", "Nursing (secondary, diploma, bachelor)"),
        ("计算机应", "计算机应用（中职）"),
        ("5202", "助产（高职专科）"),
    ],
)
async def test_a_name_that_is_only_begun_is_found(
    talk: Conversation, query: str, title: str
) -> None:
    assert title in _titles(await talk.type_inline(query, language="zh"))


async def test_a_result_is_the_card_of_a_message(talk: Conversation) -> None:
    """The card is the same as in a private chat; nothing needs an image or a preview."""
    (card, *_) = (await talk.type_inline("护理")).values["results"]
    sent = (await talk.say("护理"))[0]
    assert card == {
        "type": "article",
        "id": "1:zh:major:720201",
        "title": "护理（中职、高职专科、职业本科）",
        "description": "720201、520201、320201；医药卫生大类 › 护理类",
        "input_message_content": {
            "message_text": sent.text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
    }


async def test_a_class_gives_its_majors_and_a_category_at_most_ten(talk: Conversation) -> None:
    assert {"护理（中职、高职专科、职业本科）", "助产（高职专科）"} <= set(
        _titles(await talk.type_inline("护理类"))
    )
    assert len(_titles(await talk.type_inline("医药卫生大类"))) == 10


@pytest.mark.parametrize(
    ("query", "code", "is_personal", "first"),
    [
        ("护理", "en", False, "1:zh:major:720201"),
        ("护理", "zh-hans", False, "1:zh:major:720201"),
        ("nursing", "zh-hans", False, "1:en:major:720201"),
        ("520201", "en", True, "1:en:major:520201"),
        ("520201", "zh-hans", True, "1:zh:major:520201"),
    ],
)
async def test_results_are_personal_only_where_the_words_show_no_language(
    talk: Conversation, query: str, code: str, is_personal: Any, first: str
) -> None:
    call = await talk.type_inline(query, language=code)
    assert _ids(call)[0] == first
    assert call.values["cache_time"] == "300"
    assert call.values.get("is_personal", "false").lower() == str(is_personal).lower()


@pytest.mark.parametrize(
    ("query", "key"), [("", "inline_hint"), ("  ", "inline_hint"), ("zzzzz", "inline_none")]
)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_where_there_is_no_card_a_hint_leads_to_the_bot(
    talk: Conversation, real_brain: Brain, query: str, key: str, language: Any
) -> None:
    """Pressed, it opens the private chat, where /start is answered whatever follows it."""
    call = await talk.type_inline(query, language=language)
    said_in = "en" if query.strip() else language
    assert call.values["results"] == []
    assert call.values["button"]["text"] == real_brain.wording(f"telegram.{key}", said_in)
    (started,) = await talk.say(f"/start {call.values['button']['start_parameter']}")
    assert started.text == real_brain.wording("telegram.start", "en")


async def test_what_is_typed_is_never_recorded(
    talk: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither as a question nor as a gap; nor do its words reach the log."""
    caplog.set_level("INFO")
    for query in ("护理", "占星专业", "I want to die", "13800138000"):
        await talk.type_inline(query)
        assert query not in caplog.text
    assert talk.stored() == []
    assert "inline results=" in caplog.text


@pytest.mark.parametrize(
    "refusal", ["query is too old and response timeout expired or query ID is invalid"]
)
async def test_who_typed_on_meanwhile_misses_nothing(
    talk: Conversation, bot_api: BotApi, refusal: str
) -> None:
    bot_api.refuse("answerInlineQuery", 400, f"Bad Request: {refusal}")
    await talk.type_inline("护理")


async def test_trouble_with_an_inline_query_is_logged_and_tells_nobody(
    talk: Conversation, bot_api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    """There is no chat to tell it in."""
    bot_api.refuse("answerInlineQuery", 500, "Internal Server Error")
    await talk.type_inline("护理")
    assert len(talk.take_faults()) == 1
    assert "an update could not be handled" in caplog.text


@given(
    query=st.text(st.characters(codec="utf-8"), max_size=256)
    | st.lists(
        st.sampled_from([*"护理计算机技术类k520/<>&'\" ", "nursing ", "major "]), max_size=40
    ).map("".join)
)
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_no_query_breaks_inline_mode(talk: Conversation, query: str) -> None:
    call = await talk.type_inline(query)
    assert talk.faults == []
    results = call.values["results"]
    assert len(results) <= 10
    assert bool(results) != ("button" in call.values)
    assert all(len(one["id"].encode()) <= 64 for one in results)
