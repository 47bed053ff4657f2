"""Reads what the bot has called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.botapi.calls import Call


def only(calls: list[Call], method: str = "sendMessage") -> Call:
    """Return the one call that there is, or else fail."""
    assert [call.method for call in calls] == [method]
    return calls[0]
