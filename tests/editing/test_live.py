"""What is added live is in force everywhere, can't take the bot down, and ends in the files."""

import asyncio
from pathlib import Path

import pytest

from bot.editing import Dismiss, Trial, WriteAnswer
from bot.live.building import Builder, BuildStopped
from bot.live.exporting import plan_export, write_export
from bot.live.learner import Learner
from bot.services import Brain
from knowledge import Amendment
from storage.editing import Change, NewAddition
from tests.editing.conftest import ANNE, Office, OpenOffice
from tests.editing.test_desk import CLUB, draft, try_out


async def _answer(office: Office) -> Trial:
    gap = await office.miss(CLUB)
    trial = await try_out(office, WriteAnswer(gap=gap.id, draft=draft()))
    await office.desk.confirm(ANNE, trial.id)
    return trial


async def _slip_in(office: Office, *additions: NewAddition) -> None:
    """Put rows into the database that no desk would."""
    now = office.desk._now()
    change = Change(at=now, editor=ANNE, action="answer", additions=additions)
    assert isinstance(await office.store.editing.decide(change), int)


@pytest.mark.parametrize(
    "bad",
    [
        NewAddition(kind="entry", target="x", content="{{{ no yaml"),
        NewAddition(kind="entry", target="x", content="- id: x\n  topic: series\n"),
        NewAddition(kind="entry", target="x", content="- just text\n"),
        NewAddition(kind="claim", target="nowhere", content="  a-1:\n    says: x\n"),
        NewAddition(kind="claim", target="notice", content="  notice-09: [\n"),
        NewAddition(kind="source", target="live-x", content="id: [1]\n"),
        NewAddition(kind="phrasing", target="nowhere", content="x", language="en"),
        NewAddition(kind="phrasing", target="grants", content="x {1..}", language="en"),
        NewAddition(kind="phrasing", target="grants", content="x", language="fr"),
    ],
)
async def test_a_bad_row_is_left_out_and_the_rest_is_in_force(
    office: Office, bad: NewAddition, caplog: pytest.LogCaptureFixture
) -> None:
    good = NewAddition(
        kind="phrasing", target="grants", content="handing in papers for support", language="en"
    )
    await _slip_in(office, bad)
    await _slip_in(office, good)
    assert await office.desk.live.catch_up()
    assert "decision 1 can't be used" in caplog.text
    assert (await office.ask("handing in papers for support")).entry == "grants"
    assert (await office.ask("vocational school tuition")).outcome == "answered"
    # It does not stand in the way of the next decision either.
    await _answer(office)
    assert (await office.ask(CLUB)).entry == "the-drone-racing-club"


async def test_a_live_copy_ends_when_the_same_entry_arrives_in_the_files(
    office: Office, open_office: OpenOffice, editors_folder: Path
) -> None:
    await _answer(office)
    version = office.assistant.knowledge.version
    _, additions = await office.store.editing.list_additions()
    planned = plan_export(editors_folder, additions, normalise=office.assistant.answerer.normalise)
    write_export(editors_folder, planned)

    async with open_office(serves=True) as with_files:
        assert (await with_files.ask(CLUB)).entry == "the-drone-racing-club"
        assert with_files.assistant.knowledge.version == version
        _, left = await with_files.store.editing.list_additions()
        assert left == ()


async def test_newer_files_elsewhere_end_no_live_copy(
    office: Office, open_office: OpenOffice, editors_folder: Path
) -> None:
    """An editor's own checkout is not what serves people."""
    await _answer(office)
    _, additions = await office.store.editing.list_additions()
    planned = plan_export(editors_folder, additions, normalise=office.assistant.answerer.normalise)
    write_export(editors_folder, planned)
    async with open_office() as checkout:
        assert (await checkout.ask(CLUB)).entry == "the-drone-racing-club"
    _, left = await office.store.editing.list_additions()
    assert left == additions


