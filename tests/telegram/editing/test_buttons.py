"""What an editor's button carries comes back as it was, and nothing else comes back at all."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import decode as decode_of_people
from bot.telegram.editing.buttons import (
    Action,
    EditorButton,
    OnGap,
    OnTrial,
    TakeBack,
    ToList,
    TrialAction,
    decode,
    encode,
)
from storage.editing import GapOrder

_HEX = st.text("0123456789abcdef", min_size=8, max_size=8)
_BUTTONS = st.one_of(
    st.builds(ToList, order=st.sampled_from(get_args(GapOrder)), page=st.integers(0, 100_000)),
    st.builds(
        OnGap,
        action=st.sampled_from(get_args(Action)),
        gap=_HEX.map("g{}".format),
        seen=st.integers(0, 2**31),
        argument=st.text("abcdefghijklmnopqrstuvwxyz0123456789-:", max_size=36),
    ),
    st.builds(OnTrial, action=st.sampled_from(get_args(TrialAction)), trial=_HEX.map("t{}".format)),
    st.builds(TakeBack, line=st.integers(0, 2**40)),
)


@given(_BUTTONS)
def test_a_button_comes_back_as_it_was(button: EditorButton) -> None:
    data = encode(button)
    assert data is not None
    assert len(data) <= 64
    assert decode(data) == button
    assert decode_of_people(data) is None


@given(st.text(max_size=80))
def test_no_data_raises(data: str) -> None:
    for text in (data, f"e1:{data}"):
        button = decode(text)
        assert button is None or decode(encode(button)) == button


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "e1:",
        "e2:l:p:0",
        "e1:l:x:0",
        "e1:l:p:-1",
        "e1:l:p:zzzzzz",
        "e1:g:s:g1234567:1:",
        "e1:g:??:g12345678:1:",
        "e1:g:s:g12345678:-1:",
        "e1:g:s:g12345678:1",
        "e1:t:c:x12345678",
        "e1:t:z:t12345678",
        "e1:u:",
        "e1:u:1:2",
    ],
)
def test_forged_data_is_no_button(data: str | None) -> None:
    assert decode(data) is None


@pytest.mark.parametrize("argument", ["x" * 60, "条目"])
def test_what_fits_into_no_button_makes_none(argument: str) -> None:
    assert encode(OnGap(action="link", gap="g12345678", seen=1, argument=argument)) is None
