"""Two questions are one only where that is nearly sure: one answer goes to all who asked it."""

import random

import pytest

from bot.services import Brain
from intents.match.alike import ALIKE, Alike, signs_of


@pytest.fixture(scope="module")
def alike(brain: Brain) -> Alike:
    return brain.understander.alike()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("学校宿舍有没有wifi", "学校宿舍有wifi吗"),
        ("宿舍可以养猫吗", "宿舍能不能养猫"),
        ("is there wifi in the dorm", "does the dorm have wifi"),
        ("drone racing club", "club for drone racing"),
        ("how much is tuition for welders", "tuition for welders"),
    ],
)
def test_the_same_in_other_words_is_one(brain: Brain, alike: Alike, one: str, other: str) -> None:
    normalise = brain.understander.normalise
    assert alike(normalise(one), normalise(other)) >= ALIKE
    assert alike(normalise(one), normalise(other)) == alike(normalise(other), normalise(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tuition for welders", "tuition for electricians"),
        ("焊工学费多少", "电工学费多少"),
        ("学费", "焊工学费"),
        ("北京中专学费", "上海中专学费"),
        ("how long is nursing", "how much is nursing"),
        ("宿舍可以养猫吗", "宿舍能不能养狗"),
        ("is there a drone racing club", "is there no drone racing club"),
        ("drone club in 2024", "drone club in 2025"),
    ],
)
def test_what_only_looks_alike_is_two(brain: Brain, alike: Alike, one: str, other: str) -> None:
    normalise = brain.understander.normalise
    assert alike(normalise(one), normalise(other)) < ALIKE


def test_phrasings_of_different_answers_are_seldom_taken_for_one(
    brain: Brain, alike: Alike
) -> None:
    """Of the phrasings that editors wrote apart, the hardest look-alikes there are."""
    normalise = brain.understander.normalise
    phrasings = [
        (answer.id, normalise(text))
        for answer in brain.knowledge.answers.values()
        for text in (*answer.asks.zh[:6], *answer.asks.en[:6])
    ]
    chosen = random.Random(3).sample(phrasings, 300)  # noqa: S311 - a sample
    signs = [signs_of(text) for _, text in phrasings]
    wrong = 0
    for entry, text in chosen:
        own = signs_of(text)
        near = [
            one
            for one, other in zip(phrasings, signs, strict=True)
            if len(own & other) * 2 >= len(own)
        ]
        wrong += any(other != entry and alike(text, one) >= ALIKE for other, one in near)
    assert wrong <= 0.03 * len(chosen)


@pytest.mark.parametrize("text", ["asdfgh jkl", "qwerty", "啊哦嗯", "12 34", "", "hhhh ggg"])
def test_keys_struck_at_random_say_nothing(alike: Alike, text: str) -> None:
    assert not alike.says_something(text)


@pytest.mark.parametrize("text", ["nihao zhongzhuan", "welding wifi", "宿舍", "drone club"])
def test_a_few_words_say_something(alike: Alike, text: str) -> None:
    assert alike.says_something(text)
