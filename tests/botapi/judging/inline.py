"""What Telegram refuses in the answer to an inline query."""

import re
from collections.abc import Mapping
from typing import Any

from tests.botapi.judging.text import BadHtmlError, is_blank, length_on_telegram, read_text

_MOST_CHARACTERS = 4096
_MOST_RESULTS = 50
_MOST_ID_BYTES = 64
_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def find_fault_of_inline(values: Mapping[str, Any]) -> str | None:
    """Return why Telegram refuses the answer, `None` when it does not."""
    results = values["results"]
    ids = [one["id"] for one in results]
    button = values.get("button", {"text": "-", "start_parameter": "-"})
    rules = {
        "RESULTS_TOO_MUCH": len(results) <= _MOST_RESULTS,
        "RESULT_ID_DUPLICATE": len(set(ids)) == len(ids),
        "RESULT_ID_INVALID": all(1 <= len(one.encode()) <= _MOST_ID_BYTES for one in ids),
        "CACHE_TIME_INVALID": int(values.get("cache_time", 300)) >= 0,
        "START_PARAM_INVALID": _PARAMETER.fullmatch(button.get("start_parameter", "-")),
        "BUTTON_TEXT_EMPTY": button["text"].strip(),
    }
    broken = [rule for rule, is_kept in rules.items() if not is_kept]
    return next(iter([*broken, *filter(None, map(_find_fault_of_article, results))]), None)


def _find_fault_of_article(article: Mapping[str, Any]) -> str | None:
    if article["type"] != "article" or not article["title"].strip():
        return "ARTICLE_TITLE_EMPTY"
    content = article["input_message_content"]
    try:
        shown = read_text(content["message_text"], content.get("parse_mode")).text
    except BadHtmlError as error:
        return str(error)
    if is_blank(shown) or length_on_telegram(shown) > _MOST_CHARACTERS:
        return "MESSAGE_TOO_LONG"
    return None
