"""The one word by which a near copy differs from an entry is found."""

import numpy as np
import pytest

from intents import Subject, Understander, WordLists
from intents.evidence.contrast import Contrast, build_lexicon
from intents.text import Normaliser
from intents.text.words import content_words

ENTRIES = ("age limit joining army", "age limit school", "fee school")


@pytest.fixture
def contrast() -> Contrast:
    return Contrast(build_lexicon([entry.split() for entry in ENTRIES]))


def test_the_strangest_word_is_one_the_entry_lacks(contrast: Contrast) -> None:
    numbers = np.array([0, 1])
    assert contrast.strangest(("age", "limit"), numbers) == [0.0, 0.0]
    army, school = contrast.strangest(("age", "limit", "academy"), numbers)
    assert army == school == 1.0
    lacking, having = contrast.strangest(("age", "school"), numbers)
    assert 0.0 < lacking < 1.0
    assert having == 0.0


def test_a_pair_of_strange_characters_is_stranger_than_one_of_known_ones() -> None:
    contrast = Contrast(build_lexicon([content_words("学费多少", lambda _: False)]))
    (known,) = contrast.strangest(content_words("费学", lambda _: False), np.array([0]))
    (strange,) = contrast.strangest(content_words("宿舍", lambda _: False), np.array([0]))
    assert known < strange


@pytest.mark.parametrize("words", [(), ("anything",)])
def test_a_lexicon_of_nothing_finds_nothing_held(words: tuple[str, ...]) -> None:
    strangest = Contrast(build_lexicon([[]])).strangest(words, np.array([0]))
    assert strangest == [1.0 if words else 0.0]


def test_words_that_say_nothing_are_no_content() -> None:
    words = content_words("what is the fee for boarders", lambda word: word == "boarders")
    assert words == ("fee",)


def test_a_near_copy_with_a_strange_word_is_less_sure(
    words: WordLists, normaliser: Normaliser
) -> None:
    subjects = (
        Subject(
            entry="army",
            phrasings=(
                "age limit for joining the army",
                "how old may i be to join the army",
                "too old for the army",
            ),
        ),
        Subject(entry="visa", phrasings=("visa for a journey", "do i need a visa", "visa rules")),
    )
    understander = Understander(subjects, words=words, normaliser=normaliser)
    (same, *_), (other, *_) = (
        understander.candidates(question)
        for question in ("age limit to join the army", "age limit to join the orchestra")
    )
    assert same.entry == other.entry == "army"
    assert other.confidence < same.confidence
