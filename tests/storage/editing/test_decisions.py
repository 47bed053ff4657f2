"""Decisions hold whole or not at all, and are in the journal."""

from datetime import timedelta

from storage import Store
from storage.editing import (
    Change,
    Conflict,
    GapChange,
    NewAddition,
    Split,
)
from tests.storage.editing.deciding import EDITOR, LATER, NOW, OTHER, Miss, answer, wait


async def test_the_second_of_two_who_decide_is_told_who_was_faster(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少")
    taken = GapChange(gap=gap, seen=1, values={"state": "assigned", "assignee": EDITOR})
    await store.editing.decide(Change(at=NOW, editor=EDITOR, action="take", gaps=(taken,)))

    refused = await store.editing.decide(answer(gap, seen=1, editor=OTHER))
    assert refused == Conflict(kind="version", gap=gap, by=EDITOR, action="take", at=NOW)
    found = await store.editing.show_gap(gap)
    assert found is not None
    assert (found.state, found.version) == ("assigned", 2)
    assert len(await store.editing.list_lines()) == 1


async def test_a_decision_that_was_tried_on_other_knowledge_changes_nothing(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少")
    addition = NewAddition(kind="phrasing", target="tuition", content="学费多少", language="zh")
    refused = await store.editing.decide(answer(gap, additions=(addition,), revision=7))
    assert refused == Conflict(kind="revision")
    assert await store.editing.list_additions() == (0, ())
    assert await store.editing.list_lines() == ()

    assert await store.editing.decide(answer(gap, additions=(addition,), revision=0)) == 1
    revision, (added,) = await store.editing.list_additions()
    assert (revision, added.decision, added.content) == (1, 1, "学费多少")


async def test_the_journal_tells_before_and_after(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少")
    await store.editing.decide(answer(gap, note={"phrasing": "学费"}))
    (line,) = await store.editing.list_lines(gap=gap)
    assert (line.editor, line.action, line.at) == (EDITOR, "answer", NOW)
    assert line.before == {gap: {"state": "open", "entry": None}}
    assert line.after == {
        "": {"phrasing": "学费"},
        gap: {"state": "answered", "entry": "tuition"},
    }


async def test_what_is_undone_lets_wait_who_was_not_told_yet(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await miss("学费多少", asker="a2", gap=gap)
    await wait(store, 1, "a1", 7)
    await wait(store, 2, "a2", 8)
    addition = NewAddition(kind="phrasing", target="tuition", content="学费多少", language="zh")
    number = await store.editing.decide(answer(gap, additions=(addition,)))
    assert isinstance(number, int)
    first = await store.editing.take_telling(now=LATER, lost_before=NOW - timedelta(days=1))
    assert first is not None
    await store.editing.settle_telling(first.id, state="told")

    _, (added,) = await store.editing.list_additions(decision=number)
    back = GapChange(gap=gap, seen=None, values={"state": "open", "entry": None})
    undo = Change(
        at=LATER, editor=OTHER, action="undo", gaps=(back,), ends=(added.id,), undoes=number
    )
    undone = await store.editing.decide(undo)
    assert isinstance(undone, int)
    assert await store.editing.list_additions() == (2, ())
    found = await store.editing.show_gap(gap)
    assert found is not None
    assert (found.told.told, found.told.waiting) == (1, 1)
    assert await store.editing.take_telling(now=LATER, lost_before=NOW) is None
    line = await store.editing.show_line(number)
    assert line is not None
    assert line.undone_by == undone
    assert await store.editing.decide(undo) == Conflict(kind="undone")


async def test_what_an_editor_opens_again_lets_wait_who_was_not_told_yet(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少", asker="a1")
    await wait(store, 1, "a1", 7)
    await store.editing.decide(answer(gap))
    opened = GapChange(gap=gap, seen=None, values={"state": "open", "entry": None})
    await store.editing.decide(Change(at=LATER, editor=OTHER, action="reopen", gaps=(opened,)))
    assert await store.editing.take_telling(now=LATER, lost_before=NOW) is None
    await store.editing.decide(answer(gap, seen=None, editor=OTHER))
    told = await store.editing.take_telling(now=LATER, lost_before=NOW)
    assert told is not None
    assert told.chat_id == 7
    await store.editing.settle_telling(told.id, state="unsure")
    (unsure,) = await store.editing.list_unsure(since=LATER, limit=9)
    assert (unsure.id, unsure.told.unsure) == (gap, 1)
    assert await store.editing.list_unsure(since=LATER + timedelta(days=1), limit=9) == ()


async def test_a_merged_gap_counts_with_the_other_until_it_is_taken_apart(
    store: Store, miss: Miss
) -> None:
    one = await miss("学费多少", asker="a1")
    two = await miss("how much is tuition", asker="a2")
    merge = GapChange(gap=two, seen=1, values={"state": "merged", "merged_into": one})
    await store.editing.decide(Change(at=NOW, editor=EDITOR, action="merge", gaps=(merge,)))
    assert [(g.id, g.people) for g in await store.editing.list_gaps()] == [(one, 2)]
    assert await store.editing.list_merged(one) == (two,)
    assert len(await store.editing.list_wordings(one)) == 2

    back = GapChange(gap=two, seen=2, values={"state": "open", "merged_into": None})
    await store.editing.decide(Change(at=NOW, editor=EDITOR, action="undo", gaps=(back,)))
    assert {(g.id, g.people) for g in await store.editing.list_gaps()} == {(one, 1), (two, 1)}


async def test_a_split_takes_some_wordings_but_never_all(store: Store, miss: Miss) -> None:
    gap = await miss("焊工学费", asker="a1")
    await miss("电工学费", asker="a2", gap=gap)
    wordings = {one.text: one.wording for one in await store.editing.list_wordings(gap)}

    def split(*chosen: str) -> Change:
        touched = GapChange(gap=gap, seen=None, values={})
        return Change(
            at=NOW,
            editor=EDITOR,
            action="split",
            gaps=(touched,),
            split=Split(gap=gap, wordings=chosen),
        )

    for chosen in ((), ("gffffffff",), tuple(wordings.values())):
        assert await store.editing.decide(split(*chosen)) == Conflict(kind="empty", gap=gap)
    assert await store.editing.decide(split(wordings["电工学费"])) == 1
    texts = {one.text: one.people for one in await store.editing.list_gaps()}
    assert texts == {"焊工学费": 1, "电工学费": 1}
