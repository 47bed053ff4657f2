"""Answers to pressed buttons and to inline queries: each is taken once, and not too late."""

from collections.abc import Mapping
from typing import Any

from tests.botapi.account.messages import RefusedError
from tests.botapi.calls import Call
from tests.botapi.judging.inline import find_fault_of_inline
from tests.botapi.trouble.faults import QUERY_TOO_OLD

_MOST_CHARACTERS = 200


class Queries:
    """The queries that wait for an answer of the bot."""

    def __init__(self) -> None:
        self._open: set[str] = set()

    def learn_from(self, update: Mapping[str, Any]) -> None:
        """Note the query of an update."""
        for kind in ("callback_query", "inline_query"):
            if kind in update:
                self._open.add(update[kind]["id"])

    def answer_press(self, call: Call) -> bool:
        """End the waiting sign on a button."""
        self._close(call.values["callback_query_id"])
        if len(call.values.get("text", "")) > _MOST_CHARACTERS:
            raise RefusedError("MESSAGE_TOO_LONG")
        return True

    def answer_inline(self, call: Call) -> bool:
        """Show results to somebody who types."""
        self._close(call.values["inline_query_id"])
        if fault := find_fault_of_inline(call.values):
            raise RefusedError(fault)
        return True

    def _close(self, query_id: str) -> None:
        if query_id not in self._open:
            raise RefusedError(QUERY_TOO_OLD)
        self._open.remove(query_id)
