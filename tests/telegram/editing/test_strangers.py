"""Whoever is no editor learns nothing: neither that there are commands, nor what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.telegram.editing.buttons import OnGap, OnTrial, TakeBack, ToList, encode
from tests.botapi.updates import make_message, make_user
from tests.telegram.editing.conftest import EDITOR, STRANGER

if TYPE_CHECKING:
    from bot.telegram.editing.buttons import EditorButton
    from tests.telegram.editing.conftest import Actor, Room

_MISSED = "Do apprentices get dental insurance?"


@pytest.fixture
def stranger(room: Room) -> Actor:
    return room.somebody(STRANGER)


@pytest.mark.parametrize("command", ["missed", "stats", "why", "why is it so"])
async def test_an_editors_command_is_an_unknown_one_to_a_stranger(
    room: Room, stranger: Actor, command: str
) -> None:
    await room.somebody(1).say(_MISSED)
    await stranger.say("/nosuchcommand")
    unknown = stranger.text
    await stranger.say(f"/{command}")
    assert stranger.text == unknown


async def test_the_link_to_a_gap_greets_a_stranger(
    room: Room, editor: Actor, stranger: Actor
) -> None:
    await room.somebody(1).say(_MISSED)
    await editor.say("/missed")
    await stranger.say("/start nothing")
    greeting = stranger.text
    await stranger.say(f"/start g_{_gap_of(editor)}")
    assert stranger.text == greeting


@pytest.mark.parametrize("kind", ["list", "show", "take", "answer", "trial", "undo"])
async def test_a_forged_button_is_an_unknown_one_to_a_stranger(
    room: Room, editor: Actor, stranger: Actor, kind: str
) -> None:
    await room.somebody(1).say(_MISSED)
    await editor.say("/missed")
    gap = _gap_of(editor)
    forged: dict[str, EditorButton] = {
        "list": ToList(),
        "show": OnGap(action="show", gap=gap, seen=1),
        "take": OnGap(action="take", gap=gap, seen=1),
        "answer": OnGap(action="answer", gap=gap, seen=1),
        "trial": OnTrial(action="confirm", trial="t00000000"),
        "undo": TakeBack(line=1),
    }
    await stranger.say("hello")
    unknown = await stranger.press("9:unknown", stranger.ours[-1].message)
    await stranger.say("hello")
    data = encode(forged[kind])
    assert data is not None
    pressed = await stranger.press(data, stranger.ours[-1].message)
    assert [one.method for one in pressed] == [one.method for one in unknown]
    assert [one.text for one in pressed] == [one.text for one in unknown]
    assert room.read("SELECT * FROM decisions") == []
    assert room.read("SELECT * FROM drafts") == []


async def test_what_a_stranger_types_is_a_question_while_an_editor_writes(
    room: Room, editor: Actor, stranger: Actor
) -> None:
    await room.somebody(1).say(_MISSED)
    await editor.say("/missed")
    await editor.tap("1")
    await editor.tap("✍️")
    await stranger.say("How many majors are there?")
    assert "The answer on" in stranger.text
    (draft,) = room.read("SELECT * FROM drafts")
    assert draft["editor"] == EDITOR
    assert "majors" not in draft["data"]


async def test_in_a_group_an_editor_is_anybody(room: Room, editor: Actor) -> None:
    """Others read along there."""
    await room.somebody(1).say(_MISSED)
    group = -7002
    message = make_message(
        "/missed@voced_test_bot", chat_id=group, message_id=1, **{"from": make_user(EDITOR)}
    )
    await room.receive(message=message)
    assert _MISSED not in room.api.screen(group)[-1].text


async def test_a_forged_button_gets_an_editor_kind_words(room: Room, editor: Actor) -> None:
    """It was never made, is from another version, or names what is not there."""
    say = room.assistant.say
    for data in ("e1:", "e1:zz", "e2:l:p:0", "e1:l:p:-1", "e1:g:s:gzzzzzzzz:1:", "e1:t:c:t1"):
        await editor.say("hello")
        await editor.press(data, editor.ours[-1].message)
        assert editor.text == say("choice_gone", "en")
    for button, words in (
        (OnGap(action="show", gap="g00000000", seen=1), "There is no gap 'g00000000'."),
        (OnGap(action="take", gap="g00000000", seen=1), "There is no gap 'g00000000'."),
        (OnGap(action="go_on", gap="g00000000", seen=1), "That is over."),
        (OnGap(action="try", gap="g00000000", seen=1), "That is over."),
        (OnGap(action="source", gap="g00000000", seen=1, argument="made"), "That is over."),
        (OnGap(action="toggle", gap="g00000000", seen=1, argument="x"), "That is over."),
        (OnGap(action="towards", gap="g00000000", seen=1, argument="x"), "That is over."),
        (OnTrial(action="confirm", trial="t00000000"), "That is over."),
        (OnTrial(action="insist", trial="t00000000"), "That is over."),
        (OnTrial(action="drop", trial="t00000000"), "All right, nothing was changed."),
        (TakeBack(line=77), "The journal has no line 77."),
    ):
        await editor.say("hello")
        data = encode(button)
        assert data is not None
        await editor.press(data, editor.ours[-1].message)
        assert editor.text.startswith(words)
    assert room.read("SELECT * FROM decisions") == []


def _gap_of(editor: Actor) -> str:
    return editor.data_of("1").split(":")[3]
