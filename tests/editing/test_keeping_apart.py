"""An entry that answers what it does not say is denied the question: it gets a counterexample."""

import pytest

from bot.editing import AddCounterexample, AddPhrasing, EditingError, Phrase, Undo
from storage.editing import Gap
from tests.editing.conftest import ANNE, Office
from tests.editing.wishing import CLUB, refusal, try_out

# All answered with `grants`, which says nothing of appeals.
APPEAL, APPEALS = "steps of a grant application appeal", "steps of my grant application appeal"
PLAIN = "what are the steps of a grant application"


async def _complain(office: Office, text: str) -> Gap:
    """Ask what is answered, and say that this is not what was asked."""
    reply = await office.ask(text)
    assert reply.entry == "grants"
    assert reply.record is not None
    assert await office.assistant.people.put_before_editors(
        "telegram:mia", reply.record, "grants", "not_asked"
    )
    return await office.newest()


async def test_what_was_answered_wrongly_is_not_answered_any_more(office: Office) -> None:
    """The gap waits on: nobody has answered it."""
    gap = await _complain(office, APPEAL)
    assert gap.nearest[0] == "grants"
    trial = await try_out(office, AddCounterexample(gap=gap.id, entry="grants", phrases=()))
    assert trial.replay is not None
    assert (trial.replay.fixed, trial.replay.changed, trial.replay.broken) == (1, 0, 0)
    assert (trial.entry, trial.previews, trial.people) == (None, {}, 0)
    assert (await office.ask(APPEAL, "b")).entry == "grants"
    done = await office.desk.confirm(ANNE, trial.id)
    assert done.gap is not None
    assert (done.gap.state, done.gap.entry) == ("open", None)
    assert (await office.ask(APPEAL, "c")).outcome != "answered"
    assert (await office.ask("how can one apply for a grant")).entry == "grants"
    line = (await office.desk.journal(ANNE))[0]
    assert line.action == "add_counterexample"
    assert line.after[""] == {"entry": "grants", "phrases": [APPEAL]}


async def test_what_else_loses_its_answer_is_said_to_break(office: Office) -> None:
    """Nobody has said that the answer is wrong for that; so it is confirmed twice."""
    assert (await office.ask(APPEALS)).entry == "grants"
    assert (await office.ask(PLAIN)).entry == "grants"
    gap = await _complain(office, APPEAL)
    wish = AddCounterexample(
        gap=gap.id, entry="grants", phrases=(Phrase("en", f"{APPEAL.capitalize()}?"),)
    )
    trial = await try_out(office, wish)
    assert trial.replay is not None
    assert [(one.text, one.verdict) for one in trial.replay.examples] == [
        (APPEALS, "broken"),
        (APPEAL, "fixed"),
    ]
    with pytest.raises(EditingError):
        await office.desk.confirm(ANNE, trial.id)
    await office.desk.confirm(ANNE, trial.id, despite_breaks=True)
    assert (await office.ask(PLAIN)).entry == "grants"


async def test_it_is_taken_back(office: Office) -> None:
    gap = await _complain(office, APPEAL)
    trial = await try_out(office, AddCounterexample(gap=gap.id, entry="grants", phrases=()))
    done = await office.desk.confirm(ANNE, trial.id)
    undone = await try_out(office, Undo(line=done.line))
    assert undone.replay is not None
    # Who took it back knows best whether that is better; nobody is told that it is.
    assert (undone.replay.fixed, undone.replay.changed, undone.replay.broken) == (0, 1, 0)
    await office.desk.confirm(ANNE, undone.id)
    assert (await office.ask(APPEAL)).entry == "grants"


@pytest.mark.parametrize(
    ("entry", "text", "reason"),
    [
        ("nowhere", "what about grants", "unknown_entry"),
        ("grants", "my name is [name]", "no_phrase"),
        ("grants", "how can one apply for a grant", "does_not_fit"),
    ],
)
async def test_what_can_be_no_counterexample_is_refused(
    office: Office, entry: str, text: str, reason: str
) -> None:
    """Nor what the entry has as one of its own phrasings."""
    gap = await office.miss(CLUB)
    (ask,) = office.assistant.knowledge.answers["grants"].asks.en[:1]
    given = ask if reason == "does_not_fit" else text
    wish = AddCounterexample(gap=gap.id, entry=entry, phrases=(Phrase("en", given),))
    assert await refusal(office, wish) == reason
    assert (await office.newest()).version == gap.version


async def test_the_same_is_added_once(office: Office) -> None:
    gap = await office.miss(CLUB)
    wish = AddCounterexample(gap=gap.id, entry="grants", phrases=())
    await office.desk.confirm(ANNE, (await try_out(office, wish)).id)
    assert await refusal(office, wish) == "known_counterexample"
    # And another editor may still find that it is one of its phrasings: not both.
    both = AddPhrasing(gap=gap.id, entry="grants", phrases=())
    assert await refusal(office, both) == "does_not_fit"
