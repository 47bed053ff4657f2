"""How fast a bot may send; off until a test sets them."""

import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from tests.botapi.calls import Call
from tests.botapi.trouble.faults import Refusal, too_many

_SENDING = ("send", "edit", "copy", "forward")


@dataclass(slots=True)
class _Bucket:
    """Fills at `per_s`, holds at most `burst`."""

    per_s: float
    burst: float
    level: float
    filled_at: float

    def seconds_until_free(self, now: float) -> float:
        self.level = min(self.burst, self.level + (now - self.filled_at) * self.per_s)
        self.filled_at = now
        return 0 if self.level >= 1 else (1 - self.level) / self.per_s


@dataclass(slots=True)
class Limits:
    """Messages a second: in one chat, in one group, in all; `None` is no limit.

    Telegram's own are about 1 in a chat, 20 a minute in a group, and 30 in all.
    """

    per_chat: float | None = None
    per_group: float | None = None
    overall: float | None = None
    clock: Callable[[], float] = time.monotonic
    burst: float = 1
    _buckets: dict[Hashable, _Bucket] = field(default_factory=dict)

    def set_as_on_telegram(self) -> None:
        """Limit as Telegram says that it does."""
        self.per_chat, self.per_group, self.overall = 1, 20 / 60, 30

    def judge(self, call: Call) -> Refusal | None:
        """Return the refusal of a call that comes too soon; else it counts."""
        if not call.method.lower().startswith(_SENDING) or call.chat_id is None:
            return None
        chat_id, now = call.chat_id, self.clock()
        rates = {
            "all": self.overall,
            chat_id: self.per_chat if chat_id > 0 else self.per_group,
        }
        buckets = [self._bucket(key, rate, now) for key, rate in rates.items() if rate is not None]
        wait_s = max((one.seconds_until_free(now) for one in buckets), default=0)
        if wait_s > 0:
            return too_many(math.ceil(wait_s))
        for one in buckets:
            one.level -= 1
        return None

    def _bucket(self, key: Hashable, rate: float, now: float) -> _Bucket:
        burst = max(self.burst, rate) if key == "all" else self.burst
        bucket = self._buckets.setdefault(key, _Bucket(rate, burst, burst, now))
        bucket.per_s, bucket.burst = rate, burst
        return bucket
