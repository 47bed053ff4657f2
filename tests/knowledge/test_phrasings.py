"""A range in a phrasing stands for one phrasing a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.phrasings import PhrasingError, write_out


@pytest.mark.parametrize(
    ("phrasing", "written_out"),
    [
        ("how many majors", ["how many majors"]),
        ("", [""]),
        ("episode {1..3}", ["episode 1", "episode 2", "episode 3"]),
        ("第{9..11}集讲什么", ["第9集讲什么", "第10集讲什么", "第11集讲什么"]),
        ("episode {4..4}", ["episode 4"]),
    ],
)
def test_a_phrasing_is_written_out_for_every_number_of_its_range(phrasing, written_out):
    assert list(write_out(phrasing)) == written_out


@pytest.mark.parametrize(
    "phrasing",
    [
        "episode {1..}",
        "episode {..6}",
        "episode {1.6}",
        "episode {1...6}",
        "episode {a..c}",
        "episode {-1..6}",
        "episode {1..6",
        "episode 1..6}",
        "episode {}",
        "episode {{1..6}}",
        "{1..2} of {1..6}",
    ],
)
def test_a_malformed_range_is_refused(phrasing):
    with pytest.raises(PhrasingError, match=r"at most one range such as \{1\.\.6\} is allowed"):
        list(write_out(phrasing))


@pytest.mark.parametrize("phrasing", ["episode {6..1}", "episode {1..101}"])
def test_a_range_that_is_empty_or_too_long_is_refused(phrasing):
    with pytest.raises(PhrasingError, match=r"must run upwards, over at most 100: '\{.*\}'"):
        list(write_out(phrasing))


@given(st.text().filter(lambda text: not set(text) & set("{}")))
def test_a_phrasing_without_braces_stands_for_itself(text):
    assert list(write_out(text)) == [text]


@given(st.integers(0, 10_000), st.integers(0, 99))
def test_a_range_gives_as_many_phrasings_as_it_has_numbers(first, more):
    lines = list(write_out(f"year {{{first}..{first + more}}}"))

    assert lines == [f"year {number}" for number in range(first, first + more + 1)]
