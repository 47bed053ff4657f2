"""What was learned can be kept on disk, and nothing depends on it."""

import pytest

from intents import Normaliser, Subject, Understander, WordLists, load_word_lists, wordlists
from intents.text.remembering import RememberingNormaliser

QUESTIONS = ("中专学费多少", "danzhao dates in hebei", "第5期讲了什么", "who won the world cup")


@pytest.fixture
def subjects() -> tuple[Subject, ...]:
    return (
        Subject(entry="tuition", phrasings=("中专学费多少钱", "what is the tuition"), says="学费"),
        Subject(
            entry="dates", phrasings=("河北单招什么时候", "danzhao dates in hebei"), says="日期"
        ),
    )


class Shelf(dict[str, bytes]):
    """A cache in memory, of as many versions as are kept."""

    def load(self, name: str) -> bytes | None:
        return self.get(name)

    def keep(self, name: str, content: bytes) -> None:
        self[name] = content


def open_with(
    cache: Shelf | None, subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> Understander:
    return Understander(subjects, words=words, normaliser=normaliser, cache=cache)


def test_what_is_kept_means_the_same_as_what_is_learned_anew(
    subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> None:
    cache = Shelf()
    anew = open_with(None, subjects, words, normaliser)
    open_with(cache, subjects, words, normaliser)
    recalled = open_with(cache, subjects, words, normaliser)
    for question in QUESTIONS:
        assert recalled.understand(question) == anew.understand(question)


def test_a_change_of_the_subjects_is_learned_under_another_name(
    subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> None:
    cache = Shelf()
    open_with(cache, subjects, words, normaliser)
    fewer = open_with(cache, subjects[:1], words, normaliser)
    assert len(cache) == 2
    assert {name.partition("-")[0] for name in cache} == {"matcher"}
    assert fewer.understand("danzhao dates in hebei").entry is None


def test_the_same_subjects_are_not_learned_twice(
    subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> None:
    cache = Shelf()
    open_with(cache, subjects, words, normaliser)
    (content,) = cache.values()
    open_with(cache, subjects, words, normaliser)
    (again,) = cache.values()
    assert again is content


@pytest.mark.parametrize("damage", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_damaged_content_is_learned_anew(
    subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser, damage: bytes
) -> None:
    cache = Shelf()
    open_with(cache, subjects, words, normaliser)
    (name,) = cache
    cache[name] = damage
    assert open_with(cache, subjects, words, normaliser).understand("学费多少钱").candidates
    assert cache[name] != damage


def test_word_lists_are_read_once(words: WordLists, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is the same lists, for as long as the code is the same."""
    cache = Shelf()
    assert load_word_lists(cache=cache, code="1") == words
    monkeypatch.setattr(wordlists, "_read", None)
    kept = load_word_lists(cache=cache, code="1")
    assert kept == words
    assert kept.model_dump_json() == words.model_dump_json()
    with pytest.raises(TypeError):
        load_word_lists(cache=cache, code="2")


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'{"fillers": 1'])
def test_word_lists_that_can_not_be_read_back_are_read_anew(
    words: WordLists, damage: bytes
) -> None:
    cache = Shelf({"words-1.json": damage})
    assert load_word_lists(cache=cache, code="1") == words
    assert cache["words-1.json"] != damage


def test_a_remembered_word_is_normalised_as_ever(normaliser: Normaliser) -> None:
    words = ("汽車修護", "Car Mechanic", "請問護理", "well drilling")
    first = RememberingNormaliser(normaliser)

    def spell(by: Normaliser) -> list[tuple[str, str, tuple[str, ...]]]:
        return [(by(word), by.plain(word), by.traditional(word)) for word in words]

    assert spell(first) == spell(normaliser)
    again = RememberingNormaliser(normaliser, first.keep())
    assert spell(again) == spell(normaliser)
    assert first.has_learned
    assert not again.has_learned


@pytest.mark.parametrize(
    "kept", [b"", b"{}", b"[1, 2]", b"not json", b"[[], [], []]", b"[{}, {}, 3]"]
)
def test_spellings_that_can_not_be_read_are_done_without(
    normaliser: Normaliser, kept: bytes
) -> None:
    assert RememberingNormaliser(normaliser, kept)("請問護理") == normaliser("請問護理")
