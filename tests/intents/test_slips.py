"""Names a slip away are found by their parts exactly as by comparing with every name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from intents.majors.slips import SlipIndex

# Few letters, so that texts are near each other and parts repeat.
LATIN = st.text("abc ", min_size=1, max_size=24)
HAN = st.text("护理学士", min_size=1, max_size=18)
NAMES = st.one_of(st.lists(LATIN, max_size=20), st.lists(HAN, max_size=20))


def compare_with_all(text: str, names: list[str]) -> dict[str, int]:
    slips = 2 if len(text) >= 16 else 1
    is_han = not text.isascii()
    found = {name: OSA.distance(text, name) for name in names if name.isascii() != is_han}
    shortest = 4 if is_han else 7
    return {n: far for n, far in found.items() if far <= slips and len(n) >= shortest}


@given(names=NAMES, data=st.data())
@settings(deadline=None, max_examples=300)
def test_no_name_within_reach_is_overlooked_and_none_is_made_up(names, data) -> None:
    near_one = st.sampled_from(names or ["aaaa"]).flatmap(slipped)
    text = data.draw(st.one_of(LATIN, HAN, near_one))
    found = SlipIndex(names).near(text)
    assert {name: distance for distance, name in found} == compare_with_all(text, names)
    assert [distance for distance, _ in found] == sorted(distance for distance, _ in found)


@st.composite
def slipped(draw: st.DrawFn, name: str) -> str:
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(name)))
        kind = draw(st.sampled_from(["wrong", "dropped", "swapped", "added"]))
        before, here, after = name[:at], name[at : at + 1], name[at + 1 :]
        name = {
            "wrong": f"{before}b{after}",
            "dropped": f"{before}{after}",
            "swapped": f"{before}{after[:1]}{here}{after[1:]}",
            "added": f"{before}c{here}{after}",
        }[kind]
    return name or "a"


@pytest.mark.parametrize(
    ("typed", "distance"),
    [
        ("civil enginering", 1),
        ("cviil engineering", 1),
        ("cviil enginering", 2),
        ("cviil enginerng", None),
        ("civil engineering", 0),
    ],
)
def test_a_long_text_may_have_two_slips(typed: str, distance: int | None) -> None:
    found = SlipIndex(["civil engineering", "nursing"]).near(typed)
    assert found == ([] if distance is None else [(distance, "civil engineering")])
