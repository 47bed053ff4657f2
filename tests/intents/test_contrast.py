"""How strange the words of a question are to an entry: the strangest, and how many are."""

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


def _strangest(contrast: Contrast, words: tuple[str, ...], *entries: int) -> list[float]:
    return [one.most for one in contrast.measure(words, np.array(entries))]


def test_the_strangest_word_is_one_the_entry_lacks(contrast: Contrast) -> None:
    assert _strangest(contrast, ("age", "limit"), 0, 1) == [0.0, 0.0]
    army, school = _strangest(contrast, ("age", "limit", "academy"), 0, 1)
    assert army == school == 1.0
    lacking, having = _strangest(contrast, ("age", "school"), 0, 1)
    assert 0.0 < lacking < 1.0
    assert having == 0.0


def test_strangers_are_the_share_of_words_that_the_entry_lacks(contrast: Contrast) -> None:
    """Said twice counts once."""
    words = ("age", "school", "academy", "academy", "age", "limit")
    army, school, fee = contrast.measure(words, np.array([0, 1, 2]))
    assert (army.share, school.share, fee.share) == (0.5, 0.25, 0.75)


def test_a_pair_of_strange_characters_is_stranger_than_one_of_known_ones() -> None:
    contrast = Contrast(build_lexicon([content_words("学费多少", lambda _: False)]))
    (known,) = _strangest(contrast, content_words("费学", lambda _: False), 0)
    (strange,) = _strangest(contrast, content_words("宿舍", lambda _: False), 0)
    assert known < strange


@pytest.mark.parametrize("words", [(), ("anything",)])
def test_a_lexicon_of_nothing_finds_nothing_held(words: tuple[str, ...]) -> None:
    (strange,) = Contrast(build_lexicon([[]])).measure(words, np.array([0]))
    assert strange == ((1.0, 1.0) if words else (0.0, 0.0))


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
