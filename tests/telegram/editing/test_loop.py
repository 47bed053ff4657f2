"""The whole loop: from what three people missed to the answer that each of them is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram.editing.conftest import EDITORS_CHAT, NIGHT

if TYPE_CHECKING:
    from tests.telegram.editing.conftest import Actor, Room

_ASKED = ("Do apprentices get dental insurance?", "do apprentices get dental insurance")
_ANSWER = "They are insured at 3 places in 2026."


async def _answer(editor: Actor) -> None:
    """Write an answer, up to the replay."""
    await editor.tap("✍️")
    await editor.say("Apprentices are insured")
    await editor.say(_ANSWER)
    await editor.tap("Skip")
    await editor.tap("+ New source")
    await editor.say("Insurance of apprentices")
    await editor.say("The insurers")
    await editor.say("2026-02")
    await editor.tap("Skip")
    await editor.tap("Topic")
    await editor.tap("Made-up things")
    await editor.tap("▶")


async def test_what_three_people_missed_is_answered_and_each_is_told_once(
    room: Room, editor: Actor, second_editor: Actor
) -> None:
    askers = [room.somebody(1), room.somebody(2), room.somebody(3, "zh")]
    for number, asker in enumerate(askers):
        await asker.say(_ASKED[number % 2])
        await asker.tap(asker.labels[-1])
        # The alert comes with the third person, and never again.
        assert len(await room.look(now=NIGHT)) == (number == 2)
    (alert,) = room.api.screen(EDITORS_CHAT)
    assert "已有 3 人" in alert.text
    assert "without an answer: 3" in alert.text
    assert _ASKED[0].lower().rstrip("?") in alert.text.lower()

    # Both editors follow the alert and want it; one of them is faster.
    link = alert.buttons[0]["url"].partition("?start=")[2]
    await editor.say(f"/start {link}")
    await second_editor.say(f"/start {link}")
    assert "People: 3, times: 3" in editor.text
    await editor.tap("Take it")
    assert "Taken by:" in editor.text
    await second_editor.tap("Take it")
    assert "decided on gap" in second_editor.text
    assert str(editor.user_id) in second_editor.text

    await _answer(editor)
    assert editor.text.startswith("fixes 3, changes 0, breaks 0")
    await editor.tap("✅")
    assert "told, one after the other: 3" in editor.text
    await askers[0].say(_ASKED[0])
    assert _ANSWER in askers[0].text

    seen = [len(asker.ours) for asker in askers]
    assert await room.tell_everybody() == 3
    assert await room.tell_everybody() == 0
    assert [len(asker.ours) for asker in askers] == [one + 1 for one in seen]
    for asker in askers:
        assert _ANSWER in asker.text
        assert "Insurance of apprentices" in asker.text
        assert asker.text.startswith("A while ago you asked")
    await editor.say(f"/start {link}")
    assert "Told: 3, waiting to be told: 0, unreachable: 0" in editor.text
    assert await room.look(now=NIGHT) == []


async def test_two_answers_at_once_lose_neither(
    room: Room, editor: Actor, second_editor: Actor
) -> None:
    await room.somebody(1).say(_ASKED[0])
    for one in (editor, second_editor):
        await one.say("/missed")
        await one.tap("1")
        await _answer(one)
    await editor.tap("✅")
    assert editor.text.startswith("Done")
    await second_editor.tap("✅")
    assert not second_editor.text.startswith("Done")
    # What the second one wrote is still there, and can be gone on with.
    await second_editor.say("/missed")
    assert any(one.startswith("Go on with the answer") for one in second_editor.labels)


async def test_who_has_blocked_the_bot_is_not_told_and_holds_nobody_up(
    room: Room, editor: Actor
) -> None:
    askers = [room.somebody(number) for number in (1, 2)]
    for asker in askers:
        await asker.say(_ASKED[0])
        await asker.tap(asker.labels[-1])
    room.api.close_chat(1)
    await editor.say("/missed")
    await editor.tap("1")
    await _answer(editor)
    await editor.tap("✅")
    assert await room.tell_everybody() == 2
    assert _ANSWER in askers[1].text
    await editor.tap("Show the gap")
    assert "Told: 1, waiting to be told: 0, unreachable: 1" in editor.text
