"""Questions are gathered into gaps once, and gaps go with what they are made of."""

from datetime import timedelta
from typing import Any

import pytest

from storage import Store, identify_gap
from storage.editing import (
    Change,
    GapChange,
    Placement,
)
from tests.storage.conftest import AskQuestion
from tests.storage.editing.deciding import EDITOR, LATER, NOW, Miss, answer, wait


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
    await store.editing.decide(answer(gap))
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
    await wait(store, 1, "a1", 7)
    await store.editing.decide(answer(gap))
    held = await store.people.show_everything("a1", chat_id=7)
    assert [one["entry"] for one in held.tellings] == ["tuition"]
    assert (await store.people.forget("a1", chat_id=7)).waits == 1
    assert await store.editing.take_telling(now=LATER, lost_before=NOW) is None