async def test_other_processes_notice_by_themselves(
    office: Office, open_office: OpenOffice, tiny_brain: Brain
) -> None:
    async with open_office(brain=tiny_brain) as other:
        looked = asyncio.Event()

        live = other.desk.live

        async def hardly_sleep(_seconds: float) -> None:
            await asyncio.sleep(0)
            if live.revision:
                looked.set()

        async def then() -> None:
            return

        watching = asyncio.create_task(live.watch(then, sleep=hardly_sleep))
        await _answer(office)
        await asyncio.wait_for(looked.wait(), 60)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        assert (await other.ask(CLUB)).entry == "the-drone-racing-club"


async def test_nobody_waits_while_knowledge_is_built(office: Office) -> None:
    """The event loop goes on: people are answered meanwhile."""
    gap = await office.miss(CLUB)
    trying = asyncio.create_task(try_out(office, WriteAnswer(gap=gap.id, draft=draft())))
    answered = 0
    while not trying.done():
        reply = await office.ask("how do i apply for a grant", f"p{answered}")
        assert reply.outcome == "answered"
        answered += 1
    await trying
    assert answered > 3


async def test_what_was_tried_and_dropped_leaves_nothing_in_the_cache(office: Office) -> None:
    gap = await office.miss(CLUB)
    await try_out(office, WriteAnswer(gap=gap.id, draft=draft()))
    cache = office.settings.cache_dir
    assert not [file.name for file in cache.glob("live_*")]


async def test_much_knowledge_is_learned_in_a_process_of_its_own(
    office: Office, editors_folder: Path
) -> None:
    """With the same result, to the byte."""
    amendments = [
        Amendment(kind="phrasing", target="grants", language="en", content="papers for support")
    ]
    cache_dir = office.settings.cache_dir
    brain = office.desk.live.brain
    kept = []
    for least in (0, 10**9):
        builder = Builder(
            brain, folder=editors_folder, cache_dir=cache_dir, learns_aside_from=least
        )
        cache = builder.cache_aside()
        built = await asyncio.to_thread(builder.build, amendments, cache)
        assert built.understander.understand("papers for support").entry == "grants"
        kept.append({name for name in cache.held if name.startswith("matcher-")})
    assert kept[0] == kept[1] != set()


async def test_a_process_that_fails_leaves_nothing_and_one_that_is_stopped_does_not_start(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    learner = Learner()
    assert learner.learn(tmp_path / "nowhere", tmp_path / "cache", []) == {}
    assert "failed" in caplog.text
    learner.stop()
    assert learner.learn(None, tmp_path / "cache", []) == {}


async def test_a_process_that_ends_learns_nothing_more(
    office: Office, editors_folder: Path
) -> None:
    """Nobody who stops the bot waits for that."""
    builder = Builder(
        office.desk.live.brain,
        folder=editors_folder,
        cache_dir=office.settings.cache_dir,
        learns_aside_from=0,
    )
    builder.stop()
    amendment = Amendment(kind="phrasing", target="grants", language="en", content="papers")
    with pytest.raises(BuildStopped):
        builder.build([amendment], builder.cache_aside())


async def test_a_dismissed_gap_comes_back_when_its_answer_says_something_else(
    office: Office, open_office: OpenOffice, editors_folder: Path
) -> None:
    gap = await office.miss(CLUB)
    await office.desk.decide(ANNE, Dismiss(gap=gap.id, why="it says so", towards="school-tuition"))
    async with open_office(serves=True) as unchanged:
        assert await unchanged.desk.list_gaps(ANNE) == ()

    file = editors_folder / "answers" / "fees.yaml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("It differs by school.", "Every school has its own.")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    async with open_office(serves=True) as after:
        (back,) = await after.desk.list_gaps(ANNE)
        assert (back.id, back.state, back.why) == (gap.id, "open", None)
        line = (await after.desk.journal(ANNE))[0]
        assert (line.action, line.editor) == ("answer_changed", None)
