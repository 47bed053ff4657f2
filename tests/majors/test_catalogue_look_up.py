"""Majors are found as people type them: a sample of what the benchmark asks of all of them."""

from types import ModuleType

import pytest

from bot.services import Brain

_SAMPLE = 60
WAYS = [
    f"{language} {name}{sentence}"
    for language, name in [
        ("zh", "name"), ("zh", "traditional"), ("zh", "one wrong"), ("zh", "one dropped"),
        ("zh", "two swapped"), ("en", "name"), ("en", "typo"), ("en", "code"),
        ("en", "code with K"), ("en", "pinyin joined"), ("en", "pinyin spaced"),
    ]
    for sentence in ("", ", in a sentence")
]  # fmt: skip
# Two majors of sixty are more than three in a hundred: a sample allows what all of them do not.
_SLACK = 2 / _SAMPLE


@pytest.mark.parametrize("name", WAYS)
def test_majors_are_found_as_people_type_them(
    name: str, brain: Brain, benchmark: ModuleType
) -> None:
    ways = benchmark.ways_of_asking(brain.words.pinyin)
    way = next(way for way in ways if f"{way.language} {way.name}" == name)
    majors = benchmark.sample(brain.knowledge.catalogue.majors.values(), _SAMPLE)
    tally = benchmark.judge(brain, way, majors)
    found = tally.share("right") if way.is_first else tally.share("right", "offered")
    slack = 0 if way.is_first else _SLACK
    assert found >= way.least - slack, tally.failures
    assert tally.share("wrong") <= way.most_wrong + slack, tally.failures


def test_the_benchmark_asks_in_every_way_listed_here(brain: Brain, benchmark: ModuleType) -> None:
    """But for the spelling of pypinyin, which the project does not need."""
    ways = [f"{way.language} {way.name}" for way in benchmark.ways_of_asking(brain.words.pinyin)]
    assert [way for way in ways if "pypinyin" not in way] == WAYS
