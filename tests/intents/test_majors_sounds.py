"""Spelling Chinese by its sound."""

import pytest

from intents import WordLists
from intents.text.sounds import Sounds, typed_sound


@pytest.fixture(scope="module")
def sounds(words: WordLists) -> Sounds:
    return Sounds(words.pinyin)


def test_a_text_is_read_in_its_usual_way(sounds: Sounds) -> None:
    assert sounds.usual("护理") == "huli"
    assert sounds.usual("1+x护理?") == "1+xhuli?"
    assert sounds.usual("") == ""


def test_a_text_is_read_in_every_way() -> None:
    sounds = Sounds({"hang": "行", "xing": "|行", "yin": "银"})
    assert list(sounds.every("银行")) == ["yinhang", "yinxing"]
    assert list(sounds.every("")) == [""]


def test_so_many_ways_of_reading_leave_only_the_usual_one() -> None:
    sounds = Sounds({"hang": "行", "xing": "|行"})
    assert list(sounds.every("行" * 7)) == ["hang" * 7]
    assert len(list(sounds.every("行" * 6))) == 64


@pytest.mark.parametrize("typed", ["fa lv", "falü", "FaLv", "fa-lu", "fa'lv"])
def test_typing_is_brought_to_the_same_spelling(typed: str, sounds: Sounds) -> None:
    assert typed_sound(typed.lower().replace("ü", "v")) == sounds.usual("法律")
