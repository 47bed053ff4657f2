"""Words that only join clauses are told apart from the same words where they ask."""

from __future__ import annotations

import pytest

from intents.guard.joints import without_joints


@pytest.mark.parametrize(
    "text",
    [
        "who can apply",
        "who runs them n who pays",
        "not sure who may enter",
        "could you tell me who may enter",
        "as whose student do i sign up",
        "where is it",
        "zhongzhuan where is it",
        "zhigao nursing where",
        "in which city and where exactly",
        "when can i apply",
        "when i can apply",
        "tell me when i get it",
        "until when may i hold off",
        "why cant i go",
        "i dont want to go",
        "",
        "学费是多少",
    ],
)
def test_what_asks_or_denies_stays(text: str) -> None:
    assert without_joints(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("what happens to a pupil who left", "what happens to a pupil - left"),
        ("schools who take me", "schools - take me"),
        (
            "my girl finishes zhigao where we paid nothing",
            "my girl finishes zhigao - we paid nothing",
        ),
        ("the exam where vocational kids do maths", "the exam - vocational kids do maths"),
        ("same test when going from dazhuan to benke", "same test - going from dazhuan to benke"),
        ("does my score matter when i want out", "does my score matter - i want out"),
        ("when i finish can i enter", "- i finish can i enter"),
        ("isnt there a grant", "- there a grant"),
        ("a gaokao for vocational kids isnt there", "a gaokao for vocational kids - there"),
    ],
)
def test_what_only_joins_goes(text: str, left: str) -> None:
    assert without_joints(text) == left
