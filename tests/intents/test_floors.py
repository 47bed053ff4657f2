"""Floors of understanding, on the help desk of a library that the project ships for its tests.

Twelve entries with eight phrasings in each language, six questions an entry, and questions that
nothing answers, half of which a library might well be asked. Nothing is tuned to them.
"""

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from rapidfuzz import fuzz, process, utils

from intents import Normaliser, Subject, Understander, WordLists
from intents.judging import Figures, Labelled, judge, read_index, read_questions, sum_up
from intents.judging.metrics import auroc
from intents.text.language import contains_han
from intents.text.sounds import Sounds

DESK = Path(__file__).parent / "desk"
TOP1, AUROC = 0.85, 0.85
ABOVE_WRATIO = 0.25
MOST_LOST_BY_AN_EDIT = 0.05
BY_SOUND = 0.75
ROUNDS = 5


@pytest.fixture(scope="module")
def subjects() -> tuple[Subject, ...]:
    return read_index((DESK / "index.tsv").read_bytes(), "index.tsv")


@pytest.fixture(scope="module")
def questions() -> tuple[Labelled, ...]:
    return read_questions((DESK / "queries.tsv").read_bytes(), "queries.tsv")


@pytest.fixture(scope="module")
def answerable(questions: tuple[Labelled, ...]) -> tuple[Labelled, ...]:
    return tuple(one for one in questions if one.label is not None)


@pytest.fixture(scope="module")
def understander(
    subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> Understander:
    return Understander(subjects, words=words, normaliser=normaliser)


@pytest.fixture(scope="module")
def figures(understander: Understander, questions: tuple[Labelled, ...]) -> Figures:
    return sum_up(tuple(judge(understander, questions)), threshold=0.0)


@pytest.fixture(scope="module")
def edit() -> Callable[[str, Random], str]:
    """Return what mistypes a text, as the benchmarks do."""
    file = Path(__file__).parents[1] / "benchmarks" / "compared" / "noise.py"
    spec = importlib.util.spec_from_file_location("benchmark_noise", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    change: Callable[[str, Random], str] = module.edit
    return change


def share_right(understander: Understander, questions: Sequence[Labelled]) -> float:
    return sum(one.is_right for one in judge(understander, questions)) / len(questions)


def test_the_desk_asks_in_both_languages(questions: tuple[Labelled, ...]) -> None:
    chinese = [one for one in questions if contains_han(one.text)]
    assert (len(questions), len(chinese)) == (104, 52)
    assert sum(one.label is None for one in questions) == 32


def test_questions_find_their_entry(figures: Figures) -> None:
    assert (figures.top1 or 0) >= TOP1


def test_the_confidence_tells_what_can_be_answered(figures: Figures) -> None:
    assert (figures.auroc or 0) >= AUROC


def test_the_matcher_is_far_above_a_plain_score(
    subjects: tuple[Subject, ...], questions: tuple[Labelled, ...], figures: Figures
) -> None:
    lines = [(text, one.entry) for one in subjects for text in one.phrasings]
    phrasings = [utils.default_process(text) for text, _ in lines]
    right = 0
    scores: dict[bool, list[float]] = {True: [], False: []}
    for one in questions:
        asked = utils.default_process(one.text)
        _, score, place = process.extractOne(asked, phrasings, scorer=fuzz.WRatio)
        right += lines[place][1] == one.label
        scores[one.label is not None].append(score)
    assert (figures.top1 or 0) >= right / len(scores[True]) + ABOVE_WRATIO
    assert (figures.auroc or 0) >= (auroc(scores[True], scores[False]) or 0) + ABOVE_WRATIO


def test_an_edit_costs_little(
    understander: Understander,
    answerable: tuple[Labelled, ...],
    figures: Figures,
    edit: Callable[[str, Random], str],
) -> None:
    random = Random(20260101)  # noqa: S311 - not for secrets
    mistyped = [
        Labelled(edit(one.text, random), one.label) for _ in range(ROUNDS) for one in answerable
    ]
    asked = [one for one in answerable for _ in range(ROUNDS)]
    assert {one.text for one in mistyped} - {one.text for one in asked}
    lost = (figures.top1 or 0) - share_right(understander, mistyped)
    assert lost <= MOST_LOST_BY_AN_EDIT


@pytest.mark.parametrize("joint", ["", " "])
def test_chinese_is_understood_by_its_sound(
    joint: str, understander: Understander, answerable: tuple[Labelled, ...], words: WordLists
) -> None:
    usual = Sounds(words.pinyin).usual
    spelled = [
        Labelled(joint.join(usual(character) for character in one.text), one.label)
        for one in answerable
        if contains_han(one.text)
    ]
    assert not any(contains_han(one.text) for one in spelled)
    assert share_right(understander, spelled) >= BY_SOUND
