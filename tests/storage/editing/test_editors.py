"""What is held about an editor is shown to them, and forgotten when they want it to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.editing import NOBODY, Change, Draft, GapChange
from tests.storage.editing.deciding import NOW

if TYPE_CHECKING:
    from storage import Store
    from tests.storage.editing.deciding import Miss

_EDITOR, _OTHER = 51, 511


async def _take(store: Store, gap: str, editor: int) -> None:
    taken = GapChange(gap=gap, seen=None, values={"state": "assigned", "assignee": editor})
    await store.editing.decide(Change(at=NOW, editor=editor, action="take", gaps=(taken,)))


async def _fill(store: Store, miss: Miss) -> tuple[str, str]:
    """Return two gaps, taken by two editors whose numbers look alike; both write drafts."""
    gaps = await miss("first"), await miss("second")
    for gap, editor in zip(gaps, (_EDITOR, _OTHER), strict=True):
        await _take(store, gap, editor)
        draft = Draft(editor=editor, gap=gap, step="says", data={"en": "words"}, updated_at=NOW)
        await store.editing.keep_draft(draft)
    return gaps


async def test_an_editor_sees_what_is_theirs(store: Store, miss: Miss) -> None:
    first, _ = await _fill(store, miss)
    held = await store.people.show_everything("nobody asked", chat_id=_EDITOR)
    assert [one["data"] for one in held.drafts] == [{"en": "words"}]
    assert [one["id"] for one in held.taken] == [first]
    assert [(one["action"], one["gap"]) for one in held.decisions] == [("take", first)]
    nothing = await store.people.show_everything("nobody asked", chat_id=5)
    assert (nothing.drafts, nothing.taken, nothing.decisions) == ((), (), ())


async def test_a_forgotten_editor_leaves_decisions_and_no_number(store: Store, miss: Miss) -> None:
    """Their gaps are free again; what is another's stays."""
    first, _ = await _fill(store, miss)
    before = await store.people.show_everything("nobody asked", chat_id=_OTHER)
    erased = await store.people.forget("nobody asked", chat_id=_EDITOR)
    assert (erased.drafts, erased.taken, erased.decisions) == (1, 1, 1)
    assert await store.editing.find_draft(_EDITOR) is None
    gap = await store.editing.show_gap(first)
    assert gap is not None
    assert (gap.state, gap.assignee, gap.version) == ("open", None, 3)
    lines = await store.editing.list_lines(limit=9)
    mine = [one for one in lines if one.gap == first]
    assert [one.editor for one in mine] == [NOBODY]
    assert mine[0].after[first]["assignee"] is None
    assert await store.people.show_everything("nobody asked", chat_id=_OTHER) == before
    again = await store.people.forget("nobody asked", chat_id=_EDITOR)
    assert (again.drafts, again.taken, again.decisions) == (0, 0, 0)
