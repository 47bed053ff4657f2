"""Who lets the bot into a group is told when it speaks there, and what it gets to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.botapi.account.profile import ME
from tests.botapi.updates import make_membership

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.bots.conversation import Conversation

    Only = Callable[..., Call]
    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_GROUP = -7002
_CHANNEL = {"id": -9, "type": "channel", "title": "News"}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (make_membership("left", "member", chat_id=_GROUP), "private"),
        (make_membership("kicked", "member", chat_id=_GROUP), "private"),
        (make_membership("left", "administrator", chat_id=_GROUP), "admin"),
    ],
    ids=["added", "let in again", "added as administrator"],
)
async def test_it_says_in_a_new_group_when_it_speaks_and_what_it_gets_to_read(
    conversation: Conversation, brain: Brain, only: Only, change: dict[str, Any], key: str
) -> None:
    sent = only(await conversation.receive(my_chat_member=change))
    hello = brain.wording("telegram.group_hello", "en", name="voced_test_bot")
    assert sent.text == f"{hello}\n\n{brain.wording(f'telegram.group_{key}', 'en')}"


async def test_without_privacy_mode_it_says_how_to_switch_it_on(
    open_conversation: OpenConversation, brain: Brain, only: Only, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ME, "can_read_all_group_messages", True)
    async with open_conversation(brain) as conversation:
        change = make_membership("left", "member", chat_id=_GROUP)
        sent = only(await conversation.receive(my_chat_member=change))
    assert sent.text.endswith(brain.wording("telegram.group_open", "en"))


@pytest.mark.parametrize(
    "change",
    [
        make_membership("member", "left", chat_id=_GROUP),
        make_membership("left", "kicked", chat_id=_GROUP),
        make_membership("member", "kicked"),
        make_membership("kicked", "member"),
        make_membership("left", "administrator", chat=_CHANNEL),
    ],
    ids=["put out", "banned", "blocked", "unblocked", "a channel"],
)
async def test_any_other_change_is_heard_in_silence(
    conversation: Conversation, change: dict[str, Any]
) -> None:
    assert await conversation.receive(my_chat_member=change) == []
