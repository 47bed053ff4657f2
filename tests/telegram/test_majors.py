"""Conversations about majors: as a question, by command, and by buttons through the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.telegram.buttons import Press, decode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_CARD = {"zh": "护理 · Nursing\n\n", "en": "Nursing · 护理\n\n"}


@pytest.fixture
async def talk(
    open_conversation: OpenConversation, real_brain: Brain
) -> AsyncIterator[Conversation]:
    """Yield a conversation about the catalogue that comes with voced."""
    async with open_conversation(real_brain) as conversation:
        yield conversation


def _only(calls: list[Call], method: str = "sendMessage") -> Call:
    assert [call.method for call in calls] == [method]
    return calls[0]


def _entries(call: Call) -> list[str | None]:
    """Return the entries that the buttons under a message lead to; each must be one of ours."""
    return [entry for entry, _ in _ways_on(call)]


def _ways_on(call: Call) -> list[tuple[str | None, str]]:
    """Return the entry and the data of each button that leads somewhere."""
    data = [button["callback_data"] for button in call.buttons if "callback_data" in button]
    pressed = [(decode(one), one) for one in data]
    assert all(button is not None for button, _ in pressed)
    return [(button.entry, one) for button, one in pressed if isinstance(button, Press)]


def _data_of(call: Call, entry: str) -> str:
    return dict(_ways_on(call))[entry]


async def _press(talk: Conversation, call: Call, entry: str, *, is_late: bool = False) -> Call:
    """Press the button of `entry`, still there or not; the message must change in place."""
    press = talk.press_off_screen if is_late else talk.press
    confirmed, edited = await press(_data_of(call, entry))
    assert (confirmed.method, edited.method) == ("answerCallbackQuery", "editMessageText")
    return edited


# -- questions


@pytest.mark.parametrize(
    ("question", "language", "entry", "start"),
    [
        ("护理", "zh", "major:720201", _CARD["zh"]),
        ("護理", "zh", "major:720201", "護理 · Nursing\n\n"),
        ("nursing", "en", "major:720201", _CARD["en"]),
        ("520201", "en", "major:520201", _CARD["en"]),
        ("520202K", "en", "major:520202", "Midwifery · 助产\n\n"),
        ("huli", "zh", "major:720201", _CARD["zh"]),
        ("hu li", "en", "major:720201", _CARD["en"]),
        ("护士", "zh", "major:720201", _CARD["zh"]),
        ("she wants to be a nurse", "en", "major:720201", _CARD["en"]),
        ("护理 本科", "zh", "major:320201", _CARD["zh"]),
        ("nursing bachelor", "en", "major:320201", _CARD["en"]),
        ("护理专业要读几年", "zh", "major:720201", "护理 · Nursing\n\n护理要读几年："),
        ("code of nursing", "en", "major:720201", "Nursing · 护理\n\nCode of Nursing: "),
        ("护理类", "zh", "class:7202", "护理类"),
        ("护理和助产有什么区别", "zh", "compare:520201,520202", "护理 与 助产\n\n"),
        ("compare nursing and midwifery", "en", "compare:520201,520202", "Nursing and Midwifery"),
        ("大专里有哪些计算机专业", "zh", "class:5102", "计算机类"),
        ("how many nursing majors are there at bachelor level", "en", "class:3202", "Nursing"),
    ],
)
async def test_a_major_is_answered_however_it_is_asked(
    talk: Conversation, question: str, language: Any, entry: str, start: str
) -> None:
    """By name, code, pinyin, alias, class and level; for one thing, side by side, as a list."""
    sent = _only(await talk.say(question, language=language))
    assert sent.shown.startswith(start)
    assert sent.is_html
    assert "<blockquote expandable>" in sent.text
    (row,) = talk.stored()
    assert (row["text"], row["language"], row["outcome"], row["entry"], row["gap"]) == (
        question, language, "answered", entry, None,
    )  # fmt: skip


async def test_the_other_levels_of_a_card_are_a_press_away(talk: Conversation) -> None:
    card = _only(await talk.say("护理"))
    assert _entries(card) == ["major:520201", "major:320201", "class:7202", "category:72"]
    bachelor = await _press(talk, card, "major:320201")
    assert bachelor.shown.startswith(f"{_CARD['zh']}・职业本科；320201")
    assert "720201" not in bachelor.shown
    (row,) = talk.stored()
    assert (row["entry"], row["chosen"]) == ("major:720201", None)


@pytest.mark.parametrize(("question", "language"), [("汽修", "zh"), ("drone stuff", "en")])
async def test_a_word_for_several_majors_offers_them(
    talk: Conversation, real_brain: Brain, question: str, language: Any
) -> None:
    offer = _only(await talk.say(question))
    *choices, none_of_these = _entries(offer)
    assert offer.shown == real_brain.wording("major.which", language)
    assert none_of_these is None
    assert 1 < len(choices) <= 3
    assert choices[0] is not None
    card = await _press(talk, offer, choices[0])
    assert choices[0].removeprefix("major:") in card.shown
    (row,) = talk.stored()
    assert (row["outcome"], row["chosen"], row["gap"]) == ("offered", choices[0], None)


@pytest.mark.parametrize(("question", "language"), [("占星专业", "zh"), ("astrology major", "en")])
async def test_a_major_that_does_not_exist_is_said_not_to(
    talk: Conversation, real_brain: Brain, question: str, language: Any
) -> None:
    """The nearest are offered, and editors see the question."""
    sent = _only(await talk.say(question))
    assert sent.shown.startswith(real_brain.wording("major.not_listed_at_all", language))
    *choices, none_of_these = _entries(sent)
    assert 1 <= len(choices) <= 3
    assert none_of_these is None
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["reason"], row["gap"]) == (
        "missed", None, "not_in_catalogue", "not_in_catalogue",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "language"), [("助产学费多少", "zh"), ("midwifery tuition", "en")]
)
async def test_what_the_catalogue_lacks_is_said_over_the_card(
    talk: Conversation, real_brain: Brain, question: str, language: Any
) -> None:
    """Nothing is invented, and editors see the question."""
    sent = _only(await talk.say(question))
    name = {"zh": "助产", "en": "Midwifery"}[language]
    assert real_brain.wording("major.not_held", language, name=name) in sent.shown
    assert "520202" in sent.shown
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["reason"], row["gap"]) == (
        "answered", "major:520202", "not_in_catalogue", "not_in_catalogue",
    )  # fmt: skip


# -- /majors


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_catalogue_is_browsed_down_to_a_card_and_back(
    talk: Conversation, real_brain: Brain, language: Any
) -> None:
    """Always in the same message, and nothing of it is a question."""
    say = real_brain.wording
    root = _only(await talk.say("/majors", language=language))
    assert root.shown.startswith(say("major.browse.title", language))
    assert root.buttons[-1]["text"] == say("major.next_page", language)
    second = await _press(talk, root, "browse/2")
    both = [button["text"] for button in second.values["reply_markup"]["inline_keyboard"][-1]]
    assert both == [say("major.previous_page", language), say("major.next_page", language)]
    category = await _press(talk, second, "category:72")
    assert {"category:52", "category:32"} <= set(_entries(category))
    diploma = await _press(talk, category, "category:52")
    group = await _press(talk, diploma, "class:5202")
    assert _entries(group)[-1] == "category:52"
    card = await _press(talk, group, "major:520202")
    assert card.shown.startswith({"zh": "助产 · Midwifery", "en": "Midwifery · 助产"}[language])
    back = await _press(talk, card, "class:5202")
    assert back.text == group.text
    back = await _press(talk, back, "category:52")
    back = await _press(talk, back, "browse")
    assert back.text == root.text
    assert talk.stored() == []


async def test_a_page_is_opened_after_a_restart(
    open_conversation: OpenConversation, real_brain: Brain
) -> None:
    """A button carries everything it needs."""
    async with open_conversation(real_brain) as talk:
        root = _only(await talk.say("/majors"))
    async with open_conversation(real_brain) as talk:
        page = await _press(talk, root, "browse/2")
    assert page.shown.startswith(real_brain.wording("major.browse.title", "en"))


async def test_a_second_press_on_a_page_changes_nothing(talk: Conversation) -> None:
    root = _only(await talk.say("/majors"))
    await _press(talk, root, "browse/2")
    await _press(talk, root, "browse/2", is_late=True)


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


# -- /major


@pytest.mark.parametrize(
    ("text", "entry", "start"),
    [
        ("/major 护理", "major:720201", _CARD["zh"]),
        ("/major@voced_test_bot 护理", "major:720201", _CARD["zh"]),
        ("/major\nnursing", "major:720201", _CARD["en"]),
        ("/major 520201", "major:520201", _CARD["en"]),
        ("/major huli", "major:720201", _CARD["zh"]),
        ("/major 护理 本科", "major:320201", _CARD["zh"]),
        ("/major 护理类", "class:7202", "护理类"),
        ("/major 护理 助产", "compare:520201,520202", "护理 与 助产"),
    ],
)
async def test_a_major_is_looked_up(talk: Conversation, text: str, entry: str, start: str) -> None:
    """What is stored is the text without the command, as if it was asked."""
    sent = _only(await talk.say(text))
    assert sent.shown.startswith(start)
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["gap"]) == ("answered", entry, None)
    assert not row["text"].startswith("/")


async def test_a_command_typed_without_a_space_is_answered_as_a_question(
    talk: Conversation,
) -> None:
    """Chinese is typed without; Telegram sees no command in it."""
    sent = _only(await talk.say("/major护理"))
    assert sent.shown.startswith(_CARD["zh"])


@pytest.mark.parametrize(("text", "language"), [("/major 占星", "zh"), ("/major astrology", "en")])
async def test_a_name_that_is_no_major_is_said_to_be_none(
    talk: Conversation, real_brain: Brain, text: str, language: Any
) -> None:
    """Though nothing in it says that it means a major: the command does."""
    sent = _only(await talk.say(text))
    assert sent.shown.startswith(real_brain.wording("major.not_listed_at_all", language))
    (row,) = talk.stored()
    assert (row["outcome"], row["gap"]) == ("missed", "not_in_catalogue")


async def test_a_major_among_unknown_words_is_offered(
    talk: Conversation, real_brain: Brain
) -> None:
    """Never a wrong card."""
    offer = _only(await talk.say("/major 护理占星"))
    assert offer.shown == real_brain.wording("major.which", "zh")
    assert _entries(offer) == ["major:720201", None]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("command", "key"), [("/major", "telegram.major"), ("/compare", "major.compare_how")]
)
async def test_a_command_without_a_name_says_how_to_use_it(
    talk: Conversation, real_brain: Brain, command: str, key: str, language: Any
) -> None:
    for text in (command, f"{command}  ", f"{command}@voced_test_bot"):
        sent = _only(await talk.say(text, language=language))
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
    sent = _only(await talk.say(f"/compare {names}"))
    codes = entry.removeprefix("compare:").split(",")
    assert all(code in sent.shown for code in codes)
    assert "[1]" in sent.shown
    assert _entries(sent) == [f"major:{code}" for code in codes]
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
    sent = _only(await talk.say(f"/compare {names}"))
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
    sent = _only(await talk.say(f"/compare {names}"))
    said = real_brain.wording("major.no_such_major", language, name=missing)
    assert sent.shown.startswith(said)
    assert sent.buttons
    (row,) = talk.stored()
    assert (row["outcome"], row["entry"], row["gap"]) == ("missed", None, "not_in_catalogue")


async def test_a_class_in_a_comparison_is_offered_in_its_place(talk: Conversation) -> None:
    offer = _only(await talk.say("/compare 助产 护理类"))
    assert _entries(offer) == ["class:7202", None]
    (row,) = talk.stored()
    assert (row["outcome"], row["gap"]) == ("offered", None)


# -- everywhere


@pytest.mark.parametrize("text", ["/majors", "/major 护理", "/compare 护理 助产"])
async def test_a_command_in_a_group_is_answered_as_a_reply(talk: Conversation, text: str) -> None:
    message = talk.make_message(text, chat_id=-100, message_id=31)
    sent = _only(await talk.receive(message=message))
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
    sent = _only(await talk.say(f"{command} {text}"))
    assert sent.shown == real_brain.wording("chat.distress", language)


_TEXT = st.lists(
    st.sampled_from(
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
