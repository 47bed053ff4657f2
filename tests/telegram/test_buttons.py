"""What a button carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import (
    Button,
    ChooseLanguage,
    Example,
    Press,
    Rate,
    Rating,
    Wait,
    decode,
    encode,
)

if TYPE_CHECKING:
    from bot.services import Brain

_TONGUES = st.sampled_from(["zh", "zt", "en"])
_RECORDS = st.none() | st.integers(min_value=1, max_value=10**18 - 1)
_ENTRY = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
_ENTRIES = st.none() | _ENTRY.filter(lambda entry: len(entry) <= 36)
_BUTTONS = (
    st.builds(Press, language=_TONGUES, record=_RECORDS, entry=_ENTRIES)
    | st.builds(
        Press,
        language=_TONGUES,
        record=_RECORDS,
        entry=_ENTRY.filter(lambda entry: len(entry) <= 36),
        is_follow_up=st.booleans(),
    )
    | st.builds(
        Rate,
        language=_TONGUES,
        record=st.none() | st.integers(min_value=1, max_value=36**7 - 1),
        version=st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
        entry=_ENTRY.filter(lambda entry: len(entry) <= 40),
        rating=st.sampled_from(get_args(Rating)),
    )
    | st.builds(
        Wait,
        language=_TONGUES,
        record=st.integers(min_value=1, max_value=10**18 - 1),
        wants_to_be_told=st.booleans(),
    )
    | st.builds(Example, language=_TONGUES, number=st.integers(min_value=0, max_value=10**18 - 1))
    | st.builds(ChooseLanguage, tongue=st.none() | _TONGUES)
)


@given(button=_BUTTONS)
def test_what_is_encoded_is_decoded_again(button: Button) -> None:
    data = encode(button)
    assert decode(data) == button
    assert data.isascii()
    assert 1 <= len(data) <= 64


def test_no_two_buttons_carry_the_same() -> None:
    ratings = [
        Rate(language="zh", record=1, version="0" * 12, entry="e", rating=rating)
        for rating in get_args(Rating)
    ]
    waits = [Wait(language="zh", record=1, wants_to_be_told=told) for told in (True, False)]
    data = [encode(one) for one in (*ratings, *waits, Example(language="zh", number=1))]
    assert len(set(data)) == len(data)


def test_the_entry_of_a_major_is_decoded_again() -> None:
    press = Press(language="zh", record=7, entry="major:520201")
    assert decode(encode(press)) == press


def test_data_that_telegram_would_refuse_is_not_made() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        encode(Press(language="zh", record=1, entry="e" * 56))
    with pytest.raises(ValueError, match="no ASCII"):
        encode(Press(language="zh", record=1, entry="专业"))
    with pytest.raises(ValueError, match="no version"):
        encode(Rate(language="zh", record=1, version="v1", entry="e", rating="up"))


def test_every_entry_fits_into_a_button(real_brain: Brain) -> None:
    """Also to be rated, by a question with a number of ten digits."""
    knowledge = real_brain.knowledge
    for entry in (*knowledge.answers, "compare:520201,520202,720201"):
        press = Press(language="zh", record=9_999_999_999, entry=entry)
        assert decode(encode(press)) == press
        rate = Rate(
            language="zh",
            record=9_999_999_999,
            version=knowledge.version,
            entry=entry,
            rating="not_asked",
        )
        assert decode(encode(rate)) == rate


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
        "1:y:en:1:entry",
        "2:p:en:1:entry",
        "1:p:ZT:1:entry",
        "1:u:en:1:entry",
        "1:u:en:1.AAAAAAAA:",
        "1:u:en:1.AAAAAAA:entry",
        "1:u:en:1.AAAA=AAA:entry",
        "1:u:en:01.AAAAAAAA:entry",
        "1:u:en:zzzzzzzzzzzzz.AAAAAAAA:entry",
        "1:u:en:-1.AAAAAAAA:entry",
        "1:u:en:A.AAAAAAAA:entry",
        "1:u:fr:1.AAAAAAAA:entry",
        "1:t:en:0",
        "1:t:en:1:more",
        "1:t:en",
        "1:t:fr:1",
        "1:x:en",
        "1:x:en:1:more",
        "1:x:en:-1",
        "1:l",
        "1:l:fr",
        "1:l:zh:more",
        "1:l:zh:more:and:more",
        " 1:p:en:1:entry",
    ],
)
def test_garbage_is_no_press(data: str | None) -> None:
    assert decode(data) is None


@given(
    data=st.text(max_size=64)
    | st.lists(st.sampled_from("12:.pfnudwocqbtkxlzhen-0A"), max_size=30).map("".join)
    | st.tuples(st.sampled_from("pfnudwocqbtkxl"), st.lists(st.sampled_from(["zh", "1", "e"]))).map(
        lambda parts: ":".join(("1", parts[0], *parts[1]))
    )
)
def test_any_data_is_a_button_of_ours_or_none(data: str) -> None:
    button = decode(data)
    assert button is None or encode(button) is not None
