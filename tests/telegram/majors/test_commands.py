"""Majors are looked up and compared by command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.telegram.majors.ways import CARD, entries_of
from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]


# -- /major


@pytest.mark.parametrize(
    ("text", "entry", "start"),
    [
        ("/major 护理", "major:720201", CARD["zh"]),
        ("/major@voced_test_bot 护理", "major:720201", CARD["zh"]),
        ("/major\nnursing", "major:720201", CARD["en"]),
        ("/major 520201", "major:520201", CARD["en"]),
        ("/major huli", "major:720201", CARD["zh"]),
        ("/major 护理 本科", "major:320201", CARD["zh"]),
        ("/major 护理类", "class:7202", "护理类"),
        ("/major 护理 助产", "compare:520201,520202", "护理 与 助产"),
    ],
)
async def test_a_major_is_looked_up(talk: Conversation, text: str, entry: str, start: str) -> None:
    """What is stored is the text without the command, as if it was asked."""
    sent = only(await talk.say(text))
    assert sent.shown.startswith(start)
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["gap"]) == ("answered", entry, None)
    assert not row["text"].startswith("/")


async def test_a_command_typed_without_a_space_is_answered_as_a_question(
    talk: Conversation,
) -> None:
    """Chinese is typed without; Telegram sees no command in it."""
    sent = only(await talk.say("/major护理"))
    assert sent.shown.startswith(CARD["zh"])


@pytest.mark.parametrize(("text", "language"), [("/major 占星", "zh"), ("/major astrology", "en")])
async def test_a_name_that_is_no_major_is_said_to_be_none(
    talk: Conversation, real_brain: Brain, text: str, language: Any
) -> None:
    """Though nothing in it says that it means a major: the command does."""
    sent = only(await talk.say(text))
    assert sent.shown.startswith(real_brain.wording("major.not_listed_at_all", language))
    (row,) = talk.stored()
    assert (row["outcome"], row["gap"]) == ("missed", "not_in_catalogue")


async def test_a_major_among_unknown_words_is_offered(
    talk: Conversation, real_brain: Brain
) -> None:
    """Never a wrong card."""
    offer = only(await talk.say("/major 护理占星"))
    assert offer.shown == real_brain.wording("major.which", "zh")
    assert entries_of(offer) == ["major:720201", None]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("command", "key"), [("/major", "major.look_up_how"), ("/compare", "major.compare_how")]
)
async def test_a_command_without_a_name_says_how_to_use_it(
    talk: Conversation, real_brain: Brain, command: str, key: str, language: Any
) -> None:
    for text in (command, f"{command}  ", f"{command}@voced_test_bot"):
        sent = only(await talk.say(text, language=language))
        assert sent.text == real_brain.wording(key, language)
        assert "\n" not in sent.text
    assert talk.stored() == []


# -- /compare


@pytest.mark.parametrize(
    ("names", "entry"),
    [
        ("护理 助产", "compare:520201,520202"),
        ("护理、助产", "compare:520201,520202"),
        ("护理和助产", "compare:520201,520202"),
        ("护里 助产", "compare:520201,520202"),
        ("nursing, midwifery", "compare:520201,520202"),
        ("nursing vs midwifery", "compare:520201,520202"),
        ("Nursing vs. midwifry", "compare:520201,520202"),
        ("nursing and midwifery", "compare:520201,520202"),
        ("520201 520202K", "compare:520201,520202"),
        ("520201 720201", "compare:520201,720201"),
        ("护理中职，护理本科", "compare:720201,320201"),
        ("机械设计与制造 护理", "compare:460101,520201"),
        ("护理 助产 电子商务", "compare:520201,520202,530701"),
    ],
)
async def test_majors_are_compared(talk: Conversation, names: str, entry: str) -> None:
    sent = only(await talk.say(f"/compare {names}"))
    codes = entry.removeprefix("compare:").split(",")
    assert all(code in sent.shown for code in codes)
    assert "[1]" in sent.shown
    assert entries_of(sent) == [f"major:{code}" for code in codes]
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"]) == ("answered", entry)
    assert not row["text"].startswith("/")


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ("护理", "zh"),
        ("护理 护理", "zh"),
        ("nursing", "en"),
        ("护理、助产、电子商务、会计", "zh"),
        (", ,", "en"),
        ("blah", "en"),
    ],
)
async def test_fewer_than_two_names_or_more_than_three_get_the_way_to_do_it(
    talk: Conversation, real_brain: Brain, names: str, language: Any
) -> None:
    """It is no question that editors could answer."""
    sent = only(await talk.say(f"/compare {names}"))
    hints = {real_brain.wording(key, language) for key in ("major.compare_how", "gated")}
    assert sent.shown in hints
    assert sent.buttons == []
    (row,) = talk.stored()
    assert (row["outcome"], row["text"], row["gap"]) == ("gated", "", None)


@pytest.mark.parametrize(
    ("names", "missing", "language"),
    [("护理 占星", "占星", "zh"), ("nursing and <astrology>", "<astrology>", "en")],
)
async def test_a_comparison_names_what_is_no_major(
    talk: Conversation, real_brain: Brain, names: str, missing: str, language: Any
) -> None:
    sent = only(await talk.say(f"/compare {names}"))
    said = real_brain.wording("major.no_such_major", language, name=missing)
    assert sent.shown.startswith(said)
    assert sent.buttons
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["gap"]) == ("missed", None, "not_in_catalogue")


async def test_a_class_in_a_comparison_is_offered_in_its_place(talk: Conversation) -> None:
    offer = only(await talk.say("/compare 助产 护理类"))
    assert entries_of(offer) == ["class:7202", None]
    (row,) = talk.stored()
    assert (row["outcome"], row["gap"]) == ("offered", None)


# -- everywhere


@pytest.mark.parametrize("text", ["/majors", "/major 护理", "/compare 护理 助产"])
async def test_a_command_in_a_group_is_answered_as_a_reply(talk: Conversation, text: str) -> None:
    message = talk.make_message(text, chat_id=-100, message_id=31)
    sent = only(await talk.receive(message=message))
    assert sent.values["reply_parameters"]["message_id"] == 31


@pytest.mark.parametrize("text", ["/majors@another_bot", "护理", "520201", "/mayors"])
async def test_what_is_for_others_in_a_group_is_left_alone(talk: Conversation, text: str) -> None:
    message = talk.make_message(text, chat_id=-100)
    assert await talk.receive(message=message) == []


@pytest.mark.parametrize("command", ["/major", "/compare"])
@pytest.mark.parametrize(("text", "language"), [("我不想活了", "zh"), ("I want to die", "en")])
async def test_distress_is_heard_behind_a_command_too(
    talk: Conversation, real_brain: Brain, command: str, text: str, language: Any
) -> None:
    sent = only(await talk.say(f"{command} {text}"))
    assert sent.shown == real_brain.wording("chat.distress", language)


_TEXT = st.lists(    st.sampled_from(
        [
            "护理", "助产", "nursing", "<b>", "&", "</a>", "{name}", ",", "、", " vs ", "和", " ",
            "本科", "520201", "学费", "类", "\n", "k", "占星", "\x00", "🎓",
        ]
    )
    | st.text(st.characters(codec="utf-8"), max_size=5),
    max_size=30,
).map("".join)  # fmt: skip


@given(text=_TEXT, command=st.sampled_from(["/major ", "/compare ", ""]))
@example(text="<b>&" * 900, command="/major ")
@example(text="<b>&，" * 800, command="/compare ")
@example(text="护理 " * 1300, command="/compare ")
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_no_text_about_majors_breaks_the_bot_or_its_html(
    talk: Conversation, text: str, command: str
) -> None:
    calls = await talk.say(command + text) if command + text else []
    assert talk.faults == []
    assert len(calls) <= 1
    for sent in calls:
        assert sent.method == "sendMessage"
        assert len(sent.shown) <= 4096
