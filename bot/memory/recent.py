"""Keeps what was answered lately: much of what people ask was asked a moment ago."""

from collections import OrderedDict
from datetime import date

from bot.answering import Answerer
from bot.memory.masking import mask
from bot.reply import Question, Reply

_MOST_KEPT = 1000
# Longer messages are told in somebody's own words, and hardly come again.
_LONGEST_KEPT = 100
_KEPT = ("answered", "offered")

_Asked = tuple[object, ...]


class RecentReplies:
    """Answers as `answerer` does, at once where the same was asked lately.

    The same question and the same knowledge always give the same answer, so nobody can tell the
    difference. Nothing is kept of a message with something personal in it.
    """

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._kept: OrderedDict[_Asked, Reply] = OrderedDict()

    def answer(self, question: Question, *, today: date) -> Reply:
        """Return the reply to `question`, not yet recorded."""
        asked = (
            question.text,
            question.wants,
            question.language,
            question.hint,
            today,
            self._answerer.variant,
        )
        reply = self._kept.get(asked)
        if reply is not None:
            self._kept.move_to_end(asked)
            return reply
        reply = self._answerer.answer(question, today=today)
        if reply.outcome in _KEPT and _is_impersonal(question.text):
            self._kept[asked] = reply
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return reply


def _is_impersonal(text: str) -> bool:
    return len(text) <= _LONGEST_KEPT and mask(text) == text
