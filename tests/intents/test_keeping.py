"""What was learned can be kept on disk, and nothing depends on it."""

from pathlib import Path

import pytest

from intents import Normaliser, Subject, Understander, WordLists

QUESTIONS = ("中专学费多少", "danzhao dates in hebei", "第5期讲了什么", "who won the world cup")


@pytest.fixture
def subjects() -> tuple[Subject, ...]:
    return (
        Subject(entry="tuition", phrasings=("中专学费多少钱", "what is the tuition"), says="学费"),
        Subject(
            entry="dates", phrasings=("河北单招什么时候", "danzhao dates in hebei"), says="日期"
        ),
    )


def open_with(
    cache: Path | None, subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> Understander:
    return Understander(subjects, words=words, normaliser=normaliser, cache=cache)


def kept_in(cache: Path) -> list[Path]:
    return sorted(cache.glob("matcher-*.npz"))


def test_what_is_kept_means_the_same_as_what_is_learned_anew(
    tmp_path: Path, subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> None:
    anew = open_with(None, subjects, words, normaliser)
    open_with(tmp_path, subjects, words, normaliser)
    recalled = open_with(tmp_path, subjects, words, normaliser)
    for question in QUESTIONS:
        assert recalled.understand(question) == anew.understand(question)


def test_a_change_of_the_subjects_replaces_what_is_kept(
    tmp_path: Path, subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> None:
    open_with(tmp_path, subjects, words, normaliser)
    before = kept_in(tmp_path)
    fewer = open_with(tmp_path, subjects[:1], words, normaliser)
    assert len(kept_in(tmp_path)) == 1
    assert kept_in(tmp_path) != before
    assert fewer.understand("danzhao dates in hebei").entry is None


def test_the_same_subjects_are_not_learned_twice(
    tmp_path: Path, subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> None:
    open_with(tmp_path, subjects, words, normaliser)
    (file,) = kept_in(tmp_path)
    written = file.stat().st_mtime_ns
    open_with(tmp_path, subjects, words, normaliser)
    assert file.stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_a_damaged_file_is_learned_anew(
    tmp_path: Path,
    subjects: tuple[Subject, ...],
    words: WordLists,
    normaliser: Normaliser,
    damage: bytes,
) -> None:
    open_with(tmp_path, subjects, words, normaliser)
    (file,) = kept_in(tmp_path)
    file.write_bytes(damage)
    assert open_with(tmp_path, subjects, words, normaliser).understand("学费多少钱").candidates
    assert file.read_bytes() != damage


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, subjects: tuple[Subject, ...], words: WordLists, normaliser: Normaliser
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    understander = open_with(blocked, subjects, words, normaliser)
    assert understander.understand("what is the tuition").entry == "tuition"
