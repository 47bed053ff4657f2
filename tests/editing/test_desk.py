"""What editors decide is checked, tried, in force at once, and can be taken back."""

import asyncio
from typing import Any

import pytest

from bot.editing import (
    AddPhrasing,
    AnswerDraft,
    Assign,
    ConflictError,
    Dismiss,
    Done,
    EditingError,
    Link,
    Merge,
    NewSource,
    NotAnEditorError,
    Phrase,
    Reopen,
    SplitOff,
    Trial,
    Undo,
    Wish,
    WriteAnswer,
)
from bot.services import Brain
from tests.editing.conftest import ANNE, BO, STRANGER, Office, OpenOffice

CLUB = "is there a drone racing club"


def draft(**values: Any) -> AnswerDraft:
    usual: dict[str, Any] = {
        "title": {"en": "The drone racing club", "zh": "无人机社"},
        "says": {
            "en": "The club has 1,200 members and began on 2024-09-01.",
            "zh": "社团有1200人，2024-09-01成立。",
        },
        "new_source": NewSource(
            title="Clubs", publisher="The school", published="2025-09", url="https://example.org/c"
        ),
        "topic": "series",
    }
    return AnswerDraft.model_validate(usual | values)


async def try_out(office: Office, wish: Wish, actor: int = ANNE) -> Trial:
    trial = await office.desk.decide(actor, wish)
    assert isinstance(trial, Trial)
    return trial


async def refusal(office: Office, wish: Wish, actor: int = ANNE) -> str:
    with pytest.raises(EditingError) as caught:
        await office.desk.decide(actor, wish)
    for language in ("zh", "en"):
        assert caught.value.say(office.assistant.say, language)  # type: ignore[arg-type]
    return caught.value.reason


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


# -- answering


async def test_an_answer_is_tried_then_in_force_at_once(office: Office) -> None:
    gap = await office.miss(CLUB, "a", "b")
    old_version = office.assistant.knowledge.version
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft(), seen=gap.version))
    assert (trial.replay.fixed, trial.replay.broken, trial.replay.is_harmless) == (2, 0, True)
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
    only = draft(title={"en": "Drones"}, says={"en": "There is one."})
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=only))
    assert len(trial.previews["en"].blocks) == 1
    assert trial.previews["zh"].blocks[0] == "There is one."
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
        ({"phrases": (Phrase("en", "call [number]"),)}, "no_phrase"),
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


async def test_a_link_answers_without_a_trial(office: Office) -> None:
    gap = await office.miss(CLUB)
    done = await office.desk.decide(ANNE, Link(gap=gap.id, entry="grants"))
    assert isinstance(done, Done)
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


# -- two editors


async def test_the_second_of_two_editors_is_told_who_was_faster(office: Office) -> None:
    gap = await office.miss(CLUB)
    await office.desk.decide(ANNE, Assign(gap=gap.id, to=ANNE, seen=gap.version))
    with pytest.raises(ConflictError) as caught:
        await office.desk.decide(BO, Assign(gap=gap.id, to=BO, seen=gap.version))
    assert str(ANNE) in caught.value.say(office.assistant.say, "en")
    assert (await office.newest()).assignee == ANNE


async def test_of_two_trials_the_later_confirmation_is_refused(office: Office) -> None:
    gap = await office.miss(CLUB)
    one = await try_out(office, WriteAnswer(gap=gap.id, draft=draft()), ANNE)
    two = await try_out(office, WriteAnswer(gap=gap.id, draft=draft()), BO)
    with pytest.raises(EditingError) as caught:
        await office.desk.confirm(BO, one.id)
    assert caught.value.reason == "trial_is_over"
    await office.desk.confirm(ANNE, one.id)
    with pytest.raises(ConflictError):
        await office.desk.confirm(BO, two.id)
    assert len(await office.desk.journal(ANNE)) == 1


async def test_a_trial_on_older_knowledge_is_refused_and_can_be_run_again(office: Office) -> None:
    first = await office.miss(CLUB)
    second = await office.miss("what do we have to fork out for lessons")
    one = await try_out(office, WriteAnswer(gap=first.id, draft=draft()), ANNE)
    wish = AddPhrasing(gap=second.id, entry="school-tuition", phrases=())
    two = await try_out(office, wish, BO)
    await office.desk.confirm(ANNE, one.id)
    with pytest.raises(ConflictError) as caught:
        await office.desk.confirm(BO, two.id)
    assert caught.value.reason == "knowledge_changed"
    again = await try_out(office, wish, BO)
    await office.desk.confirm(BO, again.id)
    assert (await office.ask(CLUB)).entry == "the-drone-racing-club"
    assert (await office.ask("what do we have to fork out for lessons")).entry == "school-tuition"


# -- the rest of the actions


