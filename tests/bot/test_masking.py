"""What could tell who asked is taken out; what a question is about stays."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.memory.masking import mask

# Pieces that matter to the masks, so that random text meets them more than by chance.
_PIECES = st.sampled_from(
    [
        *("0123456789 -@.+xX：\u200b\n１"),
        *("我叫", "张三", "my name is ", "Li", "a@b.cn", "@handle", "[name]", "[number]", "2024"),
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=5), max_size=30).map("".join)


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "138 - 0013 - 8000",
        "+86 138 0013 8000",
        "+8613800138000",
        "010-62345678",
        "0371–6552–1234",
        "１３８－００１３－８０００",
        "１３８００１３８０００",
        "138\u200b0013\u200b8000",
        "7654321",
        "6222 0202 0001 2345 678",
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "110105194912310021",
    ],
)
@pytest.mark.parametrize(
    "around", ["我的号码是{}，怎么报名", "call {} about fees", "{}", "电话{}谢谢"]
)
def test_a_number_that_leads_to_a_person_is_masked(number: str, around: str) -> None:
    """Phone, account and identity numbers go, with any usual separators, and nothing else does."""
    assert mask(around.format(number)) == around.format("[number]")


@pytest.mark.parametrize(
    "text",
    [
        "520201是什么专业",
        "520201和720201有什么区别",
        "2025年的补助",
        "2024-2025学年奖学金",
        "2024 - 2025",
        "2023 2024 2025 年的人数",
        "1+X证书",
        "3+2和3+4",
        "学费5000元",
        "what about 1+X and 3+2 in 2026?",
        "what is my name",
        "what is it called",
    ],
)
def test_codes_years_and_terms_stay(text: str) -> None:
    """A major's code, years, school years and names with digits are what a question is about."""
    assert mask(text) == text


def test_years_do_not_hide_a_number_behind_them() -> None:
    """A number that begins like a school year is masked all the same."""
    assert mask("2024-2025 13800138000") == "[number]"
    assert mask("20242025") == "[number]"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to li.ming+x@mail.example.org please", "write to [email] please"),
        ("学费多少请发到abc_1@qq.com谢谢", "学费多少请发到[email]谢谢"),
        ("abc＠qq.com", "[email]"),
        ("联系@zhang_san问学费", "联系[name]问学费"),
        ("ask @someone", "ask [name]"),
    ],
)
def test_addresses_and_handles_are_masked_without_the_words_around(text: str, masked: str) -> None:
    """An address ends where the Chinese begins: the question itself is not lost."""
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫张三，想学护理", "我叫[name]，想学护理"),
        ("我叫 欧阳娜娜，想学护理", "我叫 [name]，想学护理"),
        ("我的名字叫做张三。", "我的名字叫[name]。"),
        ("我的名字是：阿依古丽·买买提。", "我的名字是[name]。"),
        ("我女儿叫王小红，能读中专吗", "我女儿叫[name]，能读中专吗"),
        ("我叫Tom想学护理", "我叫[name]想学护理"),
        ("My name is Anna. How long is it?", "My name is [name]. How long is it?"),
        ("My name is Anna-Lena O'Neil, hi", "My name is [name], hi"),
        ("my name is José Núñez.", "my name is [name]."),
        ("my name is li wei and i want a grant", "my name is [name] and i want a grant"),
        ("my name is Anna how long is it", "my name is [name] how long is it"),
        ("my name's Bob", "my name's [name]"),
        ("my name is 张三", "my name is [name]"),
        ("I'm called Bob.", "I'm called [name]."),
        ("her name is Li Hua. Fees?", "her name is [name]. Fees?"),
        ("our daughter's name is Mei. Fees?", "our daughter's name is [name]. Fees?"),
        ("你好my name is Bob，学费多少", "你好my name is [name]，学费多少"),
    ],
)
def test_introduced_names_are_masked_and_the_question_is_kept(text: str, masked: str) -> None:
    """Who introduces themselves in either language is not remembered by name."""
    assert mask(text) == masked


@given(_TEXTS)
@example("我叫我叫我叫张三李四王五")
@example("a@b.cn@handle@c.de")
@example("@user1234567")
@example("2024-2025-13800138000")
def test_masking_any_text_leaves_no_long_number_and_nothing_to_mask(text: str) -> None:
    """It never raises, a second time changes nothing, and no run of seven digits is left."""
    masked = mask(text)
    assert mask(masked) == masked
    assert not re.search(r"\d{7}", masked)


@pytest.mark.parametrize(
    "piece", ["2019-", "2019", "2019 2020年", "111111a", "a.", "我叫", "call me "]
)
def test_a_long_text_is_masked_at_once(piece: str) -> None:
    """The time grows with the text, not with its square."""
    started = time.thread_time()
    mask(piece * 500_000)
    assert time.thread_time() - started < 5


def test_a_list_of_years_stays_and_an_endless_one_goes() -> None:
    """Nobody lists more than twenty years after the first."""
    years = [str(year) for year in range(2000, 2021)]
    assert mask(" ".join(years)) == " ".join(years)
    assert mask(" ".join([*years, "2021"])) == "[number]"
