"""A figure of a claim is shown as each language writes it."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import Claim, Localised
from knowledge.figures import FigureError, claims_referred_to, fill_in, typed_digits


def show(figure, form, language):
    """Return `figure` as the text of an answer shows it in `form`."""
    claim = Claim(
        says=Localised(zh="甲", en="a"),
        as_of="undated",
        confidence="high",
        figures={"it": figure},
    )
    return fill_in(f"{{claim.it:{form}}}", {"claim": claim}, language)


@pytest.mark.parametrize(
    ("figure", "form", "en", "zh"),
    [
        (0, "number", "0", "0"),
        (999, "number", "999", "999"),
        (1400, "number", "1,400", "1400"),
        (1234567, "number", "1,234,567", "1234567"),
        (-1400, "number", "-1,400", "-1400"),
        (Decimal("5.50"), "number", "5.5", "5.5"),
        (Decimal("0.0"), "number", "0", "0"),
        (Decimal("1E+3"), "number", "1,000", "1000"),
        (Decimal("12000.25"), "number", "12,000.25", "12000.25"),
        (5.1, "number", "5.1", "5.1"),
        (Decimal("5.265"), "million", "5.265 million", "526.5万"),
        (35, "million", "35 million", "3500万"),
        (Decimal("0.5"), "million", "0.5 million", "50万"),
        (100, "million", "100 million", "1亿"),
        (Decimal("140.5"), "million", "140.5 million", "1.405亿"),
        (1200, "million", "1,200 million", "12亿"),
        (120000, "wan", "120,000", "12万"),
        (10000, "wan", "10,000", "1万"),
        (526500, "wan", "526,500", "52.65万"),
        (99990000, "wan", "99,990,000", "9999万"),
        (100000000, "wan", "100,000,000", "1亿"),
        (1380000000, "wan", "1,380,000,000", "13.8亿"),
        (1, "ordinal", "1st", "1"),
        (2, "ordinal", "2nd", "2"),
        (3, "ordinal", "3rd", "3"),
        (4, "ordinal", "4th", "4"),
        (10, "ordinal", "10th", "10"),
        (11, "ordinal", "11th", "11"),
        (12, "ordinal", "12th", "12"),
        (13, "ordinal", "13th", "13"),
        (14, "ordinal", "14th", "14"),
        (21, "ordinal", "21st", "21"),
        (22, "ordinal", "22nd", "22"),
        (23, "ordinal", "23rd", "23"),
        (101, "ordinal", "101st", "101"),
        (111, "ordinal", "111th", "111"),
        (112, "ordinal", "112th", "112"),
        (Decimal("2.0"), "ordinal", "2nd", "2"),
        (2019, "year", "2019", "2019"),
        ("2019", "year", "2019", "2019"),
        ("2025-05", "year", "2025", "2025"),
        ("2025-05-12", "year", "2025", "2025"),
        ("2025", "date", "2025", "2025年"),
        ("2025-05", "date", "May 2025", "2025年5月"),
        ("2025-05-12", "date", "12 May 2025", "2025年5月12日"),
        ("2025-12-01", "date", "1 December 2025", "2025年12月1日"),
        ("2025", "month", "2025", "2025年"),
        ("2025-05", "month", "May 2025", "2025年5月"),
        ("2025-01-12", "month", "January 2025", "2025年1月"),
        ("2025-05-08", "day", "8 May", "5月8日"),
    ],
)
def test_a_figure_is_shown_as_each_language_writes_it(figure, form, en, zh):
    assert show(figure, form, "en") == en
    assert show(figure, form, "zh") == zh


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("figure", "form", "message"),
    [
        ("2025-05-12", "number", "needs a number, not the date 2025-05-12"),
        ("2025", "million", "needs a number, not the date 2025"),
        ("2025", "wan", "needs a number, not the date 2025"),
        ("2025", "ordinal", "needs a number, not the date 2025"),
        (Decimal("2.5"), "ordinal", "needs a whole number, not 2.5"),
        (Decimal("20.5"), "year", "needs a date, not 20.5"),
        (2025, "date", "needs a date, not 2025"),
        (5, "month", "needs a date, not 5"),
        (5, "day", "needs a date, not 5"),
        ("2025-05", "day", "needs a whole date, not 2025-05"),
        ("2025", "day", "needs a whole date, not 2025"),
        (5, "percent", "unknown format 'percent'"),
    ],
)
def test_a_format_that_does_not_fit_is_refused(figure, form, message, language):
    with pytest.raises(FigureError) as caught:
        show(figure, form, language)

    assert str(caught.value).startswith(f"{{claim.it:{form}}}: {message}")


@pytest.fixture
def claims():
    def make(as_of):
        return Claim(
            says=Localised(zh="甲", en="a"),
            as_of=as_of,
            confidence="high",
            figures={"majors": 1400, "new_Total2": 27},
        )

    return {"cat-03": make("2025-12"), "old": make("undated")}


def test_a_figure_without_a_format_is_a_number(claims):
    assert fill_in("{cat-03.majors} majors", claims, "en") == "1,400 majors"


def test_every_claim_has_its_date_as_a_figure(claims):
    assert fill_in("{cat-03.as_of:date}", claims, "zh") == "2025年12月"


def test_all_references_of_a_text_are_filled_in(claims):
    text = "{cat-03.majors}+{old.new_Total2}={cat-03.as_of:year}"

    assert fill_in(text, claims, "en") == "1,400+27=2025"


@pytest.mark.parametrize("form", ["date", "year", "month", "day"])
def test_a_claim_without_a_date_has_none_to_show(claims, form):
    with pytest.raises(FigureError, match="needs a date, not undated"):
        fill_in(f"{{old.as_of:{form}}}", claims, "en")


def test_claims_referred_to_come_once_in_the_order_they_appear():
    text = "{cat-05.new} and {cat-03.total:wan} after {cat-05.as_of:month}, not {cat-09}"

    assert claims_referred_to(text) == ("cat-05", "cat-03")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("over 1,400 majors", "1,400"),
        ("from 1+X to 3+2, and 3+4", "3+4"),
        ("共１２个", "共１２个"),
        ("first ① then 2", "①"),
        ("{cat-03.total} of 7", "7"),
        ("{cat-03.total:wan} with 1+X", None),
        ("十二个专业, two levels", None),
        ("", None),
    ],
)
def test_a_digit_is_found_outside_references_and_terms(text, found):
    assert typed_digits(text, ("1+X", "3+2")) == found


def is_digit(character):
    return unicodedata.category(character) in {"Nd", "No"}


@given(st.text().filter(lambda text: not any(map(is_digit, text))))
def test_a_text_without_digits_has_none_typed(text):
    assert typed_digits(text, ("1+X",)) is None


@given(st.text(), st.characters(categories=["Nd", "No"]), st.text())
def test_no_digit_goes_unseen_whatever_stands_around_it(before, digit, after):
    assert typed_digits(f"{before}{digit}{after}", ()) is not None


@given(st.integers())
def test_a_whole_number_in_english_reads_back_as_itself(number):
    assert int(show(number, "number", "en").replace(",", "")) == number


@given(st.integers())
def test_a_whole_number_in_chinese_is_its_plain_digits(number):
    assert show(number, "number", "zh") == str(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=3))
def test_a_fraction_in_english_reads_back_as_itself(number):
    assert Decimal(show(number, "number", "en").replace(",", "")) == number


@given(st.integers(10_000, 10**13))
def test_a_number_in_wan_reads_back_as_itself(number):
    text = show(number, "wan", "zh")
    unit = {"万": 10**4, "亿": 10**8}[text[-1]]

    assert Decimal(text[:-1]) * unit == number


@given(st.dates())
def test_a_date_in_chinese_reads_back_as_itself(day):
    text = show(day.isoformat(), "date", "zh")

    assert text == f"{day.year}年{day.month}月{day.day}日"
