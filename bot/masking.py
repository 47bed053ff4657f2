"""Takes out of a question what could tell who asked it, before anything is stored."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Phone, identity, account and chat numbers: seven digits or more, also in groups. A major's code
# has six, a year four.
_NUMBER = re.compile(r"\+?(?:\d[ \-\u2010-\u2015]?){6,}\d(?:[ \-]?[xXＸ](?![A-Za-z]))?")
_HANDLE = re.compile(r"(?<![\w@])@\w{4,}")
_NAME_ZH = re.compile(
    r"(我叫|我的名字叫|我的名字是|我名叫|孩子叫|女儿叫|儿子叫)\s*[\u3400-\u9fff·]{1,4}"
)
_NAME_EN = re.compile(
    r"\b((?:my|his|her|(?:our|my) (?:son|daughter|child)(?:'s)?) name(?: is|'s)|i am called|"
    r"i'm called|call me)\s+(?!the\b|a\b|an\b|my\b|what\b|how\b|it\b|not\b)"
    r"[A-Za-z][\w'-]*(?:\s+[A-Z][\w'-]*)*",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """Return `text` with e-mail addresses, long numbers, handles and introduced names masked."""
    text = _EMAIL.sub("[email]", text)
    text = _NUMBER.sub("[number]", text)
    text = _HANDLE.sub("[name]", text)
    text = _NAME_ZH.sub(r"\1[name]", text)
    return _NAME_EN.sub(r"\1 [name]", text)
