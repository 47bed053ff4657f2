"""Takes apart a text that names several majors and says nothing else."""

import re

from intents.text.language import contains_han

_STRONG = re.compile(r"[,，、;；/|\n]+|\b(?:vs|versus)\b\.?", re.IGNORECASE)
# Names hold these words too, so that they only part what nothing else does.
_IN_CHINESE = re.compile(r"\s+|和|与|與|跟|及|还是|還是")
_IN_ENGLISH = re.compile(
    r"\s+(?:and|or|with)\s+|&|(?<=\b\d{6})\s+|(?<=\b\d{6}k)\s+|\s+(?=\d{6}k?\b)", re.IGNORECASE
)
_CONNECTIVES = frozenset({"and", "or", "with"})


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in `text`, each once, at what parts them: a comma before a mere space."""
    parts = _part(_STRONG, text)
    if len(parts) == 1:
        parts = _part(_IN_CHINESE if contains_han(text) else _IN_ENGLISH, text)
    return tuple(dict.fromkeys(parts))


def _part(separator: re.Pattern[str], text: str) -> list[str]:
    parts = [part.strip() for part in separator.split(text)]
    return [part for part in parts if part and part.lower() not in _CONNECTIVES]
