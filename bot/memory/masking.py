"""Takes out of a question what could tell who asked it, before anything is stored."""

import re

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
# Chinese has no spaces: an address or a handle ends where the Chinese begins. Its parts are bounded
# so that a long message without any address takes no longer to read.
_WORD = rf"[^\W{_HAN}]"
_EMAIL = re.compile(
    rf"(?:{_WORD}|[.+-]){{1,64}}+[@＠](?:{_WORD}|-){{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})+"
)
_HANDLE = re.compile(r"[@＠][A-Za-z0-9_]{4,}")

# Phone, identity, account and chat numbers: seven digits or more, also in groups. A major's code
# has six, a year four, and a school year is two years. A list of years ends after twenty, so that
# a long one takes no longer to read.
_GAP = r"[ .\-\xa0\u3000\u200b-\u200d\u2060\ufeff\uff0d\u2010-\u2015]"
_YEAR = r"(?:19|20)\d\d"
_NUMBER = re.compile(
    rf"(?<!\d)(?!{_YEAR}(?:{_GAP}{{1,3}}{_YEAR}){{1,20}}(?!{_GAP}{{0,3}}\d))"
    rf"\+?(?:\d{_GAP}{{0,3}}){{6,}}\d(?:[ \-]?[xXＸ](?![A-Za-z]))?"
)

_INTRODUCED = (
    r"我的名字叫|我的名字是|我名叫|我叫|孩子叫|女儿叫|儿子叫|"
    r"(?<![A-Za-z])(?:(?:my|his|her|(?:our|my) (?:son|daughter|child)(?:['’]s)?) name(?: is|['’]s)|"
    r"(?:i am|i['’]m) called|call me)(?![A-Za-z])"
)
_NOT_A_NAME = r"(?!(?:the|an?|my|what|how|it|not)\b)"
# What follows a name that nobody wrote in capitals: `my name is li wei and i want to know`.
_NOT_A_SURNAME = (
    r"(?!(?:and|but|so|i|i['’]m|im|from|how|what|when|where|which|who|why|can|could|do|does|is|are|"
    r"am|will|would|should|please|the|an?|my|in|at|to|for|of|on|with|hello|hi|thanks)\b)"
)
_CHINESE = rf"(?:[{_HAN}]{{1,8}}(?:[·•][{_HAN}]{{1,8}})+|[{_HAN}]{{1,4}})"
_LATIN = r"[A-Za-z\xc0-\u024f]['’A-Za-z\xc0-\u024f-]*"
_NAME = re.compile(
    rf"({_INTRODUCED})(\s*)(?:做|作)?[:：]?\s*"
    rf"(?:{_CHINESE}|{_NOT_A_NAME}{_LATIN}(?:\s+{_NOT_A_SURNAME}{_LATIN}){{0,2}})",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """Return `text` with e-mail addresses, long numbers, handles and introduced names masked."""
    # Looking for addresses is what takes long.
    if "@" in text or "＠" in text:
        text = _EMAIL.sub("[email]", text)
    text = mask_numbers(text)
    return _NAME.sub(r"\1\2[name]", _HANDLE.sub("[name]", text))


def mask_numbers(text: str) -> str:
    """Return `text` with long numbers masked."""
    return _NUMBER.sub("[number]", text)
