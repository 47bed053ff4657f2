"""Each person is told once, and what was begun outlives the process."""

from datetime import datetime, timedelta

from storage import Store, open_store
from storage.editing import (
    Draft,
)
from tests.storage.editing.deciding import EDITOR, LATER, NOW, OTHER, Miss, answer, wait


async def test_everybody_who_waits_for_any_question_is_told_once(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await miss("学费要多少", asker="a1", gap=gap)
    await miss("学费要多少", asker="a2", gap=gap)
    for number, asker in ((1, "a1"), (2, "a1"), (3, "a2")):
        await wait(store, number, asker, 7)
    found = await store.editing.show_gap(gap)
    assert found is not None
    assert found.told.waiting == 2
    await store.editing.decide(answer(gap))

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
    await wait(store, 1, "a1", 7)
    await store.editing.decide(answer(gap))
    assert await store.editing.take_telling(now=NOW, lost_before=NOW - timedelta(minutes=2))

    async with open_store(url) as after_crash:
        assert await after_crash.editing.take_telling(now=LATER, lost_before=NOW) is None
        found = await after_crash.editing.show_gap(gap)
    assert found is not None
    assert (found.told.unsure, found.told.waiting) == (1, 0)


async def test_a_telling_that_must_wait_comes_again(store: Store, miss: Miss) -> None:
    gap = await miss("学费多少", asker="a1")
    await wait(store, 1, "a1", 7)
    await store.editing.decide(answer(gap))
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
    await store.editing.decide(answer(gap))
    await wait(store, 1, "a1", 7)
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
