"""What the running bot does by itself: telling people, showing progress, presenting commands."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram import Chat

from bot.telegram.editing.dialogue.progress import progress_line
from bot.telegram.editing.turn import Turn
from bot.telegram.showing.voice import Voice
from bot.telegram.telling import keep_telling
from tests.botapi.trouble.faults import Silence
from tests.telegram.editing.conftest import EDITOR, SECOND_EDITOR

if TYPE_CHECKING:
    from tests.botapi.server import BotApi
    from tests.telegram.editing.conftest import Actor, OpenRoom, Room

_MISSED = "Do apprentices get dental insurance?"
_PRESENTED = ("missed", "stats", "why")


async def _link(editor: Actor) -> None:
    await editor.say("/missed")
    await editor.tap("1")
    await editor.tap("Link to")
    await editor.say("number-of-majors")
    await editor.tap("✅")


async def test_the_running_bot_tells_whoever_waits_as_soon_as_there_is_an_answer(
    room: Room, editor: Actor
) -> None:
    asker = room.somebody(1)
    await asker.say(_MISSED)
    await asker.tap(asker.labels[-1])
    async with keep_telling(room.application.bot, room.assistant):
        await _link(editor)
        told = await room.api.wait_for("sendMessage", number=2, chat_id=1)
    assert "A while ago you asked" in told.text
    (telling,) = room.read("SELECT state, chat_id, asker FROM tellings")
    assert telling == {"state": "told", "chat_id": None, "asker": None}


@pytest.mark.parametrize(
    ("tongue", "words"), [("zh", "你之前问过一个我没能回答"), ("zt", "你之前問過一個我沒能回答")]
)
async def test_people_are_told_in_the_script_they_asked_in(
    room: Room, editor: Actor, tongue: str, words: str
) -> None:
    asker = room.somebody(1, "zh")
    await asker.say({"zh": "学徒有没有看牙的保险", "zt": "學徒有沒有看牙的保險"}[tongue])
    await asker.tap(asker.labels[-1])
    await _link(editor)
    assert await room.tell_everybody() == 1
    assert asker.text.startswith(words)
    assert {"👍", "👎"} <= set(asker.labels)


async def test_a_flood_lets_the_message_wait_and_doubles_none(room: Room, editor: Actor) -> None:
    asker = room.somebody(1)
    await asker.say(_MISSED)
    await asker.tap(asker.labels[-1])
    await _link(editor)
    before = len(asker.ours)
    room.api.refuse("sendMessage", 429, "Too Many Requests", chat_id=1, retry_after=9)
    assert await room.tell_everybody() == 1
    assert await room.tell_everybody() == 0
    assert len(asker.ours) == before
    assert await room.tell_everybody(after=timedelta(seconds=10)) == 1
    assert len(asker.ours) == before + 1


async def test_an_answer_that_may_have_arrived_is_not_sent_again(room: Room, editor: Actor) -> None:
    asker = room.somebody(1)
    await asker.say(_MISSED)
    await asker.tap(asker.labels[-1])
    await _link(editor)
    room.api.faults.plant("sendMessage", Silence(is_done=True), times=1, chat_id=1)
    assert await room.tell_everybody() == 1
    assert await room.tell_everybody() == 0
    (telling,) = room.read("SELECT state FROM tellings")
    assert telling == {"state": "unsure"}


async def test_editors_alone_are_shown_their_commands(room: Room) -> None:
    shown = {
        json.loads(scope).get("chat_id"): [one["command"] for one in commands]
        for (scope, code), commands in room.api.account.profile.commands.items()
        if code == "zh"
    }
    for editor in (EDITOR, SECOND_EDITOR):
        assert shown[editor][:3] == list(_PRESENTED)
        assert "help" in shown[editor]
    assert not set(_PRESENTED) & set(shown[None])


async def test_an_editor_who_had_never_written_sees_their_commands_once_they_do(
    bot_api: BotApi, open_room: OpenRoom
) -> None:
    bot_api.refuse("setMyCommands", 400, "Bad Request: chat not found", times=8)
    async with open_room() as room:
        shown = room.api.account.profile.commands
        assert shown == {}
        await room.somebody(1).say("/help")
        assert {one.method for one in await room.somebody(EDITOR).say("/help")} >= {
            "sendMessage",
            "setMyCommands",
        }
        assert [json.loads(scope).get("chat_id") for scope, _ in shown] == [EDITOR, EDITOR]
        (answered,) = await room.somebody(EDITOR).say("/help")
        assert answered.method == "sendMessage"


async def test_a_trial_shows_how_far_it_is(room: Room, editor: Actor) -> None:
    chat = Chat(EDITOR, "private")
    chat.set_bot(room.application.bot)
    voice = Voice(room.assistant.say, "en")
    turn = Turn(desk=room.assistant.desk, actor=EDITOR, chat=chat, voice=voice)
    async with progress_line(turn, pause_s=0) as line:
        assert editor.text == "Trying it, one moment…"
        line.note(50, 200)
        await room.api.wait_for("editMessageText", chat_id=EDITOR)
        assert editor.text == "Trying it: 50 of 200"


async def test_progress_that_can_not_be_shown_ends_no_trial(room: Room, editor: Actor) -> None:
    chat = Chat(EDITOR, "private")
    chat.set_bot(room.application.bot)
    voice = Voice(room.assistant.say, "en")
    turn = Turn(desk=room.assistant.desk, actor=EDITOR, chat=chat, voice=voice)
    async with progress_line(turn, pause_s=0) as line:
        room.api.refuse("editMessageText", 400, "Bad Request: chat is odd")
        line.note(50, 200)
        await room.api.wait_for("editMessageText", chat_id=EDITOR)
    assert editor.text == "Trying it, one moment…"
