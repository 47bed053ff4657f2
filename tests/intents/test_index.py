"""The inverted index gives the cosines that its docstring promises."""

import math

import numpy as np
import pytest

from intents.match.concepts import Concepts
from intents.match.grams import character_grams, light_stem, spaced, word_grams
from intents.match.index import build_index
from intents.text import Normaliser
from intents.wordlists import Concept, WordLists, Words

DOCUMENTS = ({"fee": 1.0, "school": 1.0}, {"fee": 2.0}, {"exam": 1.0, "school": 1.0})
ENTRIES = (0, 0, 1)


def cosine(question: dict[str, float], document: dict[str, float]) -> float:
    """Return the cosine by hand: entries counted, unseen pieces in the question's length."""
    count = 2
    held = {"fee": 1, "school": 2, "exam": 1}
    idf = {piece: math.log1p(count / entries) for piece, entries in held.items()}
    unseen = 0.8 * math.log1p(count)
    ours = {piece: weight * idf.get(piece, unseen) for piece, weight in question.items()}
    theirs = {piece: weight * idf[piece] for piece, weight in document.items()}
    dot = sum(ours[piece] * theirs.get(piece, 0.0) for piece in ours)
    length = math.sqrt(sum(w**2 for w in ours.values())) * math.sqrt(
        sum(w**2 for w in theirs.values())
    )
    return dot / length


@pytest.mark.parametrize(
    "question",
    [{"fee": 1.0}, {"fee": 1.0, "school": 1.0}, {"exam": 1.0, "moon": 1.0}, {"moon": 1.0}],
)
def test_scores_are_cosines_with_unseen_pieces_counted(question: dict[str, float]) -> None:
    scores = build_index(DOCUMENTS, ENTRIES).score(question)
    expected = [cosine(question, document) for document in DOCUMENTS]
    np.testing.assert_allclose(scores.phrasings, expected, rtol=1e-5, atol=1e-6)


def test_a_question_made_of_an_entrys_pieces_is_covered_by_it() -> None:
    covered = build_index(DOCUMENTS, ENTRIES).score({"fee": 1.0, "school": 1.0}).covered
    assert covered[0] == pytest.approx(1.0)
    assert covered[1] < 1.0


def test_a_question_without_pieces_scores_nothing() -> None:
    scores = build_index(DOCUMENTS, ENTRIES).score({})
    assert not scores.phrasings.any()
    assert not scores.covered.any()


def test_concepts_are_pieces_too() -> None:
    assert word_grams("学费", ["fee"])["=fee"] == 1.0


def test_characters_of_short_words_are_found() -> None:
    assert set(character_grams("考")) == {"考"}
    assert set(character_grams("ai")) == {" ai", "ai "}


def test_every_chinese_character_is_a_word_to_the_scorers() -> None:
    assert spaced("1+x证书 ok") == "1+x 证 书 ok"


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("schools", "school"),
        ("studies", "study"),
        ("classes", "class"),
        ("paying", "pay"),
        ("is", "is"),
        ("class", "class"),
        ("1990s", "1990s"),
    ],
)
def test_words_lose_their_plainest_endings(word: str, stem: str) -> None:
    assert light_stem(word) == stem


@pytest.fixture
def concepts(words: WordLists, normaliser: Normaliser) -> Concepts:
    return Concepts(words.concepts, words.places, normaliser)


def test_the_longest_word_wins(concepts: Concepts) -> None:
    """In 专升本 there is neither a diploma nor a bachelor, and 初中专业 holds no 中专."""
    assert concepts.ids("专升本") == {"upgrade"}
    assert "secondary" not in concepts.ids("初中专业")


def test_english_words_are_found_whole(concepts: Concepts) -> None:
    assert "whether" in concepts.ids("can i go")
    assert "whether" not in concepts.ids("scan canned cannibal")


def test_places_are_found_by_name(concepts: Concepts) -> None:
    assert {"place:山东", "place:hubei"} <= concepts.ids("山东 hubei")


def test_a_decoy_means_nothing(normaliser: Normaliser) -> None:
    concepts = Concepts(
        [
            Concept(id="a", kind="topic", zh=("中专",), en=("x",)),
            Concept(id="b", kind="decoy", zh=("初中专业",), en=("y",)),
        ],
        Words(),
        normaliser,
    )
    assert concepts.find("初中专业") == ()
