"""Finds texts that open with a bare yes or no, which misleads whoever asked the other way round."""

import re

from knowledge.models import LANGUAGES, Language

_YES_OR_NO: dict[Language, str] = {
    "zh": (
        "是 是的 不是 不是的 对 对的 不对 能 不能 可以 不可以 行 不行 会 不会 要 不要 用 不用"
        " 需要 不需要 有 没有 有用 没用 允许 不允许 一样 不一样"
    ),
    "en": "yes no",
}
_OPENINGS = {
    language: re.compile(
        rf"\s*((?:{'|'.join(_YES_OR_NO[language].split())})[,.;:!—，。；：！、])", re.IGNORECASE
    )
    for language in LANGUAGES
}


def bare_opening(text: str, language: Language) -> str | None:
    """Return the bare yes or no that opens `text`, its punctuation included, or `None`."""
    match = _OPENINGS[language].match(text)
    return match[1] if match else None
