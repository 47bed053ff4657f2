"""What is remembered about people reaches the store, and a store in trouble is told of plainly."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.memory.asker import AskerHash
from bot.memory.correspondence import Correspondence
from bot.memory.people import People
from bot.memory.recording import Recorder
from bot.reply import Question, Reply
from storage import StorageError, Store, open_store
from storage.people import FoundAnswer
from tests.bots.databases import LayDatabase

ME = "telegram:7001"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HASH = AskerHash(b"key")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def store(tmp_path: Path, lay_database: LayDatabase) -> AsyncIterator[Store]:
    lay_database(tmp_path / "people.sqlite")
    async with open_store(f"sqlite:///{tmp_path / 'people.sqlite'}") as opened:
        yield opened


@pytest.fixture
def recorder(store: Store) -> Recorder:
    return Recorder(store, retention=timedelta(days=30), asker_hash=HASH, now=lambda: NOW)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(recorder: Recorder, clock: Clock) -> People:
    return People(recorder, now=lambda: NOW, clock_s=clock)


@pytest.fixture
async def troubled(tmp_path: Path) -> People:
    async with open_store(f"sqlite:///{tmp_path / 'closed.sqlite'}") as closed:
        pass
    return People(Recorder(closed, retention=timedelta(days=30), asker_hash=HASH))


async def _miss(recorder: Recorder, text: str = "学费") -> int:
    reply = Reply(
        question=text,
        normalised=text,
        language="zh",
        outcome="missed",
        blocks=("…",),
        gap="no_match",
    )
    number = await recorder.record(Question(text=text, front="telegram", asker=ME), reply, text)
    assert number is not None
    return number


async def _ask_unwritten(recorder: Recorder, text: str, *, asker: str) -> int | None:
    """Let a question wait in memory because the store is in trouble."""
    recorder.access.note(StorageError("away"))
    reply = Reply(question=text, normalised=text, language="zh", outcome="missed", blocks=("…",))
    return await recorder.record(Question(text=text, front="telegram", asker=asker), reply, text)


async def test_nothing_stands_under_an_id(people: People, recorder: Recorder, store: Store) -> None:
    await people.choose_language(ME, "zt")
    assert await store.people.language_of(ME) is None
    assert await store.people.language_of(HASH(ME)) == "zt"


async def test_a_choice_holds_at_once_and_is_read_once_a_minute(
    people: People, store: Store, clock: Clock
) -> None:
    """Another process may change it meanwhile."""
    assert await people.language_of(ME) is None
    await people.choose_language(ME, "en")
    await store.people.choose_language(HASH(ME), "zh")
    assert await people.language_of(ME) == "en"
    clock.seconds = 60
    assert await people.language_of(ME) == "zh"


async def test_ten_thousand_people_are_known_by_heart_and_no_more(
    people: People, store: Store
) -> None:
    await people.choose_language(ME, "en")
    for number in range(9_999):
        people._know_language(f"telegram:-{number}", None)
    await store.people.choose_language(HASH(ME), "zh")
    assert await people.language_of(ME) == "en"
    people._know_language("telegram:x", None)
    assert await people.language_of(ME) == "zh"
    assert len(people._languages) == 10_000


async def test_a_store_in_trouble_costs_nobody_an_answer(troubled: People) -> None:
    """A language is not known, and an edited question finds no answer to change."""
    assert await troubled.language_of(ME) is None
    troubled.remember_answer(ME, place=ME, question=1, answer=2, record=None)
    assert await troubled.find_answer(place=ME, question=1) is None
    await troubled.finish()


async def test_what_a_person_asked_for_and_can_not_be_done_is_told(troubled: People) -> None:
    for wish in (
        troubled.choose_language(ME, "zh"),
        troubled.rate(ME, "grants", "v", "up", None),
        troubled.put_before_editors(ME, 1, "grants", "feedback:wrong"),
        troubled.wait(ME, 1, chat_id=7001, language="zh"),
        troubled.stop_waiting(ME, 1),
    ):
        with pytest.raises(StorageError):
            await wish


async def test_in_trouble_what_stands_in_memory_is_shown_and_forgotten_and_the_rest_is_told(
    tmp_path: Path,
) -> None:
    """Nobody else's question is touched, and the count of it stays."""
    async with open_store(f"sqlite:///{tmp_path / 'people.sqlite'}") as store:
        recorder = Recorder(store, retention=timedelta(days=30), asker_hash=HASH)
        people = People(recorder)
        await people.choose_language(ME, "zh")
    await _ask_unwritten(recorder, "秘密", asker=ME)
    await _ask_unwritten(recorder, "别人的", asker="telegram:8")
    shown = await people.show_everything(ME, chat_id=7001)
    assert not shown.is_all
    assert [row["text"] for row in shown.held.questions] == ["秘密"]
    assert "asker" not in shown.held.questions[0]
    assert shown.held.language == "zh"
    forgotten = await people.forget(ME, chat_id=7001)
    assert (forgotten.is_all, forgotten.erased.questions) == (False, 1)
    assert recorder.waiting == 2
    assert [one.text for one in await recorder.waiting_of("telegram:8")] == ["别人的"]
    again = await people.forget(ME, chat_id=7001)
    assert (again.is_all, again.erased.questions) == (False, 0)


