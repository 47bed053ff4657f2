"""What people asked who had seen the answers, and no phrasing: most of it is answered rightly."""

from pathlib import Path

import pytest

from bot.services import Brain
from tests.benchmarks.judged import judge, read_judged

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module", params=["asked.tsv", "fresh.tsv"])
def verdicts(
    real_brain: Brain, request: pytest.FixtureRequest
) -> dict[tuple[str, str], dict[str, float]]:
    """Return by kind and language the share of each verdict."""
    asked = read_judged(BENCHMARKS / request.param)
    counts = judge(real_brain, asked, tell=lambda _line: None)
    return {
        group: {verdict: count / own.total() for verdict, count in own.items()}
        for group, own in counts.items()
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_four_paraphrases_of_five_are_answered_rightly(
    verdicts: dict[tuple[str, str], dict[str, float]], language: str
) -> None:
    found = verdicts["paraphrase", language]
    assert found["right"] >= 0.8
    assert found["wrong"] <= 0.06


@pytest.mark.parametrize("language", ["zh", "en"])
def test_few_look_alikes_are_answered(
    verdicts: dict[tuple[str, str], dict[str, float]], language: str
) -> None:
    found = verdicts["look-alike", language]
    assert found["fooled"] <= 0.08
    # Another answer may be a good one.
    assert found["fooled"] + found.get("answered otherwise", 0.0) <= 0.1
