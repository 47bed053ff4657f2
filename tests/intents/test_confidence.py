"""A confidence leads to an outcome."""

import pytest

from intents.match.candidates import Candidate
from intents.match.confidence import Calibration, decide

NOBODY: frozenset[str] = frozenset()


def candidate(entry: str, confidence: float, *vetoes: str) -> Candidate:
    return Candidate(
        entry=entry,
        score=1.0,
        confidence=confidence,
        phrasing="",
        covered=1.0,
        known=1.0,
        parts=(),
        vetoes=vetoes,
    )


@pytest.mark.parametrize(
    ("confidences", "outcome", "reason"),
    [
        ((0.9, 0.3), "answer", None),
        ((0.9, 0.86), "offer", "tie"),
        ((0.6, 0.57), "offer", "tie"),
        ((0.3, 0.1), "offer", "not_sure"),
        ((0.05, 0.01), "miss", "no_match"),
    ],
)
def test_an_answer_is_sure_enough_and_alone(
    confidences: tuple[float, float], outcome: str, reason: str | None
) -> None:
    found = [candidate(name, one) for name, one in zip("ab", confidences, strict=True)]
    said, chosen, why = decide(found, Calibration(), NOBODY)
    assert (said, why) == (outcome, reason)
    assert (chosen is None) == (outcome == "miss")


def test_a_rival_with_a_veto_makes_no_tie() -> None:
    found = [candidate("a", 0.9), candidate("b", 0.89, "level")]
    assert decide(found, Calibration(), NOBODY)[0] == "answer"


def test_high_stakes_ask_for_more() -> None:
    found = [candidate("a", 0.55)]
    assert decide(found, Calibration(), NOBODY)[0] == "answer"
    assert decide(found, Calibration(), frozenset({"a"}))[0] == "offer"


def test_scores_far_apart_are_no_tie() -> None:
    near = (candidate("a", 0.8), candidate("b", 0.79))
    far = (near[0]._replace(score=9.0), near[1])
    assert decide(near, Calibration(), NOBODY)[::2] == ("offer", "tie")
    assert decide(far, Calibration(), NOBODY)[0] == "answer"


def test_what_holds_little_of_the_question_is_no_answer() -> None:
    found = (candidate("a", 0.9)._replace(covered=0.3),)
    sparing = Calibration(least_covered=0.4)
    assert decide(found, Calibration(), NOBODY)[0] == "answer"
    assert decide(found, sparing, NOBODY)[0] == "offer"


def test_a_candidate_is_vetoed_by_what_must_be_named_and_is_not() -> None:
    assert candidate("a", 0.9)._replace(doubt=1.0).named.vetoes == ("subject",)
    assert candidate("a", 0.9)._replace(doubt=0.5).named.vetoes == ()