async def test_a_dismissed_gap_comes_back_only_when_its_answer_changes(office: Office) -> None:
    gap = await office.miss(CLUB)
    assert await refusal(office, Dismiss(gap=gap.id, why=" ")) == "no_reason"
    wish = Dismiss(gap=gap.id, why="the series says it", towards="school-tuition")
    await office.desk.decide(ANNE, wish)
    await office.ask(CLUB, "b")
    assert await office.desk.list_gaps(ANNE) == ()

    other = await office.miss("what do we have to fork out for lessons")
    added = AddPhrasing(gap=other.id, entry="school-tuition", phrases=())
    await office.desk.confirm(ANNE, (await try_out(office, added)).id)
    shown = await office.desk.show(ANNE, gap.id)
    assert shown.gap.state == "dismissed"
    assert (shown.gap.why, shown.gap.people) == ("the series says it", 2)


async def test_gaps_are_merged_split_and_opened_again(office: Office) -> None:
    one = await office.miss(CLUB, "a")
    two = await office.miss("where do the model aircraft fly", "b")
    await office.desk.decide(ANNE, Merge(gap=two.id, into=one.id))
    (merged,) = await office.desk.list_gaps(ANNE)
    assert (merged.id, merged.people) == (one.id, 2)
    assert await refusal(office, Assign(gap=two.id, to=ANNE)) == "merged"
    assert await refusal(office, Merge(gap=one.id, into=two.id)) == "same_gap"

    wordings = (await office.desk.show(ANNE, one.id)).wordings
    assert await refusal(office, SplitOff(gap=one.id, wordings=())) == "empty"
    done = await office.desk.decide(ANNE, SplitOff(gap=one.id, wordings=(wordings[0].wording,)))
    assert isinstance(done, Done)
    assert done.opened is not None
    assert len(await office.desk.list_gaps(ANNE)) == 2
    await office.desk.decide(ANNE, Dismiss(gap=done.opened, why="off topic"))
    await office.desk.decide(ANNE, Reopen(gap=done.opened))
    assert await refusal(office, Reopen(gap=done.opened)) == "is_open"


async def test_undo_takes_an_answer_back_and_writes_its_own_line(office: Office) -> None:
    gap = await office.miss(CLUB)
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft()))
    done = await office.desk.confirm(ANNE, trial.id)
    back = await try_out(office, Undo(line=done.line), BO)
    assert back.replay.broken == 1
    await office.desk.confirm(BO, back.id, despite_breaks=True)
    assert (await office.ask(CLUB)).outcome != "answered"
    lines = await office.desk.journal(ANNE)
    assert [(one.action, one.editor) for one in lines] == [("undo", BO), ("answer", ANNE)]
    assert lines[1].undone_by == lines[0].id
    assert (await office.newest()).state == "open"
    assert await refusal(office, Undo(line=done.line)) == "undone"


async def test_what_was_built_upon_is_not_undone(office: Office) -> None:
    gap = await office.miss(CLUB)
    first = await office.desk.decide(ANNE, Assign(gap=gap.id, to=ANNE))
    await office.desk.decide(ANNE, Dismiss(gap=gap.id, why="off topic"))
    assert isinstance(first, Done)
    assert await refusal(office, Undo(line=first.line)) == "built_upon"


async def test_a_merge_and_a_split_can_be_undone(office: Office) -> None:
    one = await office.miss(CLUB, "a")
    two = await office.miss("where do the model aircraft fly", "b")
    merged = await office.desk.decide(ANNE, Merge(gap=two.id, into=one.id))
    assert isinstance(merged, Done)
    await office.desk.decide(ANNE, Undo(line=merged.line))
    assert {gap.id for gap in await office.desk.list_gaps(ANNE)} == {one.id, two.id}

    await office.desk.decide(ANNE, Merge(gap=two.id, into=one.id))
    wordings = (await office.desk.show(ANNE, one.id)).wordings
    split = await office.desk.decide(ANNE, SplitOff(gap=one.id, wordings=(wordings[0].wording,)))
    assert isinstance(split, Done)
    await office.desk.decide(ANNE, Undo(line=split.line))
    (gap,) = await office.desk.list_gaps(ANNE)
    assert (gap.id, gap.people) == (one.id, 2)


# -- other processes


async def test_an_answer_is_in_force_in_another_process_and_after_a_restart(
    office: Office, open_office: OpenOffice, tiny_brain: Brain
) -> None:
    gap = await office.miss(CLUB)
    async with open_office(brain=tiny_brain) as other:
        trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft()))
        await office.desk.confirm(ANNE, trial.id)
        assert (await other.ask(CLUB)).outcome != "answered"
        assert await other.desk.live.catch_up()
        assert (await other.ask(CLUB)).entry == "the-drone-racing-club"
        assert not await other.desk.live.catch_up()
        assert other.assistant.knowledge.version == office.assistant.knowledge.version
    async with open_office(brain=tiny_brain) as later:
        assert (await later.ask(CLUB)).entry == "the-drone-racing-club"
