"""An editor sees and deletes what is held about them, and the work goes on without them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.telegram.editing.conftest import Actor, Room


async def test_an_editor_is_shown_and_forgotten_with_drafts_and_decisions(
    room: Room, editor: Actor, second_editor: Actor
) -> None:
    await room.somebody(1).say("Do apprentices get dental insurance?")
    await room.look()
    await editor.say("/missed")
    await editor.tap("1")
    await editor.tap("Take it")
    await editor.tap("✍️")
    await editor.say("Apprentices are insured")

    (sent,) = await editor.say("/mydata")
    held = json.loads(sent.values["document"].content)
    assert [one["editor"] for one in held["drafts"]] == [editor.user_id]
    assert [one["state"] for one in held["taken"]] == ["assigned"]
    assert [one["action"] for one in held["decisions"]] == ["take"]

    await editor.say("/forget")
    for key in ("drafts", "taken", "decisions"):
        assert room.assistant.say(f"forgotten.{key}", "en", count=1) in editor.text
    await second_editor.say("/missed")
    await second_editor.tap("1")
    assert "Taken by:" not in second_editor.text
    assert str(editor.user_id) not in second_editor.text
    assert room.assistant.say("editing.forgotten_editor", "en") in second_editor.text
