"""The Bot API server in memory: it judges every call, and carries it out or makes trouble."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.botapi.account.chats import Shown
from tests.botapi.account.messages import RefusedError
from tests.botapi.account.methods import Account
from tests.botapi.account.profile import ME
from tests.botapi.calls import Call
from tests.botapi.judging.schema import (
    decode_form,
    find_faults_of_call,
    find_faults_of_result,
    find_faults_of_update,
    is_method,
)
from tests.botapi.trouble.faults import (
    BLOCKED,
    UNAUTHORIZED,
    WEBHOOK_IS_SET,
    Cut,
    Fault,
    Faults,
    Garbled,
    Refusal,
    Silence,
    migrated,
)
from tests.botapi.trouble.limits import Limits

TOKEN = "4242:TheTokenOfTheTests"  # noqa: S105 - made up
BOT_NAME = str(ME["username"])
_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call, what came of it (a status, or the trouble that it met), and when, in seconds.

    `words` is what the server said of a refusal.
    """

    call: Call
    outcome: int | Cut | Silence
    at_s: float
    words: str = ""


class BotApi:
    """Answers like Telegram's server; the docstring of the package tells all that it can.

    `calls` holds what was asked of it, without getUpdates; `violations` what no bot may ever do.
    """

    def __init__(self, *, is_strict: bool = True) -> None:
        self.calls: list[Call] = []
        self.exchanges: list[Exchange] = []
        self.violations: list[str] = []
        self.account = Account()
        self.faults = Faults()
        self.limits = Limits()
        self.is_strict = is_strict
        self._closed_chats: dict[int, Refusal] = {}
        self._is_revoked = False
        self._called = asyncio.Condition()

    # -- trouble

    def refuse(
        self,
        method: str,
        code: int,
        description: str,
        *,
        times: int = 1,
        chat_id: int | None = None,
        **parameters: Any,
    ) -> None:
        """Refuse the next calls of `method`."""
        refusal = Refusal(code, description, parameters)
        self.faults.plant(method, refusal, times=times, chat_id=chat_id)

    def close_chat(self, chat_id: int, refusal: Refusal = BLOCKED) -> None:
        """Let nothing into a chat any more, as when the bot was blocked or kicked."""
        self._closed_chats[chat_id] = refusal

    def open_chat(self, chat_id: int) -> None:
        """Let messages into a chat again."""
        self._closed_chats.pop(chat_id, None)

    def migrate_chat(self, old: int, new: int) -> None:
        """Make a supergroup of a group, with another number."""
        self._closed_chats[old] = migrated(new)

    def revoke_token(self) -> None:
        """Know the token no more."""
        self._is_revoked = True

    # -- updates

    async def queue_update(
        self, update: Mapping[str, Any], *, even_if_unwanted: bool = False
    ) -> None:
        """Let the bot find an update, by polling or by webhook.

        One of a kind that the bot did not ask for is dropped unless `even_if_unwanted`.
        """
        self.expect_update(update)
        await self.account.pending.put(update, even_if_unwanted=even_if_unwanted)

    async def queue_body(self, body: bytes, update_id: int) -> None:
        """Let the bot find an update that is nothing that Telegram would send."""
        await self.account.pending.put_body(body, update_id)

    def expect_update(self, update: Mapping[str, Any]) -> None:
        """Judge an update that reaches the bot, and show in the chats what it tells of them."""
        if self.is_strict:
            self.violations += find_faults_of_update(update)
        self.account.learn_from(update)

    # -- what has come of it

    @property
    def offsets(self) -> list[int]:
        """Return the offsets of all getUpdates."""
        return self.account.pending.offsets

    @property
    def confirmed(self) -> list[int]:
        """Return the ids of the updates that the bot has confirmed, in that order."""
        return self.account.pending.confirmed

    def screen(self, chat_id: int) -> list[Shown]:
        """Return what stands in a chat, the oldest first."""
        return [shown for _, shown in sorted(self.account.chats[chat_id].messages.items())]

    def take_violations(self) -> list[str]:
        """Return what no bot may do, and hold it for expected."""
        taken, self.violations = self.violations, []
        return taken

    async def wait_for(self, method: str, *, number: int = 1, chat_id: int | None = None) -> Call:
        """Return the call of `method` with that number, counted from 1, once it is there."""

        def found() -> list[Call]:
            return [
                call
                for call in self.calls
                if call.method == method and chat_id in {None, call.chat_id}
            ]

        async with asyncio.timeout(_PATIENCE_S), self._called:
            await self._called.wait_for(lambda: len(found()) >= number)
        return found()[number - 1]

    async def wait_until_answered(self, method: str, status: int, *, number: int = 1) -> None:
        """Return when calls of `method` have been answered with that status so often."""

        def count() -> int:
            return sum(
                one.call.method == method and one.outcome == status for one in self.exchanges
            )

        async with asyncio.timeout(_PATIENCE_S), self._called:
            await self._called.wait_for(lambda: count() >= number)

    async def wait_until_confirmed(self, *update_ids: int) -> None:
        """Return when the bot has confirmed all these updates."""
        changed = self.account.pending.changed
        async with asyncio.timeout(_PATIENCE_S), changed:
            await changed.wait_for(lambda: set(update_ids) <= set(self.confirmed))

    async def wait_until_tried(self, times: int) -> None:
        """Return when updates have been brought to the webhook so often, taken or not."""
        changed = self.account.pending.changed
        async with asyncio.timeout(_PATIENCE_S), changed:
            await changed.wait_for(lambda: len(self.account.webhook.tries) >= times)

    async def close(self) -> None:
        """Bring no more updates, and let nobody wait for one."""
        await self.account.webhook.close()
        self.account.pending.end_poll(RefusedError(Refusal(502, "Bad Gateway")))

    # -- answering

    async def answer(
        self, token: str, method: str, form: Mapping[str, Any]
    ) -> Answer | Cut | Silence:
        """Return what comes of one request."""
        call = Call(method, decode_form(method, form))
        try:
            outcome = await self._come_of(token, call)
        except Exception as error:
            # The library takes it for a fault of the network; it is one of these tests.
            self.violations.append(f"the server of the tests failed: {call.method}: {error!r}")
            raise
        status = outcome.status if isinstance(outcome, Answer) else outcome
        async with self._called:
            self.exchanges.append(Exchange(call, status, time.monotonic(), _words_of(outcome)))
            if method != "getUpdates":
                self.calls.append(call)
            self._called.notify_all()
        return outcome

    async def _come_of(self, token: str, call: Call) -> Answer | Cut | Silence:
        if token != TOKEN or self._is_revoked:
            return _refuse(UNAUTHORIZED)
        if broken := self._judge(call):
            self.violations += broken
            return _refuse(Refusal(400, f"Bad Request: {'; '.join(broken)}"))
        fault = self._meet_trouble(call)
        match fault:
            case Refusal():
                return _refuse(fault)
            case Garbled():
                return Answer(fault.status, fault.body)
            case Cut() | Silence():
                if fault.is_done:
                    await self._carry_out(call)
                return fault
        return await self._carry_out(call)

    def _judge(self, call: Call) -> list[str]:
        if is_method(call.method) and not self.account.knows(call.method):
            return [f"{call.method}: not known to the server of the tests"]
        return find_faults_of_call(call.method, call.values) if self.is_strict else []

    def _meet_trouble(self, call: Call) -> Fault | None:
        if fault := self.faults.meet(call):
            return fault
        if call.chat_id in self._closed_chats:
            return self._closed_chats[call.chat_id]
        return self.limits.judge(call)

    async def _carry_out(self, call: Call) -> Answer:
        try:
            if call.method.lower() == "getupdates":
                return await self._get_updates(call)
            result = await self.account.do(call)
        except RefusedError as error:
            if error.is_violation:
                self.violations.append(f"{call.method}: {error}")
            return _refuse(error.refusal)
        if self.is_strict:
            self.violations += find_faults_of_result(call.method, result)
        return Answer(200, json.dumps({"ok": True, "result": result}).encode())

    async def _get_updates(self, call: Call) -> Answer:
        if self.account.webhook.url:
            raise RefusedError(WEBHOOK_IS_SET)
        updates = await self.account.pending.get(call.values)
        bodies = b",".join(one.body for one in updates)
        return Answer(200, b'{"ok":true,"result":[' + bodies + b"]}")


def _refuse(refusal: Refusal) -> Answer:
    more = {"parameters": dict(refusal.parameters)} if refusal.parameters else {}
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description, **more}
    return Answer(refusal.code, json.dumps(body).encode())


def _words_of(outcome: Answer | Cut | Silence) -> str:
    """Return why a call was refused, in the server's words, empty where it was not."""
    if not isinstance(outcome, Answer) or outcome.status < 400:
        return ""
    try:
        return str(json.loads(outcome.body)["description"])
    except (ValueError, KeyError, TypeError):
        return ""
