"""A knowledge finds out about itself how sure is sure enough."""

import pytest

from intents import Normaliser, Subject, Understander, WordLists
from intents.match.calibrating import Sample, choose_samples, find_idle
from intents.match.candidates import Candidate

FRUITS = "apple pear plum cherry grape melon lemon peach mango papaya".split()
SUBJECTS = tuple(
    Subject(
        entry=fruit,
        phrasings=(
            f"where do {fruit} trees grow",
            f"in which soil does a {fruit} tree thrive",
            f"the best place for {fruit} trees",
            f"where to plant a {fruit} tree",
        ),
    )
    for fruit in FRUITS
)


def candidate(entry: str, *vetoes: str) -> Candidate:
    return Candidate(entry=entry, phrasing="", score=0, covered=0, known=0, vetoes=vetoes, parts=())


def sample(entry: str, *candidates: Candidate, is_missing: bool = False) -> Sample:
    return Sample(entry=entry, is_missing=is_missing, candidates=candidates)


def test_a_reason_that_vetoes_more_right_than_wrong_is_idle() -> None:
    found = sample("a", candidate("a"), candidate("b", "level"))
    stopped = sample("a", candidate("b", "asked"), candidate("a"))
    mistaken = [("subject", "asked")] * 10 + [()] * 90
    assert find_idle(mistaken, [found] * 85 + [stopped] * 15) == ("subject",)
    assert find_idle(mistaken, [found] * 95 + [stopped] * 5) == ("asked", "subject")


def test_a_stop_counts_half_where_the_right_entry_does_not_stand_next() -> None:
    lost = sample("a", candidate("b", "asked"), candidate("c"), candidate("a"))
    found = sample("a", candidate("a"))
    mistaken = [("asked",)] * 6 + [()] * 94
    assert find_idle(mistaken, [found] * 90 + [lost] * 10) == ("asked",)
    assert find_idle(mistaken, [found] * 80 + [lost] * 20) == ()


def test_without_a_search_nothing_is_proved() -> None:
    gone = sample("a", candidate("b", "level"), is_missing=True)
    assert find_idle([("level",)] * 9, [gone]) == ()


def test_a_few_more_phrasings_leave_what_is_sampled_as_it_was() -> None:
    before = [f"phrasing {number}" for number in range(1000)]
    after = [*before[:500], *(f"new phrasing {number}" for number in range(20)), *before[500:]]

    old = {(before[number], twice) for number, twice in choose_samples(before, 200)}
    new = {(after[number], twice) for number, twice in choose_samples(after, 200)}
    assert len(old) == len(new) == 200
    assert len(new - old) <= 20
    assert 60 < sum(twice for _, twice in new) < 140


@pytest.fixture(scope="module")
def understander(words: WordLists, normaliser: Normaliser) -> Understander:
    return Understander(SUBJECTS, words=words, normaliser=normaliser)


def test_thresholds_come_from_the_knowledge_itself(understander: Understander) -> None:
    thresholds = understander.calibration
    assert 0 < thresholds.offer_from <= thresholds.answer_from <= thresholds.sure_from < 1
    assert thresholds.slope != 1.0


def test_a_fruit_that_is_not_there_is_not_taken_for_another(understander: Understander) -> None:
    assert understander.understand("where should i plant an apple tree").entry == "apple"
    assert understander.understand("where should i plant a banana tree").entry is None


def test_where_the_stakes_are_high_an_answer_must_be_surer(
    words: WordLists, normaliser: Normaliser
) -> None:
    careful = Understander(
        tuple(
            Subject(entry=one.entry, phrasings=one.phrasings, has_high_stakes=True)
            for one in SUBJECTS
        ),
        words=words,
        normaliser=normaliser,
    )
    calibration = careful.calibration
    assert calibration.sure_from > calibration.answer_from
    for question in ("tree of apples", "apple soil", "plum place", "where grow cherry"):
        meant = careful.understand(question)
        assert (meant.entry is not None) == (
            meant.candidates[0].confidence >= calibration.sure_from
        )
