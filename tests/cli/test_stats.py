"""`voced stats`: how the bot does, as a table, as JSON, as a picture."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from storage import QuestionRecord, open_store
from storage.people import Feedback

Voced = Callable[..., Result]


@pytest.fixture
def answered(data_dir: Path) -> None:
    """Let one question about grants be answered now, another missed, and rate the answer."""

    def question(outcome: str, entry: str | None) -> QuestionRecord:
        values: dict[str, Any] = {
            "asked_at": datetime.now(UTC), "front": "telegram", "text": "t", "normalised": "t",
            "language": "zh", "outcome": outcome, "entry": entry, "confidence": 0.9,
            "reason": None, "knowledge_version": "v1", "asker": "a1", "gap": None, "nearest": (),
        }  # fmt: skip
        return QuestionRecord(**values)

    async def write() -> None:
        async with open_store(f"sqlite:///{data_dir / 'voced.sqlite'}") as store:
            await store.record_many([question("answered", "grants"), question("missed", None)])
            await store.people.rate(
                Feedback(
                    asker="a1",
                    entry="grants",
                    knowledge_version="v1",
                    verdict="up",
                    reason=None,
                    given_at=datetime.now(UTC),
                )
            )

    asyncio.run(write())


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("language", "heading", "title"),
    [
        ("zh", "提问情况", "助学金怎么申请"),
        ("en", "What became of questions", "How to apply for a grant"),
    ],
)
def test_the_tables(language: str, heading: str, title: str, voced: Voced) -> None:
    """Outcomes with a line for each day and their sum, then entries by their titles."""
    result = voced("stats", "--days", "3", "--language", language)
    assert result.exit_code == 0
    outcomes, asked, useful, due = result.stdout.rstrip("\n").split("\n\n")
    first, _span, _columns, *days, total = outcomes.splitlines()
    assert first == heading
    assert len(days) == 3
    assert days[-1].split()[1:] == ["1", "·", "·", "1", "·", "2"]
    assert total.split()[1:] == ["1", "0", "0", "1", "0", "2"]
    assert asked.splitlines()[-1].split(maxsplit=3) == ["1", "1", "grants", title]
    assert useful.splitlines()[-1].split(maxsplit=5) == ["100%", "1", "0", "v1", "grants", title]
    assert due.splitlines()[-1].split(maxsplit=3) == ["2020-01-01", "1", "grants", title]


@pytest.mark.usefixtures("answered")
def test_as_json_it_is_one_object(voced: Voced) -> None:
    """With the sums, each period, and both titles of each entry."""
    (line,) = voced("stats", "--days", "2", "--json").stdout.splitlines()
    stats = json.loads(line)
    assert list(stats) == [
        "since", "until", "unit", "total", "answered", "resolved", "offered", "missed", "gated",
        "periods", "asked", "useful", "past_review", "knowledge_version",
    ]  # fmt: skip
    assert (stats["total"], stats["answered"], stats["missed"], stats["unit"]) == (2, 1, 1, "day")
    before, today = stats["periods"]
    assert sum(before[one] for one in ("answered", "missed")) == 0
    assert today == {
        "since": stats["until"], "answered": 1, "resolved": 0, "offered": 0, "missed": 1,
        "gated": 0,
    }  # fmt: skip
    title = {"zh": "助学金怎么申请", "en": "How to apply for a grant"}
    named = {"entry": "grants", "title": title}
    assert stats["asked"] == [named | {"count": 1, "people": 1}]
    assert stats["useful"] == [named | {"knowledge_version": "v1", "up": 1, "down": 0, "rate": 1.0}]
    assert stats["past_review"] == [named | {"review_by": "2020-01-01", "count": 1}]


def test_a_fresh_database_has_empty_tables(voced: Voced) -> None:
    """That is no fault; more than a month is told in weeks."""
    result = voced("stats", "--days", "90", "--json")
    assert result.exit_code == 0
    stats = json.loads(result.stdout)
    assert (stats["total"], stats["unit"]) == (0, "week")
    assert 13 <= len(stats["periods"]) <= 14
    shown = voced("stats", "--language", "en")
    assert shown.exit_code == 0
    assert shown.stdout.count("\nnone\n") == 2


@pytest.mark.usefixtures("answered")
def test_the_chart_is_written_beside_the_table(voced: Voced, tmp_path: Path) -> None:
    """Standard output holds only the table."""
    result = voced("stats", "--chart", "stats.png", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["total"] == 2
    assert "written to stats.png" in result.stderr
    assert (tmp_path / "stats.png").read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize("days", ["0", "367", "-1", "many"])
def test_a_number_of_days_that_can_not_be_is_wrong_use(days: str, voced: Voced) -> None:
    """Exit status 2."""
    assert voced("stats", "--days", days).exit_code == 2


def test_a_chart_that_can_not_be_written_is_told(voced: Voced) -> None:
    """Exit status 1 with the name of the file; another kind of file is wrong use."""
    missing = voced("stats", "--chart", "nowhere/stats.png")
    assert missing.exit_code == 1
    assert "can't write nowhere/stats.png" in missing.stderr
    assert missing.stdout == ""
    wrong = voced("stats", "--chart", "stats.jpg")
    assert wrong.exit_code == 2
    assert "must end in .png" in wrong.stderr
