"""What editors decide is checked, tried, in force at once, and can be taken back."""

import asyncio
from typing import Any

import pytest

from bot.editing import (
    AddPhrasing,
    Assign,
    Done,
    EditingError,
    Link,
    NewSource,
    NotAnEditorError,
    Phrase,
    Undo,
    WriteAnswer,
)
from storage import StorageError
from tests.editing.conftest import ANNE, STRANGER, Office
from tests.editing.wishing import CLUB, draft, refusal, try_out

# -- who may


async def test_a_stranger_learns_nothing_and_changes_nothing(office: Office) -> None:
    gap = await office.miss(CLUB)
    desk = office.desk
    for attempt in (
        lambda: desk.list_gaps(STRANGER),
        lambda: desk.count_gaps(STRANGER),
        lambda: desk.show(STRANGER, gap.id),
        lambda: desk.journal(STRANGER),
        lambda: desk.decide(STRANGER, Assign(gap=gap.id, to=STRANGER)),
        lambda: desk.confirm(STRANGER, "t00000000"),
        lambda: desk.find_draft(STRANGER),
        lambda: desk.drop_draft(STRANGER),
    ):
        with pytest.raises(NotAnEditorError):
            await attempt()
    assert await desk.journal(ANNE) == ()


async def test_a_gap_that_is_not_there_can_t_be_decided_on(office: Office) -> None:
    for gap in ("g00000000", "nonsense", "'; DROP TABLE gaps; --", ""):
        assert await refusal(office, Assign(gap=gap, to=ANNE)) == "unknown_gap"
        with pytest.raises(EditingError):
            await office.desk.show(ANNE, gap)
    assert await refusal(office, Undo(line=1)) == "unknown_line"


async def test_nobody_but_an_editor_is_given_a_gap(office: Office) -> None:
    gap = await office.miss(CLUB)
    assert await refusal(office, Assign(gap=gap.id, to=STRANGER)) == "no_editor"
    assert (await office.desk.show(ANNE, gap.id)).gap.assignee is None


async def test_gaps_can_be_looked_at_where_nothing_can_be_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap = await office.miss(CLUB)

    async def fail(*_: object, **__: object) -> bool:
        raise StorageError("database or disk is full")

    monkeypatch.setattr(type(office.store.editing), "list_ungathered", fail)
    monkeypatch.setattr(type(office.store.editing), "decide", fail)
    with pytest.raises(StorageError):
        await office.desk.decide(ANNE, Assign(gap=gap.id, to=ANNE))
    assert office.assistant.recorder.access.fault is not None
    assert [one.id for one in await office.desk.list_gaps(ANNE)] == [gap.id]
    assert await office.desk.count_gaps(ANNE) == {"open": 1}
    shown = await office.desk.show(ANNE, gap.id)
    assert (shown.gap.assignee, len(shown.wordings)) == (None, 1)


# -- answering


async def test_an_answer_is_tried_then_in_force_at_once(office: Office) -> None:
    gap = await office.miss(CLUB, "a", "b")
    old_version = office.assistant.knowledge.version
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft(), seen=gap.version))
    assert (trial.replay.fixed, trial.replay.broken) == (2, 0)
    assert trial.replay.examples[0].after == trial.entry == "the-drone-racing-club"
    assert trial.previews["en"].blocks[0] == (
        "The club has 1,200 members and began on 1 September 2024."
    )
    assert trial.previews["zh"].blocks[0] == "社团有1200人，2024年9月1日成立。"
    assert [one.url for one in trial.previews["en"].citations] == ["https://example.org/c"]
    assert (await office.ask(CLUB)).outcome != "answered"

    done = await office.desk.confirm(ANNE, trial.id)
    assert done.gap is not None
    assert (done.gap.state, done.gap.entry) == ("answered", "the-drone-racing-club")
    reply = await office.ask(CLUB)
    assert (reply.outcome, reply.entry) == ("answered", "the-drone-racing-club")
    assert office.assistant.knowledge.version != old_version
    assert await office.desk.list_gaps(ANNE) == ()


async def test_an_answer_may_lack_a_language_and_says_so(office: Office) -> None:
    gap = await office.miss(CLUB)
    only = draft(title={"en": "Drones"}, says={"en": "There is one since 2024-09-01."})
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=only))
    assert trial.previews["en"].blocks == ("There is one since 1 September 2024.",)
    assert trial.previews["zh"].blocks[0] == "There is one since 1 September 2024."
    assert "英文" in trial.previews["zh"].blocks[1]


