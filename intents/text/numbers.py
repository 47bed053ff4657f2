"""Reads numbers as people write them: digits, Chinese numerals, English words."""

import re

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "〇零一二两三四五六七八九十百千"
# What may stand before a numeral or behind it to make it a number rather than part of a word.
_AFTER_ORDINAL = re.compile(f"第([{_NUMERAL}]+)")
_BEFORE_MEASURE = re.compile(
    f"(?<![{_NUMERAL}几数第])([{_NUMERAL}]+)(?=[年个所级期集岁月日万亿类种次批届条章项门名家]|周岁|学期)"
)
# Two or three, or so: 两三年, 三五年. It is no number that something could agree with.
_ABOUT = re.compile("两三|一两|三五|三四|四五|五六|六七|七八|八九")
_YEAR = re.compile(r"([一二][〇零一二三四五六七八九]{3})(?=年)")
_THREE_PLUS_TWO = re.compile(r"([一二三四五])[加+]([一二三四五x])")
# A year of this century by its last digits, where it counts nothing: 25年的职教周, not 工作25年.
_SHORT_YEAR = re.compile(r"(?<![\d作满第近快了过读学干业])2\d(?=年(?![制前后内以期龄了]))")
# How old somebody is, in which grade, what they scored and how long ago something was tells of the
# person, and a month of when they ask, not of what is asked; an amount of money is what they pay.
_OF_A_PERSON = re.compile(
    r"\d+(?=岁|周岁|分|年级|月)|(?<=i am )\d+|(?<=age )\d+|(?<=aged )\d+|(?<=out of )\w+"
    r"|\d+(?= years old)|第1学历|第1天"
    r"|\d+(?= points\b)|\d+(?= ?(?:yuan|rmb|kuai|元|块))|(?<=grade )\w+|\w+(?=th grade| grader)"
    r"|(?<=我)\d+(?=了)|(?<=我今年)\d+|(?<=[干做开]了)\d+(?=年)"
    r"|\byear (?:[1-5]|one|two|three|four|five)\b|\beli5\b"
    r"|\d+(?=年前|个月前|天前|年多?了|年(?:工作)?经验)"
    r"|\b\w+(?= (?:years?|months?|weeks?|days?) (?:ago|back)\b)"
    r"|\b\w+(?= years?(?: of)? experience\b)"
    r"|(?:19|20)\d\d(?=年?(?:(?:大专|中专|高职|中职|本科|高中|初中|技校)毕业(?!生)|毕业的))"
    r"|\b(?:graduat\w+|finish\w*)(?: \w+){0,3} in (?:19|20)\d\d\b"
)
# Whether something is more or less than a number may be asked of any number.
_GUESSED = re.compile(
    r"(?:接近|将近|突破|超过|超|过没过|有没有|不到|不足|上了|快)\d+"
    r"|\b(?:over|under|below|above|past|passed|exceed(?:s|ed)?|close to|nearly|almost|more than"
    r"|less than|fewer than|topped) \w+"
)
_NUMBER = re.compile(r"(?<![\d.+])\d+(?:\.\d+)?(?![\d+])")
_TERM = re.compile(r"\d+(?:\+[\dx])+")
_CARDINALS = "two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth".split()
_WORDS = {word: str(number) for number, word in enumerate(_CARDINALS, start=2)} | {
    word: str(number) for number, word in enumerate(_ORDINALS, start=3)
}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b")
_ANY = re.compile(rf"\d|{_WORD.pattern}")


def chinese_numeral(text: str) -> int:
    """Return the value of a Chinese numeral below ten thousand, such as 二十三 or 二〇二五."""
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, pending = 0, 0
    for c in text:
        if c in _UNITS:
            total += (pending or 1) * _UNITS[c]
            pending = 0
        else:
            pending = _DIGITS[c]
    return total + pending


def write_in_digits(text: str) -> str:
    """Return `text` with Chinese numerals in digits where they count or order something.

    第三期 becomes 第3期 and 五年 becomes 5年; 一个 and numerals inside words stay as they are.
    """

    def replace(match: re.Match[str]) -> str:
        return str(chinese_numeral(match[1]))

    text = _YEAR.sub(replace, text)
    text = _AFTER_ORDINAL.sub(lambda match: f"第{chinese_numeral(match[1])}", text)
    text = _BEFORE_MEASURE.sub(
        lambda match: match[0] if _is_left_as_it_is(match[1]) else replace(match), text
    )
    return _THREE_PLUS_TWO.sub(
        lambda match: "+".join(str(_DIGITS.get(part, part)) for part in match.groups()), text
    )


def _is_left_as_it_is(numeral: str) -> bool:
    return numeral in {"一", "千", "百", "十"} or _ABOUT.fullmatch(numeral) is not None


def find_numbers(text: str) -> frozenset[str]:
    """Return the numbers in a normalised text, as digits; 1+x and its like count as one."""
    if _ANY.search(text) is None:
        return frozenset()
    text = _OF_A_PERSON.sub(" ", _SHORT_YEAR.sub(r"20\g<0>", text))
    text = _GUESSED.sub(" ", text)
    spelled = {_WORDS[word] for word in _WORD.findall(text)}
    terms = set(_TERM.findall(text))
    return frozenset({*_NUMBER.findall(_TERM.sub(" ", text)), *spelled, *terms})
