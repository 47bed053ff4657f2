"""Everything else that editors decide with buttons, and how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.editing import Changed, Replay, Trial
from bot.telegram.editing.showing.trial import render_trial
from bot.telegram.showing.voice import Voice
from tests.telegram.editing.conftest import EDITOR, SECOND_EDITOR

if TYPE_CHECKING:
    from bot.editing.outcomes import Verdict
    from bot.telegram.showing.voice import Tongue
    from tests.telegram.editing.conftest import Actor, Room

_INSURANCE = "Do apprentices get dental insurance?"
_BRAISED = "How do I braise pork belly?"
_UNLIKE = (
    _INSURANCE,
    _BRAISED,
    "Where do penguins sleep in winter?",
    "Who repairs the lift of our library?",
    "Can my uncle fly a helicopter abroad?",
    "Which guitar strings sound warmest?",
    "Is volcanic soil good for growing tea?",
    "Why does my bicycle squeak downhill?",
)


async def _open(editor: Actor, question: str) -> None:
    await editor.say("/missed")
    at = editor.text.index(question)
    await editor.tap(editor.text[:at].rsplit("\n", 1)[-1].partition(".")[0])
    assert question in editor.text


async def test_the_list_has_pages_and_orders(room: Room, editor: Actor) -> None:
    for number, text in enumerate(_UNLIKE, start=1):
        for user in range(number):
            await room.somebody(user + 1).say(text)
    await editor.say("/missed")
    assert editor.text.startswith("Gaps that wait: 8, taken: 0.")
    assert [one for one in editor.labels if one.isdigit()] == ["1", "2", "3", "4", "5", "6"]
    assert editor.text.index(_UNLIKE[7]) < editor.text.index(_UNLIKE[6])
    await editor.tap("Next page")
    assert [one for one in editor.labels if one.isdigit()] == ["7", "8"]
    assert _UNLIKE[0] in editor.text
    await editor.tap("← Previous")
    await editor.tap("Oldest")
    assert editor.text.index(_UNLIKE[0]) < editor.text.index(_UNLIKE[1])
    await editor.tap("1")
    await editor.tap("Take it")
    await editor.say("/missed")
    await editor.tap("Unassigned")
    assert "• Unassigned" in editor.labels
    await editor.tap("Next page")
    assert _UNLIKE[0] not in editor.text


async def test_a_gap_is_taken_given_to_another_and_given_back(
    room: Room, editor: Actor, second_editor: Actor
) -> None:
    await room.somebody(1).say(_INSURANCE)
    await _open(editor, _INSURANCE)
    await editor.tap("Take it")
    assert f"Taken by: {EDITOR}" in editor.text
    await editor.tap("Give it to")
    await editor.tap(str(SECOND_EDITOR))
    assert f"Taken by: {SECOND_EDITOR}" in editor.text
    await _open(second_editor, _INSURANCE)
    await second_editor.tap("Give it back")
    assert "Taken by" not in second_editor.text
    actions = [one["action"] for one in room.read("SELECT action FROM decisions ORDER BY id")]
    assert actions == ["take", "assign", "give_back"]


async def test_a_wording_becomes_a_phrasing_of_an_entry_and_is_taken_back(
    room: Room, editor: Actor
) -> None:
    await room.somebody(1).say(_INSURANCE)
    await _open(editor, _INSURANCE)
    await editor.tap("Add as phrasing")
    await editor.say("first-episode")
    assert editor.text.startswith("fixes 1, changes 0, breaks 0")
    await editor.tap("✅")
    await room.somebody(2).say(_INSURANCE)
    assert "When the first episode" in room.somebody(2).text
    # Two questions that are answered now would not be any more: that is confirmed twice.
    await editor.tap("↩ Undo")
    assert editor.text.startswith("fixes 0, changes 0, breaks 2")
    assert f"❌ broken: {_INSURANCE}" in editor.text
    await editor.tap("⚠️ Put it")
    assert "breaks 2 questions" in editor.text
    assert len(room.read("SELECT * FROM decisions")) == 1
    await editor.tap("⚠️ Yes")
    assert editor.text.startswith("Done")
    await room.somebody(3).say(_INSURANCE)
    assert "When the first episode" not in room.somebody(3).text


async def test_an_entry_is_denied_a_question_by_its_id_or_by_words(
    room: Room, editor: Actor
) -> None:
    """Whatever waits on may still be answered with another."""
    await room.somebody(1).say(_INSURANCE)
    await _open(editor, _INSURANCE)
    await editor.tap("Not that answer")
    assert editor.text.startswith("Which entry wrongly answers it?")
    await editor.say("when was the first episode")
    assert "first-episode" in editor.text
    await editor.say("first-episode")
    assert editor.text.startswith("fixes 0, changes 0, breaks 0")
    await editor.tap("✅")
    (line,) = room.read("SELECT action FROM decisions")
    assert line["action"] == "add_counterexample"
    (added,) = room.read("SELECT kind, target, content FROM additions")
    assert added == {"kind": "counterexample", "target": "first-episode", "content": _INSURANCE}
    await _open(editor, _INSURANCE)
    await editor.tap("Add as phrasing")
    await editor.say("first-episode")
    assert "breaks a rule" in editor.text


async def test_what_a_decision_changes_is_shown_with_both_answers(
    room: Room, editor: Actor
) -> None:
    slip = "how many majors are ther"
    await room.somebody(1).say(slip)
    assert "The answer on How many majors" in room.somebody(1).text
    await room.somebody(1).tap("👎")
    await room.somebody(1).tap("It's wrong")
    await _open(editor, slip)
    await editor.tap("Add as phrasing")
    await editor.say("first-episode")
    assert editor.text.startswith("fixes 0, changes 1, breaks 0")
    assert f"🔁 changed: {slip} (1×): number-of-majors → first-episode" in editor.text
    assert editor.labels[0] == "✅ Put it into force"
    await editor.tap("✅")
    await room.somebody(2).say(slip)
    assert "When the first episode" in room.somebody(2).text


def _changed(verdict: Verdict, number: int) -> Changed:
    return Changed(text=f"{verdict} {number}", verdict=verdict, before="a", after="b")


@pytest.mark.parametrize(
    ("tongue", "cut", "more"),
    [
        ("en", "The time was over before all of them were tried", "… and 41 more"),
        ("zh", "时间到了，没有全部试完", "…… 还有 41 个"),
    ],
)
def test_a_trial_that_was_cut_says_how_far_it_came_and_shows_some_of_each(
    room: Room, tongue: Tongue, cut: str, more: str
) -> None:
    verdicts: tuple[Verdict, ...] = ("broken", "changed", "fixed")
    examples = tuple(_changed(verdict, number) for verdict in verdicts for number in range(9))
    replay = Replay(
        fixed=9, changed=9, broken=9, examples=examples, asked=70, known=900, unshown=30
    )
    trial = Trial(id="t00000000", gap=None, entry=None, replay=replay, previews={})
    shown = render_trial(trial, Voice(room.assistant.say, tongue))
    assert "70" in shown
    assert "900" in shown
    assert cut in shown
    assert more in shown
    for verdict in verdicts:
        assert f"{verdict} 0" in shown
    uncut = replace(trial, replay=replace(replay, known=70))
    assert cut not in render_trial(uncut, Voice(room.assistant.say, tongue))


async def test_an_entry_is_found_by_words_and_linked(room: Room, editor: Actor) -> None:
    await room.somebody(1).say(_INSURANCE)
    await _open(editor, _INSURANCE)
    await editor.tap("Link to an entry")
    await editor.say("how many majors")
    assert "No entry is called 'how many majors'" in editor.text
    await editor.tap("How many majors")
    assert room.read("SELECT * FROM decisions") == []
    await editor.tap("✅")
    assert "is now: answered" in editor.text
    (gap,) = room.read("SELECT state, entry FROM gaps")
    assert gap == {"state": "answered", "entry": "number-of-majors"}
    await editor.tap("Show the gap")
    await editor.tap("Reopen")
    assert "(open)" in editor.text


async def test_words_that_find_no_entry_are_told_so(room: Room, editor: Actor) -> None:
    await room.somebody(1).say(_INSURANCE)
    await _open(editor, _INSURANCE)
    await editor.tap("Link to an entry")
    await editor.say("zzzz qqqq")
    assert "Nothing was found for 'zzzz qqqq'" in editor.text
    await editor.tap("← Back")
    assert _INSURANCE in editor.text


async def test_a_gap_is_merged_and_the_merge_taken_back(room: Room, editor: Actor) -> None:
    await room.somebody(1).say(_INSURANCE)
    await room.somebody(2).say(_BRAISED)
    await _open(editor, _INSURANCE)
    await editor.tap("Merge into")
    await editor.tap("g")
    assert "is now: merged" in editor.text
    await _open(editor, _BRAISED)
    assert "People: 2" in editor.text
    await editor.tap("Split")
    await editor.tap(f"☐ {_INSURANCE}")
    assert f"☑ {_INSURANCE}" in editor.labels
    await editor.tap("Split off")
    assert "Split off: gap" in editor.text
    await _open(editor, _INSURANCE)
    assert "People: 1" in editor.text


async def test_everything_can_not_be_split_off(room: Room, editor: Actor) -> None:
    await room.somebody(1).say(_INSURANCE)
    await _open(editor, _INSURANCE)
    await editor.tap("Split")
    await editor.tap("☐")
    await editor.tap("Split off")
    assert "Both sides of a split need wordings" in editor.text


async def test_a_gap_is_dismissed_with_a_reason_and_reopened(room: Room, editor: Actor) -> None:
    await room.somebody(1).say(_BRAISED)
    await _open(editor, _BRAISED)
    await editor.tap("Dismiss")
    await editor.say("We teach no cooking.")
    assert "We teach no cooking." in editor.text
    await editor.tap("Just dismiss it")
    assert "is now: dismissed" in editor.text
    await editor.tap("Show the gap")
    assert "Dismissed because: We teach no cooking." in editor.text
    await editor.tap("↩ Undo")
    assert "is now: open" in editor.text
    await _open(editor, _BRAISED)
    await editor.tap("Dismiss")
    await editor.tap("Not about")
    await editor.tap("Just dismiss it")
    assert "is now: dismissed" in editor.text
    await editor.say("/missed")
    assert editor.text == "No gap waits for an editor."


async def test_what_breaks_a_rule_is_refused_in_clear_words(room: Room, editor: Actor) -> None:
    """No phrasing may belong to two entries."""
    await room.somebody(1).say("How many majors are there?")
    await room.somebody(1).tap("👎")
    await room.somebody(1).tap("It's wrong")
    await room.somebody(2).say("count of majors")
    await _open(editor, "How many majors are there?")
    await editor.tap("Add as phrasing")
    await editor.say("first-episode")
    assert "That breaks a rule of the knowledge" in editor.text
    assert room.read("SELECT * FROM decisions") == []


async def test_a_decision_on_an_old_screen_changes_nothing(
    room: Room, editor: Actor, second_editor: Actor
) -> None:
    await room.somebody(1).say(_INSURANCE)
    await _open(editor, _INSURANCE)
    await _open(second_editor, _INSURANCE)
    old = second_editor.data_of("Take it")
    await editor.tap("Dismiss")
    await editor.tap("Unclear")
    await editor.tap("Just dismiss it")
    await second_editor.press(old, second_editor.ours[-1].message)
    assert "is dismissed. To decide on it, reopen it first." in second_editor.text
    assert second_editor.labels == ["Show the gap", "All gaps"]
    (gap,) = room.read("SELECT state FROM gaps")
    assert gap == {"state": "dismissed"}
