"""What happens while one update is handled, noted for whoever decides what becomes of it."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Attempt:
    """One try at an update: what a handler raised, and whether anything was sent before."""

    fault: Exception | None = None
    has_sent: bool = False


# Handlers and the postman run in the task of the attempt; nothing else knows both ends.
current_attempt: ContextVar[Attempt | None] = ContextVar("current_attempt", default=None)


def note_sent() -> None:
    """Note that something was sent that must not be sent twice without need."""
    attempt = current_attempt.get()
    if attempt is not None:
        attempt.has_sent = True
