"""The normaliser brings any message into one plain form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents import Normaliser, load_word_lists
from intents.text.normalise import MOST_CHARACTERS
from intents.text.numbers import chinese_numeral, find_numbers

normalise = Normaliser(load_word_lists().fillers)
# Letters of both languages, fillers and odd characters, so that hypothesis meets what matters.
pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        "你好 请问 谢谢 第三期 二〇二五年 １＋Ｘ 五年制 什麼 hello please thanks 1,400 don't "
        "ﬁ İ ß ① "
        "https://a.b/c 中專 軟體 職業學校 \u200b \u202e \ud800 🙂 …".split()
    ),
)


@given(st.lists(pieces, max_size=8).map("".join))
@settings(max_examples=400, deadline=None)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_becomes_lower_case_without_punctuation_at_its_ends(text: str) -> None:
    result = normalise(text)
    assert result == result.strip() == result.lower()
    assert "\n" not in result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many majors are there?", "how many majors are there"),
        ("Hi, please tell me: how many majors are there? Thanks!", "how many majors are there"),
        ("老师您好，请问一下中专要读几年呢？谢谢！", "中专要读几年"),
        ("請問職業學校有哪些專業？", "职业学校有哪些专业"),
        ("ｖｏｃａｔｉｏｎａｌ　ｓｃｈｏｏｌ", "vocational school"),
        ("１＋Ｘ 证书是什么", "1+x证书是什么"),
        ("What is 1 +X?", "what is 1+x"),
        ("第三期讲了什么", "第3期讲了什么"),
        ("二〇二五年活动周", "2025年活动周"),
        ("五年一贯制", "5年一贯制"),
        ("三加二是什么", "3+2是什么"),
        ("what's 1,400?", "what is 1400"),
        ("Whats ur fee 4 ppl, im 15", "what is your fee 4 people i am 15"),
        ("USB-U and U.S.", "usb you and usa"),
        ("学u盘", "学u盘"),
        ("看这个 https://example.org/a?b=c 是真的吗", "看这个是真的吗"),
        ("学 费 多 少", "学费多少"),
        ("谢谢", "谢谢"),
        ("", ""),
    ],
)
def test_a_message_is_brought_into_its_plain_form(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_fillers_stay_when_the_plain_form_is_asked_for() -> None:
    assert normalise.plain("谢谢老师，再见") == "谢谢老师再见"


def test_a_filler_is_never_cut_out_of_a_word() -> None:
    """The filler "so" opens a question, "sociology" does not."""
    assert normalise("sociology major") == "sociology major"


def test_a_very_long_message_is_read_up_to_its_limit() -> None:
    assert len(normalise("学" * 100_000)) == MOST_CHARACTERS


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("二十三", 23), ("一百零五", 105), ("二〇二五", 2025)],
)
def test_chinese_numerals_are_read(text: str, value: int) -> None:
    assert chinese_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3+2是什么", {"3+2"}),
        ("two or 3 years", {"2", "3"}),
        ("2025年的第5期", {"2025", "5"}),
        ("1+x", {"1+x"}),
        ("25年的职教周", {"2025"}),
        ("工作25年的老师", {"25"}),
        ("got my diploma two years ago", set()),
        ("3年前毕业的", set()),
        ("毕业20年了", set()),
        ("有5年工作经验", set()),
        ("干了20年电焊", set()),
        ("我32了还能读中专吗", set()),
        ("he is in year 1 at a dazhuan", set()),
        ("a carpenter with thirty years of experience", set()),
        ("i scored 180 points", set()),
        ("i finished dazhuan in 2019", set()),
        ("2019年大专毕业", set()),
        ("2019年高职毕业生", {"2019"}),
        ("none", set()),
    ],
)
def test_numbers_are_found_as_they_are_meant(text: str, numbers: set[str]) -> None:
    assert find_numbers(text) == numbers


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("毕业两三年了", "毕业两三年了"),
        ("三五年以后", "三五年以后"),
        ("毕业二十三年", "毕业23年"),
        ("what is 3 plus 4", "what is 3+4"),
        ("1 plus x", "1+x"),
        ("3\u27954是啥", "3+4是啥"),
        ("3 pluses", "3 pluses"),
    ],
)
def test_numbers_are_written_as_they_are_compared(typed: str, form: str) -> None:
    """About so many is no number, and a plus may be spelled out."""
    assert normalise.plain(typed) == form
