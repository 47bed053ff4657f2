"""How replies look on Telegram."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply import Choice, Cited, Reply
from bot.telegram.buttons import Press, decode
from bot.telegram.rendering import render_buttons, render_html, strip_html
from bot.words.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services import Brain
    from tests.botapi.judging.text import ReadHtml

_SAY = load_wording()
_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
_URLS = st.none() | st.text(st.sampled_from("ab&<>\"'=%?"), max_size=9).map(
    lambda rest: f"https://x.test/{rest}"
)
_CITED = st.builds(
    Cited,
    claim=_TEXT,
    source=_TEXT,
    title=_TEXT,
    publisher=_TEXT,
    date=st.none() | _TEXT,
    at=st.none() | _TEXT,
    url=_URLS,
)
_REPLIES = st.builds(
    Reply,
    question=_TEXT,
    normalised=_TEXT,
    language=st.sampled_from(["zh", "en"]),
    outcome=st.just("answered"),
    blocks=st.lists(_TEXT, min_size=1, max_size=3).map(tuple),
    title=st.none() | _TEXT,
    citations=st.lists(_CITED, max_size=3).map(tuple),
)


def _make_reply(**values: Any) -> Reply:
    usual: dict[str, Any] = {
        "question": "q",
        "normalised": "q",
        "language": "en",
        "outcome": "answered",
        "blocks": ("text",),
    }
    return Reply(**(usual | values))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2999, 1, 1)], ids=["fresh", "due"])
def test_every_answer_fits_into_one_message_of_sound_html(
    real_brain: Brain, read_html: Callable[[str], ReadHtml], language: Any, today: date
) -> None:
    answerer = real_brain.answerer
    for entry, answer in real_brain.knowledge.answers.items():
        reply = answerer.show(entry, language, today=today)
        assert reply is not None
        html = render_html(reply, real_brain.wording)
        read = read_html(html)
        assert len(html) < 4096, entry
        assert read.tags["blockquote"] == 1, entry
        assert read.tags["b"] == 2, entry
        assert read.text.startswith(f"{answer.title.in_(language)}\n\n"), entry
        assert answer.text.in_(language) in read.text, entry


@given(reply=_REPLIES)
def test_no_text_of_a_reply_becomes_a_tag(
    read_html: Callable[[str], ReadHtml], reply: Reply
) -> None:
    html = render_html(reply, _SAY)
    read = read_html(html)
    quotes = 1 if reply.citations else 0
    assert read.tags["b"] == quotes + (1 if reply.title else 0)
    assert read.tags["blockquote"] == quotes
    assert read.tags["a"] <= sum(1 for cited in reply.citations if cited.url)
    assert all(block in read.text for block in reply.blocks)
    assert strip_html(html) == read.text


def test_one_source_is_called_source_and_several_sources() -> None:
    def cite(source: str) -> Cited:
        return Cited(
            claim="c", source=source, title="[A page]", publisher="P", date=None, at=None, url=None
        )

    one = render_html(_make_reply(citations=(cite("a"), cite("a"))), _SAY)
    two = render_html(_make_reply(citations=(cite("a"), cite("b"))), _SAY)
    assert one == "text\n\n<blockquote expandable><b>Source</b>\nA page — P</blockquote>"
    assert two.count("A page — P") == 2
    assert "<b>Sources</b>" in two


def test_a_reply_without_choices_has_no_buttons() -> None:
    assert render_buttons(_make_reply(), _SAY) is None


def test_choices_carry_the_number_of_the_question() -> None:
    choices = (Choice(entry="a", title="A <b>"), Choice(entry="b", title="B"))
    markup = render_buttons(
        _make_reply(outcome="offered", choices=choices, record=12, language="zh"), _SAY
    )
    assert markup is not None
    buttons = [button for row in markup.inline_keyboard for button in row]
    assert [button.text for button in buttons] == ["A <b>", "B", _SAY("none_of_these", "zh")]
    assert [decode(str(button.callback_data)) for button in buttons] == [
        Press(language="zh", record=12, entry=entry) for entry in ("a", "b", None)
    ]


def test_choices_of_a_question_that_was_not_stored_work_too() -> None:
    choices = (Choice(entry="a", title="A"),)
    markup = render_buttons(_make_reply(outcome="offered", choices=choices, record=None), _SAY)
    assert markup is not None
    ((first,), (none_of_these,)) = markup.inline_keyboard
    assert decode(str(first.callback_data)) == Press(language="en", record=None, entry="a")
    assert decode(str(none_of_these.callback_data)) == Press(language="en", record=None, entry=None)


def test_the_pages_before_and_after_stand_side_by_side() -> None:
    """Everything else has a row of its own."""
    menu = tuple(
        Choice(entry=one, title=one) for one in ("class:5202", "browse/1", "browse/3", "x")
    )
    markup = render_buttons(_make_reply(menu=menu), _SAY)
    assert markup is not None
    rows = [[button.text for button in row] for row in markup.inline_keyboard]
    assert rows == [["class:5202"], ["browse/1", "browse/3"], ["x"]]


def test_the_other_levels_of_an_answer_carry_no_question() -> None:
    """Picking one settles nothing, and none of them is wrong."""
    choices = (Choice(entry="major:520201", title="A"),)
    markup = render_buttons(_make_reply(choices=choices, record=12), _SAY)
    assert markup is not None
    (((only),),) = markup.inline_keyboard
    assert decode(str(only.callback_data)) == Press(
        language="en", record=None, entry="major:520201"
    )
