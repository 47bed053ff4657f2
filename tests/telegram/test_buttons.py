"""What a button carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import Press, decode, encode

if TYPE_CHECKING:
    from bot.services import Brain

_LANGUAGES = st.sampled_from(["zh", "en"])
_RECORDS = st.none() | st.integers(min_value=1, max_value=10**18 - 1)
_ENTRIES = st.none() | st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(
    lambda entry: len(entry) <= 36
)


@given(press=st.builds(Press, language=_LANGUAGES, record=_RECORDS, entry=_ENTRIES))
def test_what_is_encoded_is_decoded_again(press: Press) -> None:
    data = encode(press)
    assert decode(data) == press
    assert data.isascii()
    assert 1 <= len(data) <= 64


def test_the_entry_of_a_major_is_decoded_again() -> None:
    press = Press(language="zh", record=7, entry="major:520201")
    assert decode(encode(press)) == press


def test_data_that_telegram_would_refuse_is_not_made() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        encode(Press(language="zh", record=1, entry="e" * 56))
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        encode(Press(language="zh", record=1, entry="专业" * 10))


def test_every_entry_fits_into_a_button(real_brain: Brain) -> None:
    for entry in real_brain.knowledge.answers:
        press = Press(language="zh", record=9_999_999_999, entry=entry)
        assert decode(encode(press)) == press


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        ":",
        "::::",
        "1:n:en",
        "1:n:en:",
        "1:n:en:x",
        "1:n:en:-1",
        "1:n:en:1.0",
        "1:n:en:१",
        "1:n:en:²",
        "1:n:en:1:entry",
        "1:n:en:9999999999999999999",
        "1:n:fr:1",
        "1:p:en:1",
        "1:p:en:1:",
        "1:p:EN:1:entry",
        "1:x:en:1:entry",
        "2:p:en:1:entry",
        " 1:p:en:1:entry",
    ],
)
def test_garbage_is_no_press(data: str | None) -> None:
    assert decode(data) is None


@given(
    data=st.text(max_size=64) | st.lists(st.sampled_from("12:pnxzhen-0"), max_size=30).map("".join)
)
def test_any_data_is_a_press_or_none(data: str) -> None:
    press = decode(data)
    assert press is None or press.language in {"zh", "en"}
