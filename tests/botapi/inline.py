"""What Telegram refuses in the answer to an inline query."""

import re
from collections.abc import Mapping
from typing import Any

from tests.botapi.html import BadHtmlError, length_on_telegram, read_html

_MOST_CHARACTERS = 4096
_MOST_INLINE_RESULTS = 50
_MOST_ID_BYTES = 64


def find_fault_of_inline(values: Mapping[str, Any]) -> str | None:
    """Return what Telegram would refuse in the answer to an inline query, else `None`."""
    results = values["results"]
    ids = [one["id"] for one in results]
    button = values.get("button", {"text": "-", "start_parameter": "-"})
    rules = {
        "query id is invalid": values["inline_query_id"],
        "RESULTS_TOO_MUCH": len(results) <= _MOST_INLINE_RESULTS,
        "RESULT_ID_DUPLICATE": len(set(ids)) == len(ids),
        "RESULT_ID_INVALID": all(1 <= len(one.encode()) <= _MOST_ID_BYTES for one in ids),
        "CACHE_TIME_INVALID": int(values.get("cache_time", 300)) >= 0,
        "START_PARAM_INVALID": re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]),
        "BUTTON_TEXT_EMPTY": button["text"].strip(),
    }
    broken = [rule for rule, is_kept in rules.items() if not is_kept]
    return next(iter([*broken, *filter(None, map(_fault_of_article, results))]), None)


def _fault_of_article(article: Mapping[str, Any]) -> str | None:
    if article.keys() - {"type", "id", "title", "description", "input_message_content"}:
        return f"the bot never writes {sorted(article)}"
    if article["type"] != "article" or not article["title"].strip():
        return "ARTICLE_TITLE_EMPTY"
    try:
        shown = read_html(article["input_message_content"]["message_text"]).text
    except BadHtmlError as error:
        return f"can't parse entities: {error}"
    if not shown.strip() or length_on_telegram(shown) > _MOST_CHARACTERS:
        return "MESSAGE_TOO_LONG"
    return None
