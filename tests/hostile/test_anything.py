"""Whatever is sent: no fault, no broken markup, nothing of another person's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.botapi.updates import make_message, make_user
from tests.hostile.strategies import (
    ATTACKER,
    DATA,
    GROUP,
    TEXT,
    make_data,
    make_updates,
    mangle,
)

if TYPE_CHECKING:
    from tests.hostile.conftest import Scene

# The scene stays the same for all examples: what one leaves behind the next must bear.
# The same every time, for a find by chance would stop whatever is being worked on then. To look for
# more: `RANDOM_TESTS=1 python -m pytest tests/hostile`.
_hostile = settings(
    deadline=None,
    derandomize="RANDOM_TESTS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
_FIRST_RECORD = 1
_BYTES = 100_000


def _message(text: str, **more: Any) -> dict[str, Any]:
    return make_message(text, **({"from": make_user(ATTACKER)} | more))


@given(text=TEXT, command=st.sampled_from(["", "/major ", "/compare ", "/start ", "/help ", "/x "]))
@example(text="<b>" * (_BYTES // 3), command="")
@example(text="护" * (_BYTES // 3), command="/compare ")
@example(text="&" * _BYTES, command="/major ")
@example(text="👩‍🏫" * (_BYTES // 11), command="")
@example(text="\u202e" * (_BYTES // 3), command="")
@example(text="a " * (_BYTES // 2), command="")
@example(text="、" * (_BYTES // 3), command="/compare ")
@example(text="e_<b>", command="/start ")
@_hostile
async def test_no_text_does_harm(scene: Scene, text: str, command: str) -> None:
    calls = await scene.receive(message=_message(command + text))
    sent = [call for call in calls if call.method == "sendMessage"]
    assert len(sent) == 1 or (command == "/start " and len(sent) == 2)


@given(text=TEXT)
@_hostile
async def test_no_text_in_a_group_does_harm(scene: Scene, text: str) -> None:
    named = _message(f"@voced_test_bot {text}", chat_id=GROUP)
    await scene.receive(message=named)


@given(first=TEXT, second=TEXT)
@settings(_hostile, max_examples=40)
async def test_no_change_of_a_question_does_harm(scene: Scene, first: str, second: str) -> None:
    await scene.receive(message=_message(first, message_id=31))
    changed = _message(second, message_id=31, edit_date=1_760_000_009)
    await scene.receive(edited_message=changed)


def _change_of_member(**values: object) -> dict[str, Any]:
    """Return an update that tells of a change of the bot's own membership, but for `values`."""
    user = make_user(ATTACKER)
    member = {"status": "member", "user": user}
    change = {"chat": {"id": 7, "type": "private"}, "from": user, "date": 1_760_000_000}
    members = {"old_chat_member": member, "new_chat_member": member}
    return {"my_chat_member": {**change, **members, **values}}


@given(query=TEXT)
@_hostile
async def test_no_inline_query_does_harm(scene: Scene, query: str) -> None:
    asked = {"from": make_user(ATTACKER), "query": query, "offset": ""}
    (answered,) = await scene.receive(inline_query=asked)
    assert len(answered.values["results"]) <= 50


@given(data=make_data(_FIRST_RECORD) | DATA)
@settings(_hostile, max_examples=300)
async def test_no_button_does_harm(scene: Scene, data: str) -> None:
    """Forged, from another version, or with the number of another person's question."""
    assert scene.record == _FIRST_RECORD
    message = make_message("an offer", message_id=500)
    press = {"from": make_user(ATTACKER), "chat_instance": "1", "data": data, "message": message}
    calls = await scene.receive(callback_query=press)
    assert [call.method for call in calls].count("answerCallbackQuery") == 1


@given(update=make_updates(_FIRST_RECORD))
@settings(_hostile, max_examples=400)
async def test_no_update_does_harm(scene: Scene, update: dict[str, Any]) -> None:
    await scene.receive(**update)


@given(update=make_updates(_FIRST_RECORD))
@settings(_hostile, max_examples=100)
async def test_every_update_is_taken_over_and_none_is_a_dead_letter(
    scene: Scene, update: dict[str, Any]
) -> None:
    await scene.deliver(_with_ids(update))
    assert scene.list_letters() == []


@example(update=_change_of_member(chat={"id": [], "type": "private"}))
@example(update=_change_of_member(new_chat_member=None))
@given(update=make_updates(_FIRST_RECORD).flatmap(mangle))
@settings(_hostile, max_examples=200)
async def test_no_malformed_update_stops_the_others(scene: Scene, update: dict[str, Any]) -> None:
    """It becomes a dead letter at worst, and that holds nobody's name."""
    await scene.deliver(update)
    scene.talk.take_faults()
    await scene.deliver({"message": _message("how many majors are there")})
    assert scene.talk.api.calls[-1].shown.startswith("How many majors")


def _with_ids(update: dict[str, Any]) -> dict[str, Any]:
    """Return an update whose query has a number, as Telegram gives one to each."""
    queries = ("callback_query", "inline_query")
    return {
        kind: {"id": "77", **content} if kind in queries else content
        for kind, content in update.items()
    }