async def test_an_answer_can_rest_on_a_source_that_is_there(office: Office) -> None:
    gap = await office.miss(CLUB)
    wish = WriteAnswer(gap=gap.id, draft=draft(new_source=None, source="notice"))
    trial = await try_out(office, wish)
    await office.desk.confirm(ANNE, trial.id)
    reply = await office.ask(CLUB)
    assert [(one.source, one.claim) for one in reply.citations] == [("notice", f"notice-{gap.id}")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title": {}}, "no_title"),
        ({"says": {"en": "  "}}, "no_says"),
        ({"title": {"zh": "社团"}}, "title_lacks"),
        ({"new_source": None}, "no_citation"),
        ({"new_source": None, "source": "nowhere"}, "unknown_source"),
        ({"new_source": None, "cites": ("nowhere-01",)}, "unknown_claim"),
        ({"new_source": None, "cites": ("notice-02",)}, "figures_need_a_source"),
        ({"topic": "nonsense"}, "no_topic"),
        ({"says": {"en": "See {x.y}", "zh": "x"}}, "braces"),
        ({"says": {"en": "Call 0571 123", "zh": "x"}}, "leading_zero"),
        ({"says": {"en": "① first", "zh": "x"}}, "odd_number"),
        ({"phrases": (Phrase("en", "how do i apply for a grant"),)}, "does_not_fit"),
    ],
)
async def test_a_bad_answer_is_refused_in_clear_words(
    office: Office, values: dict[str, Any], reason: str
) -> None:
    gap = await office.miss(CLUB)
    assert await refusal(office, WriteAnswer(gap=gap.id, draft=draft(**values))) == reason
    assert (await office.newest()).version == gap.version


@pytest.mark.parametrize("published", ["yesterday", "2025-13", "1"])
async def test_a_source_with_an_odd_date_is_refused(office: Office, published: str) -> None:
    gap = await office.miss(CLUB)
    source = NewSource(title="Clubs", publisher="x", published=published)
    wish = WriteAnswer(gap=gap.id, draft=draft(new_source=source))
    assert await refusal(office, wish) == "odd_source"


async def test_a_phrasing_is_added_to_an_entry(office: Office) -> None:
    gap = await office.miss("what do we have to fork out for lessons")
    trial = await try_out(office, AddPhrasing(gap=gap.id, entry="school-tuition", phrases=()))
    assert trial.replay.fixed == 1
    await office.desk.confirm(ANNE, trial.id)
    assert (await office.ask("what do we have to fork out for lessons")).entry == "school-tuition"
    (line,) = await office.desk.journal(ANNE)
    assert (line.action, line.editor) == ("add_phrasing", ANNE)
    assert line.after[""]["phrases"] == ["what do we have to fork out for lessons"]


async def test_a_link_shows_which_answer_how_many_are_told_before_it_is_in_force(
    office: Office,
) -> None:
    for chat in (1, 2):
        await office.wait_for(CLUB, f"p{chat}", chat)
    gap = await office.newest()
    trial = await try_out(office, Link(gap=gap.id, entry="grants"))
    assert (trial.entry, trial.people, trial.replay) == ("grants", 2, None)
    assert trial.previews["en"].text.startswith("Apply at your school.")
    assert trial.previews["zh"].entry == "grants"
    shown = await office.desk.show(ANNE, gap.id)
    assert (shown.gap.state, shown.lines) == ("open", ())
    done = await office.desk.confirm(ANNE, trial.id)
    assert done.gap is not None
    assert (done.gap.state, done.gap.entry) == ("answered", "grants")
    assert await refusal(office, Link(gap=gap.id, entry="grants")) == "is_answered"


async def test_what_breaks_needs_a_second_confirmation(office: Office) -> None:
    gap = await office.miss("who pays")
    wish = WriteAnswer(gap=gap.id, draft=draft(phrases=_like_the_hits_of_another()))
    trial = await try_out(office, wish)
    assert trial.replay.broken
    broken = trial.replay.examples[0]
    assert (broken.verdict, broken.held_out_of) == ("broken", "grants")
    with pytest.raises(EditingError) as caught:
        await office.desk.confirm(ANNE, trial.id)
    assert caught.value.reason == "breaks"
    assert (await office.desk.confirm(ANNE, trial.id, despite_breaks=True)).line == 1


def _like_the_hits_of_another() -> tuple[Phrase, ...]:
    return tuple(
        Phrase("en", f"how {who} apply for a grant{when}")
        for who in ("can one", "does a student", "could one", "would a student")
        for when in (" now", " today", " at once")
    )


async def test_progress_is_told_up_to_the_end(office: Office) -> None:
    gap = await office.miss(CLUB)
    told: list[tuple[int, int]] = []
    wish = WriteAnswer(gap=gap.id, draft=draft())
    await office.desk.decide(ANNE, wish, progress=lambda done, total: told.append((done, total)))
    await asyncio.sleep(0)
    assert told
    assert told[-1][0] == told[-1][1]


async def test_whoever_asks_as_most_did_finds_the_answer_however_else_it_is_found(
    office: Office,
) -> None:
    gap = await office.miss(CLUB)
    phrases = (Phrase("en", "call [number]"), Phrase("en", "who flies in the evenings"))
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft(phrases=phrases)))
    done = await office.desk.confirm(ANNE, trial.id)
    assert done.can_be_undone
    for text in (CLUB, "who flies in the evenings"):
        assert (await office.ask(text)).entry == "the-drone-racing-club"


async def test_an_undoing_can_not_be_undone(office: Office) -> None:
    gap = await office.miss(CLUB)
    taken = await office.desk.decide(ANNE, Assign(gap=gap.id, to=ANNE))
    assert isinstance(taken, Done)
    undone = await office.desk.decide(ANNE, Undo(line=taken.line))
    assert isinstance(undone, Done)
    assert (taken.can_be_undone, undone.can_be_undone) == (True, False)
