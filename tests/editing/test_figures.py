"""Figures that an editor types are shown as they were typed, and stand in a claim."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editing import EditingError
from bot.editing.deciding.figures import Figures, lift_figures, write_plainly
from knowledge import Claim, Localised
from knowledge.figures import fill_in, typed_digits

TERMS = ("1+X", "3+2")


def show(text: str, language: str) -> tuple[str, Figures]:
    """Return what people see of a text, and the figures in it."""
    figures: Figures = {}
    lifted = lift_figures(text, language, "a-1", figures, TERMS)  # type: ignore[arg-type]
    assert typed_digits(lifted, TERMS) is None
    claim = Claim(says=Localised(zh="x", en="x"), as_of="2026", confidence="high", figures=figures)
    return fill_in(lifted, {"a-1": claim}, language), figures  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "There are 1,400 majors.",
        "In 2025 there were 3 classes of 24 to 30.",
        "Call 12356 or 110.",
        "A share of 12.5 % in 1,234.5 cases",
        "1+X and 3+2 stay as they are, 7 does not",
        "the 5th time, in 24/7 shifts",
    ],
)
def test_english_is_shown_as_typed(text: str) -> None:
    assert show(text, "en")[0] == text


@pytest.mark.parametrize("text", ["2025年5月12日起，1400个专业，占12.5%。", "1+X证书有3个等级"])
def test_chinese_is_shown_as_typed(text: str) -> None:
    assert show(text, "zh")[0] == text


def test_a_date_is_written_as_the_language_does() -> None:
    assert show("since 2025-05-12", "en") == ("since 12 May 2025", {"n1": "2025-05-12"})
    assert show("2025-05-12起", "zh")[0] == "2025年5月12日起"


def test_the_same_figure_has_one_name_in_both_languages() -> None:
    figures: Figures = {}
    for language in ("zh", "en"):
        lift_figures("1400 and 12.5 and 1400", language, "a-1", figures, TERMS)
    assert figures == {"n1": 1400, "n2": Decimal("12.5")}


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["zh", "en"]))
def test_any_whole_number_is_shown_as_typed(number: int, language: str) -> None:
    assert show(f"a {number} b", language)[0] == f"a {number} b"


def test_digits_of_other_scripts_are_digits() -> None:
    assert write_plainly("１４００ and ٣") == "1400 and 3"


@pytest.mark.parametrize("text", ["①", "½", "㊿"])
def test_a_sign_that_is_no_digit_is_refused(text: str) -> None:
    with pytest.raises(EditingError):
        write_plainly(text)


@pytest.mark.parametrize("text", ["0571 123", "007", "{a-1.n1}", "}"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(EditingError):
        show(text, "en")
