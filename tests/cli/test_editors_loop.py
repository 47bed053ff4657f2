"""The editors' loop on the command line, from a missed question to knowledge in the files."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import Result

from bot.services import load_brain, open_assistant
from bot.settings import read_settings
from storage import Store, open_store
from storage.editing import Addition, Telling

T = TypeVar("T")
Voced = Callable[..., Result]
Remember = Callable[..., None]
Use = Callable[[Callable[[Store], Awaitable[T]]], T]

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 3, 1, tzinfo=UTC)
QUESTION = "学校食堂好吃吗"
DRAFT = """\
title:
  zh: 学校食堂怎么样
  en: What the canteen is like
says:
  zh: 食堂有 12 个窗口，2026-03-01 起供应早餐。
  en: The canteen has 12 counters and serves breakfast from 2026-03-01.
source:
  title: 食堂通知
  publisher: 后勤处
  published: 2026-02
  url: https://example.org/canteen
topic: fees
"""


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a knowledge folder that may be written to, in force."""
    copied = shutil.copytree(tiny_folder, tmp_path / "knowledge")
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(copied))
    return copied


@pytest.fixture
def use(data_dir: Path) -> Use[T]:
    """Return what does something with the store, as another process would."""

    def use_(doing: Callable[[Store], Awaitable[T]]) -> T:
        async def run() -> T:
            async with open_store(f"sqlite:///{data_dir / 'voced.sqlite'}") as store:
                return await doing(store)

        return asyncio.run(run())

    return use_


async def _wait_for_all(store: Store) -> None:
    """Let each of the three who asked press "tell me"."""
    for number in (1, 2, 3):
        assert await store.people.wait(
            number, asker=f"a{number}", chat_id=100 + number, language="zh", since=NOW
        )


async def _take_tellings(store: Store) -> list[Telling]:
    taken = []
    while (
        one := await store.editing.take_telling(now=datetime.now(UTC), lost_before=NOW)
    ) is not None:
        taken.append(one)
    return taken


async def _additions(store: Store) -> tuple[Addition, ...]:
    return (await store.editing.list_additions())[1]


def _answer_of(voced: Voced, text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(voced("ask", text, "--json").stdout)
    return found


def test_from_a_miss_to_an_answer_in_the_files(
    voced: Voced,
    remember: Remember,
    use: Use[object],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three people miss the same; one answer, tried and confirmed, is for each of them."""
    monkeypatch.setenv("VOCED_EDITORS", "11")
    monkeypatch.setenv("VOCED_RETENTION_DAYS", "3650")
    for number, text in enumerate((QUESTION, f"{QUESTION}？", "学校的食堂好吃吗"), start=1):
        remember(text, asker=f"a{number}", nearest=())
    use(_wait_for_all)
    (line,) = voced("missed", "list", "--json").stdout.splitlines()
    gap = json.loads(line)
    assert (gap["people"], gap["count"], gap["text"]) == (3, 3, "学校的食堂好吃吗")
    assert voced("missed", "take", gap["gap"]).exit_code == 0

    Path("draft.yaml").write_text(DRAFT, encoding="utf-8")
    answered = voced("missed", "answer", gap["gap"], "--file", "draft.yaml", typed="y\n")
    assert answered.exit_code == 0, answered.output
    shown = " ".join(answered.stdout.split())
    assert "fixes 3, changes 0, breaks 0." in shown
    assert "+ 学校食堂好吃吗？ (2x): - → what-the-canteen-is-like" in shown
    # The preview is what people will see, in both languages, with its source.
    assert "食堂有12个窗口，2026年3月1日起供应早餐。" in shown.replace(" ", "")
    assert "The canteen has 12 counters and serves breakfast from 1 March 2026." in shown
    assert "食堂通知" in shown
    assert "https://example.org/canteen" in shown
    assert "People who wait and will be told: 3." in shown

    found = _answer_of(voced, QUESTION)
    assert (found["outcome"], found["entry"]) == ("answered", "what-the-canteen-is-like")
    assert found["citations"][0]["url"] == "https://example.org/canteen"  # type: ignore[index]
    monkeypatch.setenv("COLUMNS", "200")
    told = use(_take_tellings)
    assert sorted(one.chat_id for one in told) == [101, 102, 103]  # type: ignore[attr-defined]
    assert voced("missed", "list", "--json").stdout == ""

    # One of them may not have it: that is said in plain words, and an editor decides.
    use(lambda store: store.editing.settle_telling(told[0].id, state="unsure"))  # type: ignore[index]
    use(lambda store: store.editing.settle_telling(told[1].id, state="told"))  # type: ignore[index]
    listed = voced("missed", "list", "--language", "zh").stderr
    assert f"• 缺口 {gap['gap']}（1 人）" in listed
    shown = voced("missed", "show", gap["gap"]).stdout
    assert "told       Told: 1, waiting to be told: 1, unreachable: 0\n" in shown
    assert "told       Perhaps not told: 1." in shown
    assert "可能没通知到 1 人" in voced("missed", "show", gap["gap"], "--language", "zh").stdout
    again = voced("missed", "tell", gap["gap"], typed="y\n")
    assert again.exit_code == 0, again.output
    assert "Sent again to people who may not have it: 1." in again.stdout
    (once_more,) = use(_take_tellings)  # type: ignore[misc]
    assert once_more.chat_id == told[0].chat_id  # type: ignore[index]

    exported = voced("knowledge", "export")
    assert exported.exit_code == 0, exported.output
    assert "written    answers/fees.yaml\n" in exported.stdout
    assert voced("knowledge", "check").exit_code == 0
    assert len(use(_additions)) > 0  # type: ignore[arg-type]
    _serve_once()
    assert use(_additions) == ()
    assert _answer_of(voced, QUESTION)["entry"] == "what-the-canteen-is-like"
    second = voced("knowledge", "export")
    assert (second.stdout, second.stderr) == ("", "added: 0, there already: 0\n")


def _serve_once() -> None:
    """Start and end what serves people, as `voced run` does with the new files."""
    settings = read_settings()

    async def run() -> None:
        async with open_assistant(settings, load_brain(settings), serves=True):
            pass

    asyncio.run(run())
