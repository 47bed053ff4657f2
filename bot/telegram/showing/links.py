"""Links that open the bot at an answer, a major or a question: `t.me/<bot>?start=<parameter>`.

| parameter | opens |
|---|---|
| `e_<entry>` | an answer |
| `m_<codes>` | six digits a major, several to compare, four a class, two a category, `all` all |
| `w_<record>` | the private chat, to be told when that question has an answer |
| `g_<gap>` | what many have missed, for editors |
"""

import re
from functools import lru_cache
from urllib.parse import quote

from bot.majors.lists import BROWSE

_ENTRY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_PARAMETER = 64
# The same few hundred stand under nearly all answers.
_MOST_KEPT = 1000
_KINDS = {6: "major", 4: "class", 2: "category"}
_MAJORS = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}(-[0-9]{6}){0,2}|all")
_GAP = re.compile(r"g[0-9a-f]{8}")
_RECORD = re.compile(r"[1-9][0-9]{0,17}")


def start_parameter_of(entry: str) -> str | None:
    """Return the parameter that opens an entry, `None` where there is none for it."""
    entry = entry.partition("/")[0]
    kind, _, codes = entry.partition(":")
    if entry == BROWSE:
        return "m_all"
    if kind in {"major", "class", "category", "compare"} and codes:
        parameter = f"m_{codes.replace(',', '-')}"
        return parameter if _MAJORS.fullmatch(parameter[2:]) else None
    parameter = f"e_{entry}"
    fits = _ENTRY.fullmatch(entry) and len(parameter) <= _MOST_PARAMETER
    return parameter if fits else None


def entry_of_start(parameter: str) -> str | None:
    """Return the entry that a parameter opens, `None` for any other parameter."""
    kind, _, rest = parameter.partition("_")
    if kind == "e" and _ENTRY.fullmatch(rest):
        return rest
    if kind != "m" or not _MAJORS.fullmatch(rest):
        return None
    if rest == "all":
        return BROWSE
    if "-" in rest:
        return f"compare:{rest.replace('-', ',')}"
    return f"{_KINDS[len(rest)]}:{rest}"


def record_of_start(parameter: str) -> int | None:
    """Return the question whose answer somebody wants to be told, `None` otherwise."""
    kind, _, rest = parameter.partition("_")
    return int(rest) if kind == "w" and _RECORD.fullmatch(rest) else None


def gap_of_start(parameter: str) -> str | None:
    """Return the gap that a parameter opens for an editor, `None` otherwise."""
    kind, _, rest = parameter.partition("_")
    return rest if kind == "g" and _GAP.fullmatch(rest) else None


def link_to(bot_name: str, parameter: str) -> str:
    """Return the address that opens the bot with a parameter."""
    return f"https://t.me/{bot_name}?start={parameter}"


@lru_cache(maxsize=_MOST_KEPT)
def link_to_share(bot_name: str, parameter: str, title: str) -> str:
    """Return the address that lets somebody send a link to the bot to a chat of theirs."""
    link = quote(link_to(bot_name, parameter), safe="")
    return f"https://t.me/share/url?url={link}&text={quote(title, safe='')}"
