"""Editors see how the bot does, and why it answers as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.telegram.editing.conftest import EDITOR

if TYPE_CHECKING:
    from tests.telegram.editing.conftest import Actor, Room


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_stats_are_a_picture_and_a_table(room: Room, language: str) -> None:
    await room.somebody(1).say("How many majors are there?")
    await room.somebody(1).tap("👍")
    await room.somebody(2).say("Do apprentices get dental insurance?")
    editor = room.somebody(EDITOR, language)
    picture, table = await editor.say("/stats")
    say = room.assistant.say
    assert picture.method == "sendPhoto"
    assert picture.values["photo"].content.startswith(b"\x89PNG")
    assert picture.values["caption"] == say("health.title", language)  # type: ignore[arg-type]
    assert table.method == "sendMessage"
    shown = editor.text
    assert "[number-of-majors]" in shown
    assert "100% (1 👍 0 👎" in shown
    # One was answered, one missed: the sums of the five columns.
    assert next(line for line in shown.split("\n") if line.startswith("=")).split() == [
        "=", "1", "0", "0", "1", "0",
    ]  # fmt: skip


async def test_why_as_a_reply_to_an_answer_explains_it(room: Room, editor: Actor) -> None:
    await editor.say("How many majors are there?")
    answer = editor.ours[-1].message
    await editor.say("/why", reply_to_message=answer)
    assert editor.text.startswith("Question: How many majors are there?")
    assert "number-of-majors" in editor.text
    assert room.assistant.knowledge.version in editor.text


async def test_why_explains_a_question_behind_it_and_records_nothing(
    room: Room, editor: Actor
) -> None:
    await editor.say("/why how many majors are there")
    assert editor.text.startswith("Question: how many majors are there")
    assert room.read("SELECT * FROM questions") == []


async def test_why_explains_a_message_of_ones_own(room: Room, editor: Actor) -> None:
    await editor.say("How many majors are there?")
    question = next(one.message for one in editor.screen if not one.is_ours)
    await editor.say("/why", reply_to_message=question)
    assert editor.text.startswith("Question: How many majors are there?")


async def test_why_alone_says_how_it_is_used(room: Room, editor: Actor) -> None:
    await editor.say("/why")
    how = room.assistant.say("editing.why_how", "en")
    assert editor.text == how
    await editor.say("/help")
    await editor.say("/why", reply_to_message=editor.ours[-1].message)
    assert editor.text == how
