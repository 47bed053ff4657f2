"""Two editors at once, every action beside answering, and other processes."""

import pytest

from bot.editing import (
    AddPhrasing,
    Assign,
    ConflictError,
    Dismiss,
    Done,
    EditingError,
    Link,
    Merge,
    Reopen,
    SplitOff,
    Undo,
    WriteAnswer,
)
from bot.services import Brain
from tests.editing.conftest import ANNE, BO, Office, OpenOffice
from tests.editing.wishing import CLUB, draft, refusal, try_out

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


async def test_what_becomes_part_of_an_answered_gap_is_shown_and_confirmed_first(
    office: Office,
) -> None:
    """For whoever waits is told of its answer; also where an undoing answers it again."""
    one = await office.miss(CLUB, "a")
    answered = await try_out(office, Link(gap=one.id, entry="grants"))
    done = await office.desk.confirm(ANNE, answered.id)
    await office.wait_for("where do the model aircraft fly", "b", 7)
    two = await office.newest()
    trial = await try_out(office, Merge(gap=two.id, into=one.id))
    assert (trial.entry, trial.people, trial.replay) == ("grants", 1, None)
    assert trial.previews["en"].text.startswith("Apply at your school.")
    assert (await office.newest()).id == two.id
    await office.desk.confirm(ANNE, trial.id)
    assert await office.desk.list_gaps(ANNE) == ()

    assert isinstance(done, Done)
    again = await office.desk.decide(ANNE, Reopen(gap=one.id))
    assert isinstance(again, Done)
    back = await try_out(office, Undo(line=again.line))
    assert (back.entry, back.replay) == ("grants", None)


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
