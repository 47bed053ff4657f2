"""Editors answer on Telegram what was missed, and see first what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram.editing.conftest import EDITOR

if TYPE_CHECKING:
    from tests.telegram.editing.conftest import Actor, OpenRoom, Room

_MISSED = "Do apprentices get dental insurance?"


async def _miss(room: Room, *users: int) -> None:
    for user in users:
        await room.somebody(user).say(_MISSED)


async def _write_answer(editor: Actor) -> None:
    await editor.say("Apprentices are insured")
    await editor.say("They are insured at 3 places in 2026.")
    await editor.tap("Skip")


async def test_an_editor_answers_a_gap_and_it_is_in_force_at_once(
    room: Room, editor: Actor
) -> None:
    await _miss(room, 1, 2)
    await editor.say("/missed")
    assert _MISSED in editor.text
    await editor.tap("1")
    assert "open" in editor.text
    await editor.tap("✍️")
    await _write_answer(editor)
    assert "Which source" in editor.text
    await editor.say("made")
    await editor.tap("‘A made")
    assert "That is all" in editor.text
    await editor.tap("▶")
    await editor.tap("Made-up things")
    await editor.tap("▶")
    previews = [one.text for one in editor.ours[-3:-1]]
    assert all("They are insured at 3 places in 2026." in one for one in previews)
    assert editor.text.startswith("fixes 2, changes 0, breaks 0")
    await editor.tap("✅")
    assert editor.text.startswith("Done")
    asker = room.somebody(3)
    await asker.say(_MISSED)
    assert "They are insured at 3 places in 2026." in asker.text
    await editor.say("/missed")
    assert editor.text == "No gap waits for an editor."


async def test_the_dialogue_goes_on_after_a_restart(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await _miss(room, 1)
        editor = room.somebody(EDITOR)
        await editor.say("/missed")
        await editor.tap("1")
        await editor.tap("✍️")
        await editor.say("Apprentices are insured")
    async with open_room() as room:
        editor = room.somebody(EDITOR)
        await editor.say("They are insured at 3 places in 2026.")
        await editor.tap("Skip")
        await editor.say("made")
        await editor.tap("‘A made")
        await editor.tap("▶")
        await editor.tap("Made-up things")
        await editor.tap("▶")
        assert editor.text.startswith("fixes 1")
    async with open_room() as room:
        editor = room.somebody(EDITOR)
        await editor.tap("✅")
        assert "I'm trying it again" in "".join(one.text for one in editor.ours[-5:])
        await editor.tap("✅")
        assert editor.text.startswith("Done")
        asker = room.somebody(3)
        await asker.say(_MISSED)
        assert "They are insured at 3 places in 2026." in asker.text
