"""The whole loop with the real process, which is killed in the middle of telling people."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from intents import Normaliser, load_word_lists
from knowledge import load_knowledge
from tests.botapi.trouble.faults import Silence
from tests.bots.fixtures import CHECKOUT
from tests.bots.person import Person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi.account.chats import Shown
    from tests.botapi.wire.loopback import BotApiServer
    from tests.bots.process import BotProcess

    StartBot = Callable[..., Awaitable[BotProcess]]

pytestmark = pytest.mark.process

_ASKERS = (1, 2, 3)
_EDITOR, _SECOND_EDITOR, _EDITORS_CHAT = 9101, 9102, -9900
_ASKED = ("Do apprentices get dental insurance?", "do apprentices get dental insurance")
_ANSWER = "They are insured at 3 places in 2026."
_TOLD = "A while ago you asked"
_TELL_ME = "Tell me when there is an answer"
_WRITTEN = (
    ("press", "✍️ Write an answer"),
    ("say", "Apprentices are insured"),
    ("say", _ANSWER),
    ("press", "Skip"),
    ("press", "+ New source"),
    ("say", "Insurance of apprentices"),
    ("say", "The insurers"),
    ("say", "2026-02"),
    ("press", "Skip"),
    ("press", "Topic"),
    ("press", "Made-up things"),
    ("press", "▶ Try it"),
)
# What happens to the second message when the process is killed, and who is sure to have one then.
_MOMENTS = {
    "before it arrives": (Silence(is_done=False), [1, 3]),
    "after it has arrived": (Silence(is_done=True), [1, 2, 3]),
    "between two": (None, [1, 2, 3]),
}


@dataclass(slots=True)
class _Town:
    """Everybody in the loop, the bot as a process, and what stands on disk."""

    start_bot: StartBot
    server: BotApiServer
    knowledge: Path
    bot: BotProcess | None = None
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    async def start(self) -> None:
        self.bot = await self.start_bot(
            TELEGRAM_TOKEN=self.server.token,
            API_URL=self.server.url,
            KNOWLEDGE_DIR=str(self.knowledge),
            EDITORS=f"{_EDITOR},{_SECOND_EDITOR}",
            EDITORS_CHAT=str(_EDITORS_CHAT),
        )

    async def kill(self) -> None:
        assert self.bot is not None
        await self.bot.end(with_signal=signal.SIGKILL)

    def somebody(self, user_id: int) -> Person:
        return Person(self.server.api, user_id, "en", user_id, _ids=self.ids)

    def ours(self, chat_id: int) -> list[Shown]:
        return [one for one in self.server.api.screen(chat_id) if one.is_ours]

    def text(self, chat_id: int) -> str:
        return self.ours(chat_id)[-1].text

    def told(self) -> list[int]:
        """Return who was told, as often as they were."""
        return [chat for chat in _ASKERS for one in self.ours(chat) if one.text.startswith(_TOLD)]

    def read(self, statement: str) -> list[Any]:
        """Return what a statement finds in the database, or change it while nobody runs."""
        assert self.bot is not None
        with closing(sqlite3.connect(self.bot.folder / "voced.sqlite")) as database:
            rows = database.execute(statement).fetchall()
            database.commit()
        return rows

    async def export(self) -> str:
        """Return what `voced knowledge export` says."""
        assert self.bot is not None
        chosen = {"DATA_DIR": str(self.bot.folder), "KNOWLEDGE_DIR": str(self.knowledge)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "knowledge", "export"),
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(CHECKOUT),
                **{f"VOCED_{name}": value for name, value in chosen.items()},
            },
            cwd=self.bot.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        out, _ = await process.communicate()
        assert process.returncode == 0, out.decode()
        return out.decode()


@pytest.fixture
def town(
    start_bot: StartBot, bot_api_server: BotApiServer, knowledge_folder: Path, tmp_path: Path
) -> _Town:
    """Return everybody, and a knowledge folder that may be written to."""
    copied = shutil.copytree(knowledge_folder, tmp_path / "knowledge")
    return _Town(start_bot, bot_api_server, copied)


async def _miss(town: _Town) -> None:
    """Let three people ask the same, and want to be told."""
    for chat in _ASKERS:
        asker = town.somebody(chat)
        await asker.say(_ASKED[chat % 2])
        await asker.press(_TELL_ME)


async def _write_answer(editor: Person) -> None:
    for does, what in _WRITTEN:
        await getattr(editor, does)(what)


@pytest.mark.parametrize("moment", _MOMENTS)
async def test_three_who_missed_the_same_are_told_once_each_whenever_the_process_is_killed(
    town: _Town, moment: str
) -> None:
    api = town.server.api
    editor, second = town.somebody(_EDITOR), town.somebody(_SECOND_EDITOR)
    await town.start()
    await _miss(town)
    await editor.say("/missed")
    assert "people: 3, times: 3" in town.text(_EDITOR)
    await town.kill()

    # The alert comes by itself. Both editors follow it; one of them is faster.
    await town.start()
    await api.wait_for("sendMessage", chat_id=_EDITORS_CHAT)
    for one in (editor, second):
        one.chat_id = _EDITORS_CHAT
        await one.follow("处理 · Open it")
    await editor.press("Take it")
    await second.press("Take it")
    assert f"Editor {_EDITOR} decided on gap" in town.text(_SECOND_EDITOR)
    await _write_answer(editor)
    assert town.text(_EDITOR).startswith("fixes 3, changes 0, breaks 0")
    assert "People who wait and will be told: 3." in town.text(_EDITOR)

    # Killed while the second of them is being told, or right after it.
    fault, surely_told = _MOMENTS[moment]
    sent = [len(town.ours(chat)) for chat in _ASKERS]
    if fault is not None:
        api.faults.plant("sendMessage", fault, chat_id=2)
    await editor.press("✅ Put it into force")
    await api.wait_for("sendMessage", number=sent[1] + 1, chat_id=2)
    await town.kill()
    assert 3 not in town.told()
    # Long enough ago for the next process to know that nobody is at it any more.
    town.read("UPDATE tellings SET due_at = datetime(due_at, '-3 minutes') WHERE state = 'sending'")

    await town.start()
    for chat in (1, 3):
        await api.wait_for("sendMessage", number=sent[chat - 1] + 1, chat_id=chat)
    assert town.told() == surely_told
    if surely_told != [1, 2, 3]:
        await _have_told_again(town, editor)
        await api.wait_for("sendMessage", number=sent[1] + 2, chat_id=2)
    assert town.told() == [1, 2, 3]
    for chat in _ASKERS:
        assert _ANSWER in town.text(chat)
        assert "Insurance of apprentices" in town.text(chat)
    await town.somebody(1).say(_ASKED[0])
    assert town.text(1).startswith("Apprentices are insured")
    alerts = [one for one in town.ours(_EDITORS_CHAT) if "已有 3 人" in one.text]
    assert len(alerts) == 1
    await town.kill()
    await _review_and_deploy(town)


async def _have_told_again(town: _Town, editor: Person) -> None:
    """Find out that of one nobody can know whether they were told, and have them told again."""
    await editor.say("/missed")
    assert town.text(_EDITOR) == "No gap waits for an editor."
    (label,) = [one["text"] for one in town.ours(_EDITOR)[-1].buttons if "⚠️" in one["text"]]
    assert label.endswith(", perhaps not told: 1")
    await editor.press(label)
    assert "Told: 2, waiting to be told: 0, unreachable: 0" in town.text(_EDITOR)
    assert "Perhaps not told: 1." in town.text(_EDITOR)
    await editor.press("Tell them again…")
    assert "Sent again to people who may not have it: 1." in town.text(_EDITOR)
    await editor.press("✅ Put it into force")


async def _review_and_deploy(town: _Town) -> None:
    """Export the answer, load the files, and let the live copy end."""
    assert "written    answers/made.yaml" in await town.export()
    loaded = load_knowledge(town.knowledge, normalise=Normaliser(load_word_lists().fillers))
    assert _ANSWER in loaded.answers["apprentices-are-insured"].text.en
    files = {file: file.read_bytes() for file in town.knowledge.rglob("*.yaml")}
    assert "added: 0" in await town.export()
    assert {file: file.read_bytes() for file in town.knowledge.rglob("*.yaml")} == files

    await town.start()
    await town.somebody(2).say(_ASKED[1])
    assert town.text(2).startswith("Apprentices are insured")
    assert {one for (one,) in town.read("SELECT ended_because FROM additions")} == {"in_files"}
    await town.kill()
    await town.start()
    await town.somebody(3).say(_ASKED[1])
    assert town.text(3).startswith("Apprentices are insured")
    assert town.told() == [1, 2, 3]
