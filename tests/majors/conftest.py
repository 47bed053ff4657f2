"""What answers from the real catalogue, and the benchmark over it."""

import importlib.util
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from bot.majors import MajorAnswerer
from bot.reply import Question, Reply
from bot.services import Brain
from intents import Language
from knowledge.catalogue import Catalogue

Ask = Callable[..., Reply]
Show = Callable[..., Reply | None]
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="session")
def ask(brain: Brain) -> Ask:
    """Return what answers a question."""
    answerer = brain.answerer

    def ask_(text: str, *, hint: Language | None = None) -> Reply:
        return answerer.answer(Question(text=text, front="cli", hint=hint), today=TODAY)

    return ask_


@pytest.fixture(scope="session")
def show(brain: Brain) -> Show:
    """Return what shows an entry as a button does."""
    answerer = brain.answerer

    def show_(entry: str, language: Language = "en") -> Reply | None:
        return answerer.show(entry, language, today=TODAY)

    return show_


@pytest.fixture(scope="session")
def catalogue(brain: Brain) -> Catalogue:
    return brain.knowledge.catalogue


@pytest.fixture(scope="session")
def majors(brain: Brain) -> MajorAnswerer:
    known = [slot.id for slot in brain.words.requests.slots if slot.known]
    return MajorAnswerer(brain.knowledge.catalogue, brain.wording, known_slots=known)


@pytest.fixture(scope="session")
def benchmark() -> ModuleType:
    """Return the benchmark over the catalogue, which is a script."""
    file = Path(__file__).parent.parent / "benchmarks" / "majors.py"
    spec = importlib.util.spec_from_file_location("benchmark_majors", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their own module up.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, spec.name, module)
        spec.loader.exec_module(module)
    return module
