"""The dialogue that writes an answer: any field at any time, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.telegram.editing.conftest import EDITOR, SECOND_EDITOR

if TYPE_CHECKING:
    from tests.telegram.editing.conftest import Actor, Room

_MISSED = "Do apprentices get dental insurance?"
_OTHER = "How do I braise pork belly?"


@pytest.fixture
async def writing(room: Room, editor: Actor) -> Actor:
    """Return an editor who has begun to write an answer."""
    await room.somebody(1).say(_MISSED)
    await editor.say("/missed")
    await editor.tap("1")
    await editor.tap("✍️")
    return editor


async def test_both_languages_are_written_one_after_the_other(room: Room, writing: Actor) -> None:
    for asked, typed in (
        ("title in English", "Apprentices are insured"),
        ("text in English", "They are insured at 3 places."),
        ("title in Chinese", "学徒有保险"),
        ("text in Chinese", "学徒在 3 处有保险。"),
        ("Which source", "made-01"),
    ):
        assert asked in writing.text
        await writing.say(typed)
    assert "That is all" in writing.text
    await writing.tap("Topic")
    await writing.tap("Made-up things")
    await writing.tap("▶")
    # A figure comes from a source, and a claim that is there has none.
    assert "The text has figures" in writing.text
    await writing.tap("Go on with")
    await writing.tap("Source")
    await writing.say("made")
    await writing.tap("‘A made")
    await writing.tap("▶")
    chinese, english = (one.text for one in writing.ours[-3:-1])
    assert "学徒在 3 处有保险。" in chinese
    assert "They are insured at 3 places." in english
    await writing.tap("✅")
    asker = room.somebody(3, "zh")
    await asker.say("学徒有保险")
    await room.somebody(4).say(_MISSED)
    assert "They are insured at 3 places." in room.somebody(4).text


async def test_the_preview_is_what_people_see(room: Room, writing: Actor) -> None:
    for typed in ("Apprentices <are> insured", "Insured & well."):
        await writing.say(typed)
    await writing.tap("Skip")
    await writing.say("made")
    await writing.tap("‘A made")
    await writing.tap("Topic")
    await writing.tap("Made-up things")
    await writing.tap("▶")
    preview = writing.ours[-2].text
    await writing.tap("✅")
    asker = room.somebody(4)
    await asker.say(_MISSED)
    assert asker.text == preview
    assert "Apprentices <are> insured" in preview


async def test_a_field_is_changed_before_and_after_the_trial(writing: Actor) -> None:
    await writing.say("A first title")
    await writing.tap("Title (English)")
    await writing.say("A better title")
    assert "A first title" not in writing.text
    await writing.say("Insured and well.")
    await writing.tap("Skip")
    assert "missing; people are told" in writing.text
    await writing.tap("Title (Chinese)")
    assert "missing; people are told" not in writing.text
    await writing.tap("Skip")
    await writing.say("made")
    await writing.tap("‘A made")
    await writing.tap("Topic")
    await writing.tap("Made-up things")
    await writing.tap("▶")
    await writing.tap("Change it")
    await writing.tap("Text (English)")
    await writing.say("Insured and very well.")
    await writing.tap("▶")
    assert "Insured and very well." in writing.ours[-2].text


async def test_words_that_no_source_has_are_told_so(writing: Actor) -> None:
    await writing.say("A title")
    await writing.say("A text.")
    await writing.tap("Skip")
    await writing.say("zzzz")
    assert "No source has 'zzzz'" in writing.text
    assert writing.labels == ["+ New source"]


async def test_a_new_source_that_does_not_fit_is_refused_and_the_answer_kept(
    writing: Actor,
) -> None:
    await writing.say("A title")
    await writing.say("A text.")
    await writing.tap("Skip")
    await writing.tap("+ New source")
    for typed in ("A leaflet", "The school", "last year", "somewhere"):
        await writing.say(typed)
    await writing.tap("Topic")
    await writing.tap("Made-up things")
    await writing.tap("▶")
    assert "a date is 2026, 2026-05 or 2026-05-11" in writing.text
    await writing.tap("Go on with")
    assert "A leaflet, The school, last year, somewhere" in writing.text


async def test_an_answer_that_is_dropped_is_gone_and_the_gap_is_not(
    room: Room, writing: Actor
) -> None:
    await writing.say("A title")
    await writing.tap("Drop it")
    assert _MISSED in writing.text
    assert room.read("SELECT * FROM drafts") == []
    await writing.say("How many majors are there?")
    assert "The answer on" in writing.text


async def test_each_editor_writes_their_own(room: Room, writing: Actor) -> None:
    second = room.somebody(SECOND_EDITOR)
    await second.say("/missed")
    await second.tap("1")
    await second.tap("✍️")
    await writing.say("The first editor's title")
    await second.say("The second editor's title")
    assert "The first editor's title" not in second.text
    rows = room.read("SELECT editor FROM drafts ORDER BY editor")
    assert [one["editor"] for one in rows] == [EDITOR, SECOND_EDITOR]


async def test_what_another_editor_did_meanwhile_loses_nothing(
    room: Room, writing: Actor, second_editor: Actor
) -> None:
    await writing.say("A title")
    await writing.say("A text.")
    await writing.tap("Skip")
    await writing.say("made-01")
    await writing.tap("Topic")
    await writing.tap("Made-up things")
    await second_editor.say("/missed")
    await second_editor.tap("1")
    await second_editor.tap("Take it")
    await writing.tap("▶")
    await writing.tap("✅")
    assert f"Editor {SECOND_EDITOR} decided on gap" in writing.text
    await writing.tap("Go on with")
    await writing.tap("▶")
    await writing.tap("✅")
    assert writing.text.startswith("Done")


async def test_an_editor_reads_chinese(room: Room) -> None:
    editor = room.somebody(EDITOR, "zh")
    await room.somebody(1, "zh").say("学徒有没有看牙的保险")
    await editor.say("/missed")
    await editor.tap("1")
    await editor.tap("✍️")
    assert "请输入中文标题" in editor.text
    await editor.say("学徒有保险")
    await editor.say("学徒在学校有保险。")
    assert "请输入英文标题" in editor.text
    await editor.tap("跳过")
    assert "依据哪个来源" in editor.text


async def test_a_message_that_comes_again_fills_no_second_field(room: Room, writing: Actor) -> None:
    """Telegram brings again what a crash left unconfirmed."""
    await writing.say("A title", message_id=700)
    await writing.say("A title", message_id=700)
    assert "Type the text in English" in writing.text
    assert "Text (English): —" in writing.text


async def test_who_looks_elsewhere_asks_questions_again_and_may_go_on(writing: Actor) -> None:
    await writing.say("A title")
    await writing.say("/missed")
    await writing.say("How many majors are there?")
    assert "The answer on" in writing.text
    await writing.say("/missed")
    await writing.tap("Go on with")
    assert "Title (English): A title" in writing.text
    await writing.say("A text.")
    assert "Text (English): A text." in writing.text


async def test_an_answer_that_was_begun_outlives_everything_else_that_its_editor_does(
    room: Room, writing: Actor
) -> None:
    """Another answer, a gap put away, also its own gap half put away, and a decision taken back."""
    await room.somebody(2).say(_OTHER)
    await writing.say("A first title")
    await writing.say("/missed")
    await writing.tap("1" if writing.text.index(_OTHER) < writing.text.index(_MISSED) else "2")
    assert _OTHER in writing.text
    await writing.tap("✍️")
    await writing.say("Another title")
    await writing.say("/missed")
    assert [one for one in writing.labels if one.startswith("Go on")] == [
        f"Go on with the answer to gap {gap}" for gap in _gaps(room, _OTHER, _MISSED)
    ]
    await writing.tap(f"Go on with the answer to gap {_gaps(room, _MISSED)[0]}")
    assert "A first title" in writing.text
    assert "Another title" not in writing.text
    await writing.say("A first text.")

    # Its own gap half put away, the other one altogether, and brought back.
    await writing.say(f"/start g_{_gaps(room, _MISSED)[0]}")
    await writing.tap("Dismiss")
    await writing.tap("← Back")
    await writing.say(f"/start g_{_gaps(room, _OTHER)[0]}")
    await writing.tap("Dismiss")
    await writing.tap("Unclear")
    await writing.tap("Just dismiss it")
    await writing.tap("↩ Undo")
    assert "is now: open" in writing.text
    for gap, title in zip(_gaps(room, _MISSED, _OTHER), ("A first", "Another"), strict=True):
        await writing.say("/missed")
        await writing.tap(f"Go on with the answer to gap {gap}")
        assert f"{title} title" in writing.text
    await writing.tap("Drop it")
    await writing.say("/missed")
    (left,) = [one for one in writing.labels if one.startswith("Go on")]
    assert left.endswith(_gaps(room, _MISSED)[0])


def _gaps(room: Room, *texts: str) -> list[str]:
    rows = room.read("SELECT text, gathered FROM questions WHERE gathered IS NOT NULL")
    found = {row["text"]: row["gathered"] for row in rows}
    return [found[text] for text in texts]


async def test_the_way_back_ends_what_only_asked_for_an_entry(room: Room, editor: Actor) -> None:
    await room.somebody(1).say(_MISSED)
    await editor.say("/missed")
    await editor.tap("1")
    await editor.tap("Link to")
    await editor.tap("← Back")
    await editor.say("How many majors are there?")
    assert "The answer on" in editor.text
    assert room.read("SELECT * FROM drafts") == []


async def test_a_text_without_a_title_in_its_language_is_refused_in_clear_words(
    writing: Actor,
) -> None:
    await writing.say("A title")
    await writing.say("A text.")
    await writing.tap("Text (Chinese)")
    await writing.say("正文。")
    await writing.tap("Source")
    await writing.say("made")
    await writing.tap("‘A made")
    await writing.tap("▶")
    assert "A language with a text needs a title" in writing.text
