"""What no bot may do is found, and what is right is let through."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.botapi.judging.inline import find_fault_of_inline
from tests.botapi.judging.markup import find_fault_of_buttons, find_fault_of_commands
from tests.botapi.judging.schema import (
    decode_form,
    find_faults_of_call,
    find_faults_of_result,
    find_faults_of_update,
)
from tests.botapi.judging.text import BadHtmlError, find_entities, is_blank, read_html, read_text
from tests.botapi.updates import make_message, make_question, make_user

_BUTTON = {"text": "yes", "callback_data": "1"}


# -- shapes


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("getMe", {}),
        ("sendMessage", {"chat_id": "7001", "text": "hello", "parse_mode": "HTML"}),
        ("sendMessage", {"chat_id": 7, "text": "a", "reply_markup": {"inline_keyboard": []}}),
        ("answerCallbackQuery", {"callback_query_id": "1"}),
        ("SENDCHATACTION", {"chat_id": 7, "action": "typing"}),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}]}),
    ],
)
def test_a_right_call_has_no_fault(method: str, values: dict[str, Any]) -> None:
    assert find_faults_of_call(method, values) == []


@pytest.mark.parametrize(
    ("method", "values", "fault"),
    [
        ("sendNothing", {}, "sendNothing: there is no such method"),
        ("sendMessage", {"chat_id": 1}, "sendMessage: text: Field required"),
        ("sendMessage", {"chat_id": 1, "text": "a", "x": 1}, "sendMessage: x: there is no such"),
        ("editMessageText", {"text": "a", "message_id": "five"}, "editMessageText: message_id: "),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"txt": "b"}]]}},
            "sendMessage: reply_markup",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "link_preview_options": {"disabled": True}},
            "sendMessage: link_preview_options.disabled: there is no such field",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "all"}},
            "setMyCommands: scope",
        ),
    ],
)
def test_a_wrong_call_is_named_with_the_place(
    method: str, values: dict[str, Any], fault: str
) -> None:
    assert any(one.startswith(fault) for one in find_faults_of_call(method, values))


def test_only_what_is_an_object_or_a_list_is_read_from_a_form_as_json() -> None:
    rows = {"inline_keyboard": [[_BUTTON]]}
    form = {"chat_id": "1", "text": "[1]", "reply_markup": json.dumps(rows)}
    assert decode_form("sendMessage", form) == {"chat_id": "1", "text": "[1]", "reply_markup": rows}
    broken = decode_form("sendMessage", {"chat_id": "1", "text": "a", "reply_markup": "{"})
    assert find_faults_of_call("sendMessage", broken)


def test_an_update_that_telegram_would_not_send_is_named() -> None:
    assert find_faults_of_update(make_question("hello")) == []
    assert find_faults_of_update({"update_id": 1, "mind_read": {}}) == [
        "update: mind_read: there is no such field"
    ]
    nameless = make_message("hello", **{"from": {"id": 1, "is_bot": False}})
    (fault,) = find_faults_of_update({"update_id": 1, "message": nameless})
    assert "first_name" in fault


def test_the_answers_of_the_server_itself_are_judged() -> None:
    assert find_faults_of_result("sendMessage", make_message("hello")) == []
    assert find_faults_of_result("sendMessage", {"message_id": 1})
    assert find_faults_of_result("getMe", make_user()) == []


# -- text


@pytest.mark.parametrize(
    ("html", "text", "tags"),
    [
        ("<b>a</b> &lt;b&gt; &amp;", "a <b> &", {"b": 1}),
        ('<a href="https://x.org/?a=1&amp;b=&lt;2&gt;">l</a>', "l", {"a": 1}),
        ("<blockquote expandable><b>S</b>\nx</blockquote>", "S\nx", {"blockquote": 1, "b": 1}),
        ("🎓<i>x</i>", "🎓x", {"italic": 1}),
    ],
)
def test_html_is_read_as_people_see_it(html: str, text: str, tags: dict[str, int]) -> None:
    read = read_html(html)
    assert (read.text, read.tags) == (text, Counter(tags))


@pytest.mark.parametrize(
    "html",
    ["<b>a", "a</b>", "<b><i>a</b></i>", "a < b", "<script>a</script>", "<div>a</div>", "<b", "<>"],
)
def test_broken_html_is_refused(html: str) -> None:
    with pytest.raises(BadHtmlError, match="can't parse entities"):
        read_html(html)


def test_a_link_to_a_person_is_one() -> None:
    (entity,) = read_html('<a href="tg://user?id=7">7</a>').entities
    assert (entity["type"], entity["user"]["id"]) == ("text_mention", 7)


@pytest.mark.parametrize("address", ["x", "javascript:alert(1)", ""])
def test_a_link_that_telegram_drops_is_a_fault(address: str) -> None:
    with pytest.raises(BadHtmlError, match="a link leads nowhere"):
        read_html(f'<a href="{address}">a</a>')


def test_a_way_of_writing_that_telegram_does_not_know_is_refused() -> None:
    with pytest.raises(BadHtmlError, match="unsupported parse_mode"):
        read_text("a", "RTF")


@given(text=st.text(st.characters(codec="utf-8")))
def test_escaped_text_is_read_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    read = read_html(f"<b>{escaped}</b>")
    assert read.text == text
    assert read_text(text, None).text == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/major 护理", [("bot_command", 0, 6)]),
        ("/major护理", []),
        ("/help@voced_test_bot", [("bot_command", 0, 20)]),
        ("hi @voced_test_bot: see https://x.org", [("mention", 3, 15), ("url", 24, 13)]),
        ("🎓 /start", [("bot_command", 3, 6)]),
        ("nothing", []),
    ],
)
def test_commands_names_and_links_are_found_as_on_telegram(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    entities = [(one["type"], one["offset"], one["length"]) for one in find_entities(text)]
    assert entities == found
    assert make_message(text).get("entities", []) == list(find_entities(text))


@pytest.mark.parametrize("text", ["", " \n", "\x00", "\u200b\ufeff", "\t\r\n"])
def test_what_nobody_can_see_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}.")


# -- rules that have no model


@pytest.mark.parametrize(
    "button",
    [
        {"text": " ", "callback_data": "1"},
        {"text": "a"},
        {"text": "a", "callback_data": ""},
        {"text": "a", "callback_data": "x" * 65},
        {"text": "a", "callback_data": "护" * 22},
        {"text": "a", "callback_data": "1", "url": "https://x.org"},
        {"text": "a", "url": "javascript:alert(1)"},
    ],
)
def test_a_button_that_telegram_refuses_is_found(button: dict[str, str]) -> None:
    assert find_fault_of_buttons({"inline_keyboard": [[button]]})
    assert find_fault_of_buttons({"inline_keyboard": [[_BUTTON]]}) is None
    assert find_fault_of_buttons(None) is None


def test_too_many_buttons_are_refused() -> None:
    assert find_fault_of_buttons({"inline_keyboard": [[_BUTTON]] * 101})
    assert find_fault_of_buttons({"inline_keyboard": [[_BUTTON] * 9]})
    assert find_fault_of_buttons({"inline_keyboard": [[_BUTTON] * 8] * 12}) is None


@pytest.mark.parametrize(
    "command",
    [
        {"command": "Help", "description": "a"},
        {"command": "帮助", "description": "a"},
        {"command": "help", "description": ""},
        {"command": "help", "description": "a" * 257},
        {"command": "a" * 33, "description": "a"},
    ],
)
def test_a_command_that_telegram_refuses_is_found(command: dict[str, str]) -> None:
    assert find_fault_of_commands([command])
    assert find_fault_of_commands([{"command": "help", "description": "a"}]) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"results": "twice"},
        {"id": "x" * 65},
        {"title": " "},
        {"input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}},
        {"input_message_content": {"message_text": "x" * 4097}},
        {"button": {"text": "a", "start_parameter": "a b"}},
    ],
)
def test_results_that_telegram_refuses_are_found(changed: dict[str, Any]) -> None:
    content = {"message_text": "<b>a</b>", "parse_mode": "HTML"}
    article = {"type": "article", "id": "1", "title": "a", "input_message_content": content}
    assert find_fault_of_inline({"results": [article]}) is None
    results = [article | {k: v for k, v in changed.items() if k in article}]
    button = {"button": changed["button"]} if "button" in changed else {}
    if "results" in changed:
        results *= 2
    assert find_fault_of_inline({"results": results, **button})
