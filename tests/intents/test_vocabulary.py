"""The vocabulary puts slips of the finger right and names what is foreign."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.guard import Concepts
from intents.text import Normaliser
from intents.text.vocabulary import Vocabulary, words_of
from intents.text.words import plural_of
from intents.wordlists import Concept, WordLists, Words

TEXTS = ("how much is the tuition at a vocational college", "kindergarten teacher", "中专学费多少")


@pytest.fixture(scope="session")
def vocabulary(words: WordLists, normaliser: Normaliser) -> Vocabulary:
    return Vocabulary(words_of(TEXTS), words.hollow, normaliser, common=words.common)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("my tution", "my tuition"),
        ("tution", "tution"),
        ("vocatoinal colege", "vocational college"),
        ("kindergaten teacher", "kindergarten teacher"),
        ("howmuch is it", "how much is it"),
        ("the vocationalcollege", "the vocational college"),
        ("a cottage at college", "a cottage at college"),
        ("the tuitions", "the tuitions"),
        ("the cup", "the cup"),
        ("the fuition", "the fuition"),
        ("学费 tuiton 多少", "学费 tuition 多少"),
    ],
)
def test_a_slip_becomes_the_known_word_next_to_it(
    vocabulary: Vocabulary, typed: str, meant: str
) -> None:
    """A wrong first letter, short words and a word that stands alone could mean too much.

    A common word that the knowledge lacks is meant as it stands: a cottage is no college.
    """
    assert vocabulary.repair(typed) == meant


@given(st.text(alphabet="abcdeginotuv 学费", max_size=40))
@settings(deadline=None)
def test_repairing_twice_changes_nothing(vocabulary: Vocabulary, text: str) -> None:
    once = vocabulary.repair(text)
    assert vocabulary.repair(once) == once


def test_words_that_nothing_holds_are_foreign(vocabulary: Vocabulary) -> None:
    assert vocabulary.foreign_words("how much is the passport 护照学费") == ("passport", "护", "照")


def test_hollow_and_known_words_are_not_foreign(vocabulary: Vocabulary) -> None:
    assert vocabulary.foreign_words("到底 学费 actually tuition 山东", ["山东"]) == ()


@pytest.mark.parametrize(
    ("word", "many"),
    [
        ("kindergarten", "kindergartens"),
        ("course of study", "course of studies"),
        ("holiday", "holidays"),
        ("tax", "taxes"),
        ("church", "churches"),
        ("class", "class"),
        ("3+2", "3+2"),
        ("中专", "中专"),
        ("", ""),
    ],
)
def test_the_last_of_english_words_is_put_into_the_plural(word: str, many: str) -> None:
    assert plural_of(word) == many


def test_a_concept_is_known_in_the_plural_but_for_what_is_a_word_of_its_own(
    normaliser: Normaliser,
) -> None:
    words = [
        Concept(id="toy", kind="topic", zh=("风筝",), en=("kite",)),
        Concept(id="good", kind="topic", zh=("好",), en=("good",)),
        Concept(id="wares", kind="topic", zh=("货",), en=("goods",)),
    ]
    concepts = Concepts(words, Words(), normaliser)
    assert concepts.ids("who sells kites") == {"toy"}
    assert concepts.ids("good") == {"good"}
    assert concepts.ids("goods") == {"wares"}