async def test_what_was_forgotten_before_it_could_be_written_is_written_without_a_word(
    people: People, recorder: Recorder, store: Store
) -> None:
    await _ask_unwritten(recorder, "秘密", asker=ME)
    forgotten = await people.forget(ME, chat_id=7001)
    assert (forgotten.is_all, forgotten.erased.questions) == (False, 1)
    recorder.access.end_pause()
    await recorder.write_waiting()
    assert recorder.waiting == 0
    assert (await store.status()).outcomes["missed"] == 1
    assert not (await people.show_everything(ME, chat_id=7001)).held.questions


async def test_what_can_be_read_is_shown_whole_while_nothing_can_be_written(
    people: People, recorder: Recorder
) -> None:
    """As on a full disk: what stands in the database, and what waits to be put there."""
    await _miss(recorder)
    await _ask_unwritten(recorder, "秘密", asker=ME)
    shown = await people.show_everything(ME, chat_id=7001)
    assert shown.is_all
    assert [row["text"] for row in shown.held.questions] == ["学费", "秘密"]


async def test_a_language_known_before_the_trouble_still_holds(
    people: People, recorder: Recorder, clock: Clock
) -> None:
    await people.choose_language(ME, "zh")
    clock.seconds = 61
    recorder.access.note(StorageError("away"))
    assert await people.language_of(ME) == "zh"


async def test_an_answer_is_found_as_soon_as_it_is_sent(people: People) -> None:
    people.remember_answer(ME, place=ME, question=10, answer=11, record=None)
    found = await people.find_answer(place=ME, question=10)
    assert found == FoundAnswer(answer=11, text=None)


async def test_answers_are_written_without_being_asked_for(
    recorder: Recorder, store: Store
) -> None:
    """All that were sent at about the same time in one transaction."""
    correspondence = Correspondence(recorder.access, now=lambda: NOW, gathered_for_s=0)
    for number in range(100):
        correspondence.add(asker="a", place="p", question=number, answer=500 + number, record=None)
    written = ()
    async with asyncio.timeout(30):
        while not written:
            written = (await store.people.show_everything("a", chat_id=7001)).messages
    assert len(written) == 100


async def test_answers_are_written_before_the_end(people: People, store: Store) -> None:
    people.remember_answer(ME, place=ME, question=10, answer=11, record=None)
    await people.finish()
    assert await store.people.find_answer(place=HASH(ME), question=10, now=NOW)


async def test_forgetting_takes_along_what_is_not_written_yet(
    people: People, recorder: Recorder
) -> None:
    """A question that waits in memory, an answer just sent, a language known by heart."""
    await _miss(recorder)
    await _ask_unwritten(recorder, "秘密", asker=ME)
    recorder.access.end_pause()
    people.remember_answer(ME, place=ME, question=10, answer=11, record=None)
    await people.choose_language(ME, "zh")
    held = (await people.show_everything(ME, chat_id=7001)).held
    assert [row["text"] for row in held.questions] == ["学费", "秘密"]
    erased = (await people.forget(ME, chat_id=7001)).erased
    assert (erased.questions, erased.messages, erased.choices) == (2, 1, 1)
    assert await people.language_of(ME) is None
    assert recorder.waiting == 0


async def test_people_who_are_not_told_apart_are_not_remembered(store: Store) -> None:
    people = People(Recorder(store, retention=timedelta(days=30)))
    with pytest.raises(TypeError, match="not told apart"):
        await people.choose_language(ME, "zh")
