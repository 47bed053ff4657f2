"""A desk with two editors over the tiny knowledge, and people who ask what it lacks."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.editing import Desk
from bot.memory.asker import AskerHash
from bot.reply import Question, Reply
from bot.services import Brain, load_brain, open_assistant
from bot.settings import Settings
from storage import Store
from storage.editing import Gap
from tests.bots.databases import LayDatabase
from tests.bots.learned import LayLearned

ANNE, BO = 11, 22
STRANGER = 99


@dataclass(slots=True)
class Office:
    """The bot as one process runs it: people ask, editors decide."""

    assistant: Assistant
    settings: Settings
    replies: list[Reply] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return self.assistant.desk

    @property
    def store(self) -> Store:
        store = self.assistant.recorder.access._store
        assert store is not None
        return store

    async def ask(self, text: str, asker: str = "mia") -> Reply:
        """Ask as one person; whoever gets no answer waits for one."""
        question = Question(text=text, front="telegram", asker=f"telegram:{asker}", hint="en")
        reply = await self.assistant.reply(question)
        self.replies.append(reply)
        return reply

    async def wait_for(self, text: str, asker: str, chat_id: int) -> Reply:
        """Ask, and press "tell me when there is an answer"."""
        reply = await self.ask(text, asker)
        assert reply.record is not None
        assert await self.assistant.people.wait(
            f"telegram:{asker}", reply.record, chat_id=chat_id, language=reply.language
        )
        return reply

    async def miss(self, text: str, *askers: str) -> Gap:
        """Ask as several people, and return the gap that this is in."""
        for asker in askers or ("mia",):
            reply = await self.ask(text, asker)
            assert reply.outcome != "answered"
        return await self.newest()

    async def newest(self) -> Gap:
        return (await self.desk.list_gaps(ANNE, order="newest"))[0]


OpenOffice = Callable[..., AbstractAsyncContextManager[Office]]


@pytest.fixture
def editors_folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the tiny knowledge that may be written to."""
    folder = tmp_path / "knowledge"
    shutil.copytree(tiny_folder, folder)
    return folder


@pytest.fixture
def open_office(
    editors_folder: Path,
    lay_database: LayDatabase,
    lay_learned: LayLearned,
    monkeypatch: pytest.MonkeyPatch,
) -> OpenOffice:
    """Return what opens the bot, any number of times over the same database.

    It notices what is decided elsewhere when a test lets it, however long that takes.
    """
    monkeypatch.setattr("bot.live.live._LOOK_AGAIN_S", 3600.0)

    @asynccontextmanager
    async def open_(*, brain: Brain | None = None, serves: bool = False) -> AsyncIterator[Office]:
        settings = Settings(
            data_dir=editors_folder.parent / "data",
            knowledge_dir=editors_folder,
            editors=f"{ANNE}, {BO}",
            _env_file=None,
        )
        lay_learned(settings.data_dir, "tiny")
        lay_database(settings.data_dir / "voced.sqlite")
        async with open_assistant(
            settings,
            brain or load_brain(settings),
            asker_hash=AskerHash(b"key"),
            serves=serves,
        ) as assistant:
            yield Office(assistant, settings)

    return open_


@pytest.fixture
async def office(open_office: OpenOffice, tiny_brain: Brain) -> AsyncIterator[Office]:
    """Yield the bot over a fresh database."""
    async with open_office(brain=tiny_brain) as opened:
        yield opened
