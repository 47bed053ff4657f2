"""What looks like an entry's phrasings, and is known to ask something else, is not answered."""

from dataclasses import replace

import pytest

from intents import Normaliser, Understander, WordLists
from intents.match.confidence import CURATED, Calibration
from tests.intents.conftest import SUBJECTS

COUNTEREXAMPLES = (
    "中专学费能不能分期交",
    "中专的学费交给谁",
    "can i pay tuition at a vocational high school in instalments",
    "whom do i pay the tuition at a vocational high school",
)


@pytest.fixture(scope="module")
def before(words: WordLists, normaliser: Normaliser) -> Understander:
    """Return what understands the subjects as curated ones."""
    plain = Understander(SUBJECTS, words=words, normaliser=normaliser, trusts_guard=True)
    return plain.calibrated(Calibration(model=CURATED))


@pytest.fixture(scope="module")
def after(words: WordLists, normaliser: Normaliser) -> Understander:
    """Return the same with counterexamples of the first subject."""
    first, *others = SUBJECTS
    subjects = (replace(first, counterexamples=COUNTEREXAMPLES), *others)
    wary = Understander(subjects, words=words, normaliser=normaliser, trusts_guard=True)
    return wary.calibrated(Calibration(model=CURATED))


def _confidence(understander: Understander, question: str) -> float:
    found = {one.entry: one for one in understander.understand(question).candidates}
    return found["tuition-secondary"].confidence


@pytest.mark.parametrize(
    "question",
    [
        "中专学费可以分期交吗",
        "请问中专学费交给谁呀",
        "zhongzhuan xuefei keyi fenqi jiao ma",
        "is it possible to pay vocational high school tuition in instalments",
        "whom do we pay tuition for vocational high school",
    ],
)
def test_what_is_near_a_counterexample_is_less_likely_meant(
    before: Understander, after: Understander, question: str
) -> None:
    assert _confidence(after, question) < 0.5 * _confidence(before, question)


@pytest.mark.parametrize("question", COUNTEREXAMPLES)
def test_the_very_counterexample_is_never_answered(after: Understander, question: str) -> None:
    meant = after.understand(question)
    assert meant.entry is None
    assert _confidence(after, question) < 0.01


@pytest.mark.parametrize(
    "question",
    ["请问读中专要交多少学费", "so how much is tuition at a vocational high school?"],
)
def test_what_is_near_a_phrasing_is_answered_as_before(
    before: Understander, after: Understander, question: str
) -> None:
    assert after.understand(question).entry == "tuition-secondary"
    assert _confidence(after, question) == _confidence(before, question)


def test_the_counterexamples_of_one_entry_say_nothing_of_another(
    before: Understander, after: Understander
) -> None:
    for question in ("大专学费能不能分期交", "how long is secondary vocational school"):
        for one, other in zip(
            before.understand(question).candidates,
            after.understand(question).candidates,
            strict=True,
        ):
            if one.entry != "tuition-secondary":
                assert one.confidence == other.confidence
