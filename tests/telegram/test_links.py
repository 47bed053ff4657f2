"""Links that open the bot, and the numbers that its links and buttons carry."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services import Brain
from bot.telegram.buttons.compact import pack_number, pack_version, unpack_number, unpack_version
from bot.telegram.showing.links import (
    entry_of_start,
    link_to_share,
    record_of_start,
    start_parameter_of,
)

# -- links


def test_every_entry_can_be_opened_by_a_link(real_brain: Brain) -> None:
    catalogue = real_brain.knowledge.catalogue
    entries = [
        *real_brain.knowledge.answers,
        *(f"major:{code}" for code in catalogue.majors),
        *(f"class:{code}" for code in catalogue.classes),
        *(f"category:{code}" for code in catalogue.categories),
        "compare:520201,520202,720201",
        "browse",
    ]
    for entry in entries:
        parameter = start_parameter_of(entry)
        assert parameter is not None, entry
        assert len(parameter) <= 64
        assert entry_of_start(parameter) == entry


@pytest.mark.parametrize("page", ["class:5202/2", "browse/3"])
def test_a_later_page_is_opened_at_the_first(page: str) -> None:
    parameter = start_parameter_of(page)
    assert parameter is not None
    assert entry_of_start(parameter) == page.partition("/")[0]


@pytest.mark.parametrize(
    "parameter",
    ["", "e_", "e", "m_", "m_1", "m_123", "m_52020", "m_520201-", "m_5202-520201", "m_x",
     "x_grants", "e_Grants", "e_a:b", "e_-a", "m_５２", "inline", "private", "e_a\n"],
)  # fmt: skip
def test_a_parameter_of_another_kind_opens_nothing(parameter: str) -> None:
    assert entry_of_start(parameter) is None


@pytest.mark.parametrize(
    ("parameter", "record"),
    [
        ("w_12", 12),
        ("w_0", None),
        ("w_", None),
        ("w_-1", None),
        ("w_1" + "0" * 18, None),
        ("e_1", None),
    ],
)
def test_a_parameter_names_a_question_to_be_told_about(parameter: str, record: int | None) -> None:
    assert record_of_start(parameter) == record


@pytest.mark.parametrize("entry", ["topic:interview_series", "compare:", "major:", "Ä", "a" * 63])
def test_what_no_link_may_hold_has_none(entry: str) -> None:
    assert start_parameter_of(entry) is None


@given(parameter=st.text(max_size=70))
def test_any_parameter_opens_an_entry_or_nothing(parameter: str) -> None:
    entry = entry_of_start(parameter)
    assert entry is None or start_parameter_of(entry) == parameter


def test_a_link_to_share_carries_the_link_and_the_title_whole() -> None:
    link = link_to_share("voced_bot", "e_grants", "学费 & “资助”?")
    query = parse_qs(urlsplit(link).query)
    assert query == {"url": ["https://t.me/voced_bot?start=e_grants"], "text": ["学费 & “资助”?"]}
    assert link.isascii()


# -- numbers in buttons


@given(number=st.integers(min_value=0, max_value=2**63 - 1))
def test_a_number_is_unpacked_again(number: int) -> None:
    assert unpack_number(pack_number(number)) == number


@given(version=st.from_regex(r"[0-9a-f]{12}", fullmatch=True))
def test_a_version_is_unpacked_again(version: str) -> None:
    assert unpack_version(pack_version(version)) == version
    assert len(pack_version(version)) == 8


@given(packed=st.text(max_size=14))
def test_what_was_never_packed_is_no_number(packed: str) -> None:
    number = unpack_number(packed)
    assert number is None or pack_number(number) == packed
    version = unpack_version(packed)
    assert version is None or pack_version(version) == packed
