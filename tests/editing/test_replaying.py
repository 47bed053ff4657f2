"""A decision is tried on the past: what it changes is named, and the time for it is bounded."""

from datetime import date
from itertools import count

from bot.editing import Desk, Phrase, Replay, Trial, WriteAnswer
from bot.editing.replaying import replay
from bot.services import Brain
from storage.editing import PastQuestion
from tests.editing.conftest import ANNE, Office
from tests.editing.wishing import CLUB, draft, try_out

# Answered with `grants` in spite of the slip.
SLIP = "how do i aply for a grant"
TODAY = date(2026, 3, 1)


async def _gather_nothing() -> int:
    return 0


async def test_what_would_be_answered_otherwise_is_named_with_both_answers(office: Office) -> None:
    """Beside what is fixed; it breaks nothing, so one confirmation will do."""
    assert (await office.ask(SLIP, "a")).entry == "grants"
    await office.ask(SLIP, "b")
    gap = await office.miss(CLUB)
    phrases = (Phrase("en", CLUB), Phrase("en", SLIP))
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft(phrases=phrases)))
    assert trial.replay is not None
    assert (trial.replay.fixed, trial.replay.changed, trial.replay.broken) == (1, 2, 0)
    changed, fixed = trial.replay.examples
    assert (changed.verdict, changed.text, changed.times) == ("changed", SLIP, 2)
    assert (changed.before, changed.after) == ("grants", "the-drone-racing-club")
    assert (fixed.verdict, fixed.text) == ("fixed", CLUB)
    await office.desk.confirm(ANNE, trial.id)
    assert (await office.ask(SLIP)).entry == "the-drone-racing-club"


async def test_however_much_breaks_what_changes_is_named_too(
    office: Office, tiny_brain: Brain
) -> None:
    """And how much is left out; here it is taken away what an editor has added."""
    gap = await office.miss(CLUB)
    phrases = (Phrase("en", CLUB), Phrase("en", SLIP))
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft(phrases=phrases)))
    await office.desk.confirm(ANNE, trial.id)
    texts = (SLIP, *(f"{CLUB} {'please ' * number}" for number in range(60)))
    found = replay(
        [PastQuestion(text=text, language="en", times=1) for text in texts],
        before=office.desk.live.brain.answerer,
        after=tiny_brain.answerer,
        meant=None,
        today=TODAY,
        budget_s=60,
        tell=lambda _done, _total: None,
    )
    assert (found.broken, found.changed) == (60, 1)
    assert [one.text for one in found.examples if one.verdict == "changed"] == [SLIP]
    assert found.unshown == 61 - len(found.examples) > 0


async def test_the_time_is_over_when_the_clock_says_so_and_the_newest_came_first(
    office: Office,
) -> None:
    """Each look at the clock costs a second; of nine questions, three are tried."""
    asks = office.assistant.knowledge.answers["grants"].asks
    for text in (*asks.en, *asks.zh)[:8]:
        await office.ask(text)
    gap = await office.miss(CLUB)
    seconds = count()
    told: list[tuple[int, int]] = []
    desk = Desk(
        office.assistant.recorder.access,
        office.desk.live,
        editors=office.desk.editors,
        gather=_gather_nothing,
        clock_s=lambda: float(next(seconds)),
        budget_s=4,
    )
    trial = await desk.decide(
        ANNE,
        WriteAnswer(gap=gap.id, draft=draft()),
        progress=lambda done, total: told.append((done, total)),
    )
    assert isinstance(trial, Trial)
    assert trial.replay is not None
    assert (trial.replay.asked, trial.replay.known, trial.replay.is_cut) == (3, 9, True)
    # The newest of them is the one that is fixed.
    assert trial.replay.fixed == 1
    assert trial.replay.held_out > 0
    assert all(done <= trial.replay.held_out + trial.replay.asked for done, _ in told)


async def test_without_a_limit_in_sight_every_past_question_is_tried(office: Office) -> None:
    await office.ask(SLIP)
    gap = await office.miss(CLUB)
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft()))
    assert trial.replay is not None
    assert (trial.replay.asked, trial.replay.known, trial.replay.is_cut) == (2, 2, False)


def test_a_replay_of_the_newest_alone_does_not_pass_for_one_of_all(tiny_brain: Brain) -> None:
    past = [PastQuestion(text=SLIP, language="en", times=1)]
    found: Replay = replay(
        past,
        before=tiny_brain.answerer,
        after=tiny_brain.answerer,
        meant=None,
        today=TODAY,
        budget_s=60,
        tell=lambda _done, _total: None,
        known=50_000,
    )
    assert (found.asked, found.known, found.is_cut) == (1, 50_000, True)
