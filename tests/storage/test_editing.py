"""Gaps are gathered once, decisions hold whole or not at all, and each person is told once."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import Store, identify_gap, open_store
from storage.editing import (
    Change,
    Conflict,
    Draft,
    GapChange,
    NewAddition,
    Placement,
    Split,
)
from tests.storage.conftest import AskQuestion

NOW = datetime(2026, 3, 1, 13, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
EDITOR, OTHER = 11, 22

Miss = Callable[..., Awaitable[str]]


@pytest.fixture
def miss(store: Store, ask: AskQuestion) -> Miss:
    """Return what records a miss and gathers it, into `gap` or a new one; it returns the gap."""

    async def put(
        text: str, *, gap: str | None = None, is_noise: bool = False, **values: Any
    ) -> str:
        await store.record(ask(text, **values))
        (question,) = await store.editing.list_ungathered(limit=9)
        known = await store.editing.list_known(after=0, limit=1000)
        seen = max((one.id for one in known), default=0)
        placement = Placement(question=question, gap=gap, is_noise=is_noise)
        assert await store.editing.place([placement], seen=seen, now=NOW)
        fresh = await store.editing.list_known(after=seen, limit=1)
        return fresh[0].gap if fresh else gap or ""

    return put


async def _wait(store: Store, number: int, asker: str, chat_id: int) -> None:
    assert await store.people.wait(number, asker=asker, chat_id=chat_id, language="zh", since=NOW)


def _answer(gap: str, seen: int | None = None, **values: Any) -> Change:
    usual: dict[str, Any] = {
        "at": NOW,
        "editor": EDITOR,
        "action": "answer",
        "gaps": (GapChange(gap=gap, seen=seen, values={"state": "answered", "entry": "tuition"}),),
        "answered": "tuition",
    }
    return Change(**(usual | values))


# -- gathering


async def test_a_gap_counts_distinct_people_and_every_question(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await miss("学费多少", asker="a1", gap=gap)
    await miss("what is tuition", asker="a2", gap=gap, language="en")

    (found,) = await store.editing.list_gaps()
    assert (found.id, found.count, found.people, found.languages) == (gap, 3, 2, ("en", "zh"))
    assert (found.text, found.state, found.reason) == ("what is tuition", "open", "no_match")
    wordings = await store.editing.list_wordings(gap)
    assert [(one.text, one.count, one.people) for one in wordings] == [
        ("学费多少", 2, 1),
        ("what is tuition", 1, 1),
    ]


async def test_noise_is_before_no_editor_and_is_not_looked_at_again(
    store: Store, miss: Miss
) -> None:
    await miss("asdfgh", is_noise=True)
    assert await store.editing.list_gaps() == ()
    assert await store.editing.list_ungathered(limit=9) == ()
    assert (await store.status()).missed == 0


async def test_who_has_not_seen_a_new_gap_places_nothing(
    store: Store, miss: Miss, ask: AskQuestion
) -> None:
    """Two processes that gather at once would open the same gap twice."""
    await miss("学费多少")
    await store.record(ask("学费要多少"))
    (question,) = await store.editing.list_ungathered(limit=9)

    assert not await store.editing.place([Placement(question=question)], seen=0, now=NOW)
    assert await store.editing.list_ungathered(limit=9) == (question,)
    assert len(await store.editing.list_gaps()) == 1


async def test_the_id_of_a_gap_does_not_tell_what_was_asked(store: Store, miss: Miss) -> None:
    """A hash of a short text gives it away."""
    await miss("学费多少")
    (gap,) = await store.editing.list_gaps()
    assert gap.id != identify_gap("学费多少")


async def test_lists_come_in_every_order(store: Store, miss: Miss) -> None:
    old = await miss("a", asked_at=NOW - timedelta(days=2))
    new = await miss("b", asked_at=NOW)
    many = await miss("c", asked_at=NOW - timedelta(days=1))
    await miss("c", asked_at=NOW - timedelta(days=1), asker="a2", gap=many)
    taken = GapChange(gap=many, seen=1, values={"state": "assigned", "assignee": EDITOR})
    assert isinstance(
        await store.editing.decide(Change(at=NOW, editor=EDITOR, action="take", gaps=(taken,))), int
    )

    async def listed(order: Any) -> list[str]:
        return [one.id for one in await store.editing.list_gaps(order=order)]

    assert await listed("people") == [many, new, old]
    assert await listed("newest") == [new, many, old]
    assert await listed("oldest") == [old, many, new]
    assert await listed("unassigned") == [new, old]
    assert await store.editing.list_gaps(limit=1, offset=2) == (
        (await store.editing.list_gaps())[2],
    )


@pytest.mark.parametrize("gap", ["", "g", "g12", "G1234567", "'; --", "g1234567 ", "\x00"])
async def test_whatever_is_no_id_names_no_gap(store: Store, gap: str) -> None:
    assert await store.editing.show_gap(gap) is None


async def test_an_answered_gap_opens_again_when_it_is_missed_again(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少")
    await store.editing.decide(_answer(gap))
    await miss("学费多少", asker="a3", gap=gap, asked_at=NOW + timedelta(seconds=5))
    assert await store.editing.list_gaps() == ()

    await miss("学费多少", asker="a2", gap=gap, asked_at=LATER)
    (found,) = await store.editing.list_gaps()
    assert (found.state, found.version) == ("open", 3)
    newest = (await store.editing.list_lines())[0]
    assert (newest.action, newest.editor) == ("missed_again", None)


async def test_a_dismissed_gap_stays_dismissed_when_it_is_missed_again(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少")
    change = GapChange(gap=gap, seen=1, values={"state": "dismissed", "why": "off topic"})
    await store.editing.decide(Change(at=NOW, editor=EDITOR, action="dismiss", gaps=(change,)))
    await miss("学费多少", asker="a2", gap=gap, asked_at=LATER)

    assert await store.editing.list_gaps() == ()
    found = await store.editing.show_gap(gap)
    assert found is not None
    assert (found.state, found.people, found.why) == ("dismissed", 2, "off topic")


# -- forgetting


async def test_a_forgotten_person_leaves_no_trace_in_a_gap(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await miss("学费要多少", asker="a2", gap=gap)
    await store.people.forget("a2", chat_id=7)

    found = await store.editing.show_gap(gap)
    assert found is not None
    assert (found.people, found.count, found.text) == (1, 1, "学费多少")
    assert [one.normalised for one in await store.editing.list_known(after=0, limit=9)] == [
        "学费多少"
    ]
    await store.people.forget("a1", chat_id=8)
    assert await store.editing.show_gap(gap) is None
    assert await store.editing.list_known(after=0, limit=9) == ()


async def test_a_gap_goes_with_its_last_text(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少")
    assert await store.forget_texts(NOW - timedelta(days=9)) == 0
    assert await store.editing.show_gap(gap) is not None
    assert await store.forget_texts(LATER) == 1
    assert await store.editing.show_gap(gap) is None
    assert await store.editing.list_known(after=0, limit=9) == ()


async def test_who_is_to_be_told_can_see_it_and_be_forgotten(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await _wait(store, 1, "a1", 7)
    await store.editing.decide(_answer(gap))
    held = await store.people.show_everything("a1", chat_id=7)
    assert [one["entry"] for one in held.tellings] == ["tuition"]
    assert (await store.people.forget("a1", chat_id=7)).waits == 1
    assert await store.editing.take_telling(now=LATER, lost_before=NOW) is None


# -- deciding


async def test_the_second_of_two_who_decide_is_told_who_was_faster(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少")
    taken = GapChange(gap=gap, seen=1, values={"state": "assigned", "assignee": EDITOR})
    await store.editing.decide(Change(at=NOW, editor=EDITOR, action="take", gaps=(taken,)))

    refused = await store.editing.decide(_answer(gap, seen=1, editor=OTHER))
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
    refused = await store.editing.decide(_answer(gap, additions=(addition,), revision=7))
    assert refused == Conflict(kind="revision")
    assert await store.editing.list_additions() == (0, ())
    assert await store.editing.list_lines() == ()

    assert await store.editing.decide(_answer(gap, additions=(addition,), revision=0)) == 1
    revision, (added,) = await store.editing.list_additions()
    assert (revision, added.decision, added.content) == (1, 1, "学费多少")


async def test_the_journal_tells_before_and_after(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少")
    await store.editing.decide(_answer(gap, note={"phrasing": "学费"}))
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
    await _wait(store, 1, "a1", 7)
    await _wait(store, 2, "a2", 8)
    addition = NewAddition(kind="phrasing", target="tuition", content="学费多少", language="zh")
    number = await store.editing.decide(_answer(gap, additions=(addition,)))
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
    await _wait(store, 1, "a1", 7)
    await store.editing.decide(_answer(gap))
    opened = GapChange(gap=gap, seen=None, values={"state": "open", "entry": None})
    await store.editing.decide(Change(at=LATER, editor=OTHER, action="reopen", gaps=(opened,)))
    assert await store.editing.take_telling(now=LATER, lost_before=NOW) is None
    await store.editing.decide(_answer(gap, seen=None, editor=OTHER))
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


# -- telling


async def test_everybody_who_waits_for_any_question_is_told_once(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await miss("学费要多少", asker="a1", gap=gap)
    await miss("学费要多少", asker="a2", gap=gap)
    for number, asker in ((1, "a1"), (2, "a1"), (3, "a2")):
        await _wait(store, number, asker, 7)
    found = await store.editing.show_gap(gap)
    assert found is not None
    assert found.told.waiting == 2
    await store.editing.decide(_answer(gap))

    told = []
    while telling := await store.editing.take_telling(now=NOW, lost_before=NOW - timedelta(days=1)):
        told.append(telling)
        await store.editing.settle_telling(telling.id, state="told")
    assert len(told) == 2
    assert {(one.entry, one.language, one.tries) for one in told} == {("tuition", "zh", 1)}
    assert await store.editing.next_telling_due() is None


async def test_who_was_being_told_at_a_crash_is_not_told_twice(
    store: Store, miss: Miss, url: str
) -> None:
    gap = await miss("学费多少", asker="a1")
    await _wait(store, 1, "a1", 7)
    await store.editing.decide(_answer(gap))
    assert await store.editing.take_telling(now=NOW, lost_before=NOW - timedelta(minutes=2))

    async with open_store(url) as after_crash:
        assert await after_crash.editing.take_telling(now=LATER, lost_before=NOW) is None
        found = await after_crash.editing.show_gap(gap)
    assert found is not None
    assert (found.told.unsure, found.told.waiting) == (1, 0)


async def test_a_telling_that_must_wait_comes_again(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await _wait(store, 1, "a1", 7)
    await store.editing.decide(_answer(gap))
    first = await store.editing.take_telling(now=NOW, lost_before=NOW - timedelta(days=1))
    assert first is not None
    await store.editing.settle_telling(first.id, state="waiting", due_at=LATER)
    assert await store.editing.take_telling(now=NOW, lost_before=NOW) is None
    assert await store.editing.next_telling_due() == LATER
    again = await store.editing.take_telling(now=LATER, lost_before=NOW)
    assert again is not None
    assert (again.id, again.tries) == (first.id, 2)


async def test_who_begins_to_wait_for_what_is_answered_is_told_too(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少", asker="a1")
    await store.editing.decide(_answer(gap))
    await _wait(store, 1, "a1", 7)
    assert await store.editing.take_up_late(at=NOW) == 1
    assert await store.editing.take_up_late(at=NOW) == 0
    assert await store.editing.take_telling(now=NOW, lost_before=NOW - timedelta(days=1))


# -- notes


async def test_a_draft_outlives_the_process(url: str) -> None:
    draft = Draft(editor=EDITOR, gap="g12345678", step="title", data={"zh": "学费"}, updated_at=NOW)
    async with open_store(url) as store:
        await store.editing.keep_draft(draft)
    async with open_store(url) as store:
        assert await store.editing.find_draft(EDITOR) == draft
        assert await store.editing.find_draft(OTHER) is None
        assert await store.editing.drop_draft(EDITOR)
        assert not await store.editing.drop_draft(EDITOR)


async def _claim(store: Store, key: str, *, at: datetime = NOW) -> bool:
    lost_before = at - timedelta(minutes=5)
    return await store.editing.claim_notice(key, at=at, lost_before=lost_before)


async def test_a_notice_is_claimed_once_until_it_is_released_or_lost(store: Store) -> None:
    key = "digest:2026-03-01"
    assert await _claim(store, key)
    assert not await _claim(store, key)
    await store.editing.release_notice(key)
    assert await _claim(store, key)
    assert not await _claim(store, key, at=NOW + timedelta(minutes=4))
    assert await _claim(store, key, at=NOW + timedelta(minutes=5))
    assert not await store.editing.is_notice_sent(key)
    await store.editing.settle_notice(key, at=NOW)
    assert await store.editing.is_notice_sent(key)
    assert not await _claim(store, key, at=NOW + timedelta(days=9))


async def test_a_gap_of_many_people_is_loud_until_its_notice_is_sent(
    store: Store, miss: Miss
) -> None:
    gap = await miss("学费多少", asker="a1")
    await miss("学费多少", asker="a2", gap=gap)
    assert await store.editing.list_loud(people=3) == ()
    await miss("学费多少", asker="a3", gap=gap)
    assert [one.id for one in await store.editing.list_loud(people=3)] == [gap]
    assert await _claim(store, f"gap:{gap}")
    assert [one.id for one in await store.editing.list_loud(people=3)] == [gap]
    await store.editing.settle_notice(f"gap:{gap}", at=NOW)
    assert await store.editing.list_loud(people=3) == ()
