"""`voced why`: as text in both languages, as JSON, and nothing recorded."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from storage import open_store
from storage.editing import Change, Conflict, NewAddition

Voced = Callable[..., Result]


@pytest.mark.parametrize(
    ("language", "begins"), [("zh", "问题：how much"), ("en", "Question: how much")]
)
def test_it_speaks_either_language(language: str, begins: str, voced: Voced) -> None:
    """Whatever the question is written in."""
    result = voced("why", "how much", "is tuition", "--language", language)
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)


def test_the_language_is_that_of_the_system(voced: Voced, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it is chosen."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert voced("why", "学费").stdout.startswith("问题：学费\n")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert voced("why", "学费").stdout.startswith("Question: 学费\n")


def test_as_json_it_is_one_object_with_every_part(voced: Voced) -> None:
    """Named, with its value, its weight and what it adds."""
    result = voced("why", "how much is tuition at school", "--json")
    (line,) = result.stdout.splitlines()
    why = json.loads(line)
    assert list(why) == [
        "question", "normalised", "focus", "language", "han", "words", "by", "intent", "outcome",
        "entry", "reason", "confidence", "candidates", "offers_from", "knowledge_version",
        "matcher",
    ]  # fmt: skip
    assert why["language"] == "en"
    first = why["candidates"][0]
    assert sum(part["share"] for part in first["score_parts"].values()) == pytest.approx(
        first["score"]
    )
    assert set(first["confidence_parts"]) == {
        "score", "lead", "covered", "known", "foreign", "behind", "contrast", "strangers",
        "counter",
        "doubt",
    }  # fmt: skip


def test_nothing_is_recorded(voced: Voced, data_dir: Path) -> None:
    """The database has no question in it."""
    voced("why", "学费")

    async def count() -> int:
        async with open_store(f"sqlite:///{data_dir / 'voced.sqlite'}") as store:
            return sum((await store.status()).outcomes.values())

    assert asyncio.run(count()) == 0


def test_what_editors_added_is_considered(voced: Voced, data_dir: Path) -> None:
    """A phrasing that is only in the database decides, and the version is another."""

    async def add() -> None:
        change = Change(
            at=datetime(2026, 3, 1, tzinfo=UTC),
            editor=1,
            action="phrasing",
            additions=(
                NewAddition(
                    kind="phrasing", target="grants", content="补贴去哪里领", language="zh"
                ),
            ),
            revision=0,
        )
        async with open_store(f"sqlite:///{data_dir / 'voced.sqlite'}") as store:
            assert not isinstance(await store.editing.decide(change), Conflict)

    before = json.loads(voced("why", "补贴去哪里领", "--json").stdout)
    asyncio.run(add())
    after = json.loads(voced("why", "补贴去哪里领", "--json").stdout)
    assert before["entry"] is None
    assert (after["by"], after["entry"]) == ("phrasing", "grants")
    assert after["knowledge_version"] != before["knowledge_version"]


def test_what_is_typed_gives_the_terminal_no_orders(voced: Voced) -> None:
    """Control characters become spaces."""
    shown = voced("why", "\x1b]0;owned\x07 学费\x9b2J").stdout
    assert not set(shown) & {"\x1b", "\x07", "\x9b"}


def test_without_a_text_the_use_is_wrong(voced: Voced) -> None:
    """Exit status 2."""
    assert voced("why").exit_code == 2
