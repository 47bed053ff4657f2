"""The inverted index gives the cosines that its docstring promises."""

import math

import numpy as np
import pytest

from intents.evidence.index import build_postings, weigh
from intents.evidence.pieces import pieces_of, sound_pieces
from intents.guard import Concepts
from intents.text import Normaliser
from intents.text.sounds import Sounds
from intents.text.words import light_stem, split_words
from intents.wordlists import Concept, WordLists, Words

DOCUMENTS = ({"wfee": 1.0, "wschool": 1.0, "cfee": 1.0}, {"wfee": 2.0}, {"wexam": 1.0, "cexa": 1.0})
SHARES = {"w": 1.0, "c": 1.0, "s": 0.7}


def by_hand(question: dict[str, float], document: dict[str, float]) -> float:
    """Return the cosine of two documents, each block brought to its share of the length."""
    held = {piece: sum(piece in one for one in DOCUMENTS) for one in DOCUMENTS for piece in one}

    def vector(pieces: dict[str, float]) -> dict[str, float]:
        weights = {p: c * (math.log(4 / (1 + held[p])) + 1) for p, c in pieces.items() if p in held}
        scaled = {}
        for block, share in SHARES.items():
            own = {piece: weight for piece, weight in weights.items() if piece[0] == block}
            length = math.sqrt(sum(weight**2 for weight in own.values()))
            scaled |= {piece: share * weight / length for piece, weight in own.items()}
        length = math.sqrt(sum(weight**2 for weight in scaled.values())) or 1.0
        return {piece: weight / length for piece, weight in scaled.items()}

    ours, theirs = vector(question), vector(document)
    return sum(weight * theirs.get(piece, 0.0) for piece, weight in ours.items())


@pytest.mark.parametrize(
    "question",
    [
        {"wfee": 1.0},
        {"wfee": 1.0, "wschool": 1.0},
        {"wexam": 1.0, "cexa": 1.0, "cfee": 2.0},
        {"wmoon": 1.0, "wfee": 1.0},
        {"wmoon": 1.0},
        {},
    ],
)
def test_likeness_is_the_cosine_of_known_pieces(question: dict[str, float]) -> None:
    weights = weigh(DOCUMENTS)
    postings = build_postings([weights.vector(one) for one in DOCUMENTS], len(weights.pieces))
    expected = [by_hand(question, document) for document in DOCUMENTS]
    likeness = postings.likeness(weights.vector(question))
    np.testing.assert_allclose(likeness, expected, rtol=1e-5, atol=1e-6)


def test_what_nothing_holds_lowers_what_is_known() -> None:
    weights = weigh(DOCUMENTS)
    assert weights.vector({"wfee": 1.0}).known == pytest.approx(1.0)
    assert 0 < weights.vector({"wfee": 1.0, "wmoon": 1.0}).known < 1
    assert weights.vector({"wmoon": 1.0}).known == 0.0
    assert weights.vector({}).known == 0.0


@pytest.fixture(scope="module")
def sounds(words: WordLists) -> Sounds:
    return Sounds(words.pinyin)


def test_concepts_are_pieces_too(sounds: Sounds) -> None:
    assert pieces_of("学费", ["fee"], sounds=sounds)["w=fee"] == 1.0


def test_a_piece_that_comes_again_counts_less_than_twice(sounds: Sounds) -> None:
    assert pieces_of("天天", sounds=sounds)["w天"] == pytest.approx(1 + math.log(2))


def test_short_words_have_pieces(sounds: Sounds) -> None:
    assert set(pieces_of("ai", sounds=sounds)) == {"wai", "c ai", "cai "}
    assert {"w考", "w^考", "w考$", "skao"} == set(pieces_of("考", sounds=sounds))


def test_typed_sounds_are_pieces_of_what_they_sound_like(sounds: Sounds) -> None:
    typed = sounds.split_typed("zhongzhuan xue fei")
    assert typed is not None
    assert set(sound_pieces(typed)) <= set(pieces_of("中专学费", sounds=sounds))


@pytest.mark.parametrize("text", ["how much is it", "xyz", "zhongzhuanq", "学费"])
def test_what_is_no_pinyin_has_no_syllables(sounds: Sounds, text: str) -> None:
    assert sounds.split_typed(text) is None


def test_every_chinese_character_is_a_word_to_the_scorers() -> None:
    assert split_words("1+x证书 ok") == ["1+x", "证", "书", "ok"]


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
