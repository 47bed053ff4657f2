"""A process that stays has the knowledge learned in another one, and answers all the same."""

from datetime import date
from pathlib import Path

import pytest

from bot.cache import Cache
from bot.heap import give_back
from bot.live.learner import Learner
from bot.live.loading import load_small
from bot.reply import Question
from bot.services import Brain
from bot.settings import Settings


@pytest.fixture
def tiny_settings(tmp_path: Path, tiny_folder: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", knowledge_dir=tiny_folder, _env_file=None)


def answer(brain: Brain) -> str | None:
    question = Question(text="steps of a grant application?", front="cli")
    return brain.answerer.answer(question, today=date(2010, 1, 1)).entry


def test_what_another_process_learned_is_recalled_at_every_start(tiny_settings: Settings) -> None:
    told: list[str] = []
    assert answer(load_small(tiny_settings, tell=told.append)) == "grants"
    assert len(told) == 1
    kept = {file.name: file.stat().st_mtime_ns for file in tiny_settings.cache_dir.iterdir()}
    assert answer(load_small(tiny_settings, tell=told.append)) == "grants"
    assert len(told) == 1
    assert kept == {
        file.name: file.stat().st_mtime_ns for file in tiny_settings.cache_dir.iterdir()
    }
    assert any(name.startswith("matcher-") for name in kept)


def test_where_no_other_process_can_learn_it_is_learned_here(
    tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Learner, "learn", lambda *_, **__: {})
    assert answer(load_small(tiny_settings, tell=lambda _: None)) == "grants"


def test_a_full_disk_keeps_nobody_from_being_answered(
    tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cache, "keep", lambda *_: None)
    assert answer(load_small(tiny_settings, tell=lambda _: None)) == "grants"


def test_memory_is_given_back_without_harm(tiny_brain: Brain) -> None:
    give_back()
    assert answer(tiny_brain) == "grants"
