"""Who writes traditional characters is told from who writes simplified ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.text.traditional import is_traditional, to_traditional


@pytest.mark.parametrize(
    "text",
    ["護理專業要讀幾年", "學費多少？", "中職畢業可以上大學嗎", "職業本科 nursing 的學費", "護理"],
)
def test_traditional_characters_are_seen(text: str) -> None:
    assert is_traditional(text)


@pytest.mark.parametrize(
    "text",
    [
        "护理专业要读几年",
        "学费多少？",
        "著名的学校后面",
        "干什么",
        "什么是1+X",
        "how long",
        "",
        "中文",
    ],
)
def test_simplified_characters_are_not_traditional(text: str) -> None:
    """Nor is what both scripts write alike, though some of it means something else there."""
    assert not is_traditional(text)


def test_an_answer_is_written_as_taiwan_writes() -> None:
    written = to_traditional("护理专业要读几年？里面的软件。Nursing 1,400")
    assert written == "護理專業要讀幾年？裡面的軟件。Nursing 1,400"


@given(st.text(max_size=200) | st.text(st.sampled_from("護理护\ud800\x00a"), max_size=20))
def test_any_text_has_a_script(text: str) -> None:
    assert isinstance(is_traditional(text), bool)
    assert isinstance(to_traditional(text), str)


@given(st.text(st.characters(max_codepoint=127), max_size=200))
def test_what_is_not_chinese_stays_as_it_is(text: str) -> None:
    assert to_traditional(text) == text
