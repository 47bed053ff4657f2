"""Held-out phrasings prove the knowledge: what does not do what it must is found."""

import shutil
from pathlib import Path

import pytest

from bot.proof.proving import Failure, prove
from bot.services import Brain, load_brain
from bot.settings import Settings

BAD_HIT = "who pays for the grant"
BAD_MISS = "how many different majors can be studied at all the vocational schools of a country"


@pytest.fixture
def planted(tiny_folder: Path, tmp_path: Path) -> list[Failure]:
    """Return what is found once a hit and a miss are made bad."""
    folder = shutil.copytree(tiny_folder, tmp_path / "knowledge")
    file = folder / "answers" / "majors.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("what is the number of majors in total", BAD_HIT, 1)
    text = text.replace("which majors suit girls", BAD_MISS, 1)
    file.write_text(text, encoding="utf-8")
    brain = load_brain(Settings(data_dir=tmp_path, knowledge_dir=folder, _env_file=None))
    return list(prove(brain.knowledge, brain.understander))


def test_knowledge_in_order_has_no_failures(tiny_brain: Brain) -> None:
    """Every hit finds its entry and every miss does not."""
    assert list(prove(tiny_brain.knowledge, tiny_brain.understander)) == []


def test_a_hit_that_does_not_find_its_entry_is_found(planted: list[Failure]) -> None:
    """The failure names entry, key and phrasing on one line."""
    (failure,) = [one for one in planted if one.key == "hits.en"]
    assert (failure.entry, failure.phrasing) == ("number-of-majors", BAD_HIT)
    assert str(failure).startswith(f"number-of-majors.hits.en: '{BAD_HIT}' was not answered")


def test_a_miss_that_finds_its_entry_is_found(planted: list[Failure]) -> None:
    """The failure says what was found."""
    (failure,) = [one for one in planted if one.key == "misses.en"]
    assert str(failure) == f"number-of-majors.misses.en: '{BAD_MISS}' found number-of-majors"
    assert len(planted) == 2
