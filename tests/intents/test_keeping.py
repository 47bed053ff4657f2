"""What was learned can be kept on disk, and nothing depends on it."""

import pytest

from intents import Normaliser, Subject, Understander, WordLists
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


def test_a_remembered_word_is_normalised_as_ever(normaliser: Normaliser) -> None:
    words = ("汽車修護", "Car Mechanic", "請問護理", "well drilling")
    first = RememberingNormaliser(normaliser)
    expected = [(normaliser(word), normaliser.plain(word)) for word in words]
    assert [(first(word), first.plain(word)) for word in words] == expected
    again = RememberingNormaliser(normaliser, first.keep())
    assert [(again(word), again.plain(word)) for word in words] == expected
    assert first.has_learned
    assert not again.has_learned


@pytest.mark.parametrize("kept", [b"", b"{}", b"[1, 2]", b"not json", b"[[], []]"])
def test_spellings_that_can_not_be_read_are_done_without(
    normaliser: Normaliser, kept: bytes
) -> None:
    assert RememberingNormaliser(normaliser, kept)("請問護理") == normaliser("請問護理")
