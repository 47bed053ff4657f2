"""Faults that a test plants: the next calls that fit meet them, each as often as was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.calls import Call


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer of the server that is not OK; the call is not carried out."""

    code: int
    description: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is reset instead of an answer, the call carried out or not."""

    is_done: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer comes, ever; the call is carried out or not."""

    is_done: bool


@dataclass(frozen=True, slots=True)
class Garbled:
    """The answer is not what the Bot API answers, as from a proxy in trouble."""

    status: int
    body: bytes


Fault = Refusal | Cut | Silence | Garbled


@dataclass(slots=True)
class _Planted:
    method: str
    fault: Fault
    left: int
    chat_id: int | None

    def fits(self, call: Call) -> bool:
        return (
            self.left > 0
            and self.method in {"*", call.method}
            and self.chat_id in {None, call.chat_id}
        )


class Faults:
    """Faults in the order in which they were planted."""

    def __init__(self) -> None:
        self._planted: list[_Planted] = []

    def plant(
        self, method: str, fault: Fault, *, times: int = 1, chat_id: int | None = None
    ) -> None:
        """Let the next `times` calls of `method` (`*`: of any) in `chat_id` meet a fault."""
        self._planted.append(_Planted(method, fault, times, chat_id))

    def clear(self) -> None:
        """Heal everything that has not happened yet."""
        self._planted.clear()

    def meet(self, call: Call) -> Fault | None:
        """Return the fault that a call meets, which has then happened once more."""
        for planted in self._planted:
            if planted.fits(call):
                planted.left -= 1
                return planted.fault
        return None


def too_many(retry_after: int) -> Refusal:
    """Return the refusal of a call that comes too soon."""
    description = f"Too Many Requests: retry after {retry_after}"
    return Refusal(429, description, {"retry_after": retry_after})


UNAUTHORIZED = Refusal(401, "Unauthorized")
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
KICKED = Refusal(403, "Forbidden: bot was kicked from the supergroup chat")
OTHER_POLLER = Refusal(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
WEBHOOK_IS_SET = Refusal(
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)
WEBHOOK_TAKES_OVER = Refusal(409, "Conflict: terminated by setWebhook request")
QUERY_TOO_OLD = Refusal(
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)
NOT_MODIFIED = Refusal(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message",
)
CANT_PARSE = Refusal(400, "Bad Request: can't parse entities: unsupported start tag")


def migrated(new_chat_id: int) -> Refusal:
    """Return the refusal of a group that has become a supergroup."""
    return Refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )
