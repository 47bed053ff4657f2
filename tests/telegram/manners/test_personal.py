"""What is held about a person is shown whole and deleted at once."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest

from storage import StorageError
from tests.botapi.updates import make_chat

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi
    from tests.bots.conversation import Conversation
    from tests.telegram.manners.conftest import ReadTable

    Only = Callable[..., Call]

_QUESTION = "quantum gravity of neutron stars"
_OTHER = {"from": {"id": 8, "is_bot": False, "first_name": "B"}}


async def _live(conversation: Conversation, brain: Brain) -> None:
    """Let everything be remembered that can be, in English."""
    await conversation.say("/language")
    await conversation.tap("English")
    await conversation.say("How many majors are there?", message_id=20)
    await conversation.tap("👍")
    await conversation.say(_QUESTION, message_id=22)
    await conversation.tap(brain.wording("wait.tell_me", "en"))


def _file_of(call: Call) -> dict[str, Any]:
    uploaded = call.values["document"]
    assert uploaded.filename == "voced-mydata.json"
    read = json.loads(uploaded.content)
    assert isinstance(read, dict)
    return read


def _held_in(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what is in the file that waits in a row of the outbox."""
    read = json.loads(b64decode(payload["attachment"]["content"]))
    assert isinstance(read, dict)
    return read


async def test_everything_held_comes_as_a_file(
    conversation: Conversation, brain: Brain, only: Only
) -> None:
    await _live(conversation, brain)
    await conversation.say("红烧肉怎么做", **_OTHER)
    sent = only(await conversation.say("/mydata"), "sendDocument")
    assert sent.text == brain.wording("telegram.mydata", "en")
    held = _file_of(sent)
    assert held["language"] == "en"
    assert [one["text"] for one in held["questions"]] == ["How many majors are there?", _QUESTION]
    assert [one["verdict"] for one in held["feedback"]] == ["up"]
    assert [one["chat_id"] for one in held["waits"]] == [7001]
    assert [one["question"] for one in held["messages"]] == [20, 22]
    assert (held["unsent"], held["unhandled"], held["blocked_since"]) == ([], [], None)
    assert held["could_not_be_read"] == []
    assert "红烧肉" not in json.dumps(held, ensure_ascii=False)
    assert "Secretname" not in json.dumps(held)


async def test_who_is_not_known_gets_an_empty_file(conversation: Conversation, only: Only) -> None:
    held = _file_of(only(await conversation.say("/mydata"), "sendDocument"))
    assert not any(held.values())


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_forgetting_deletes_at_once_and_says_what(
    conversation: Conversation, brain: Brain, only: Only, read_table: ReadTable, language: Any
) -> None:
    """Counts stay; what is another's stays; and in the file no byte of it is left."""
    await _live(conversation, brain)
    await conversation.say("红烧肉怎么做", **_OTHER)
    await conversation.say("/language")
    await conversation.tap({"zh": "简体中文", "en": "English"}[language])
    sent = only(await conversation.say("/forget"))
    say = brain.wording
    lines = [
        say(f"forgotten.{what}", language, count=count)
        for what, count in (
            ("questions", 2), ("feedback", 1), ("waits", 1), ("messages", 2), ("choices", 1),
        )
    ]  # fmt: skip
    assert sent.text == say("telegram.forgotten", language, list="\n".join(lines))
    mine_1, mine_2, theirs = conversation.stored()
    assert [one["outcome"] for one in (mine_1, mine_2)] == ["answered", "missed"]
    assert {(one["text"], one["asker"], one["gap_id"]) for one in (mine_1, mine_2)} == {
        ("", None, None)
    }
    assert theirs["text"] == "红烧肉怎么做"
    assert [row["asker"] for row in read_table("feedback")] == [None]
    assert read_table("waits") == read_table("people") == []
    assert len(read_table("messages")) == 1
    for file in conversation.database.parent.glob("voced.sqlite*"):
        assert _QUESTION.encode() not in file.read_bytes()
    held = _file_of(only(await conversation.say("/mydata"), "sendDocument"))
    assert not any(held.values())


async def test_there_may_be_nothing_to_forget(
    conversation: Conversation, brain: Brain, only: Only
) -> None:
    for _ in range(2):
        sent = only(await conversation.say("/forget"))
        assert sent.text == brain.wording("telegram.nothing_to_forget", "en")


async def test_a_reply_that_waits_to_be_sent_is_shown_and_forgotten(
    conversation: Conversation, bot_api: BotApi, only: Only, read_table: ReadTable
) -> None:
    """The file waits behind it; a later one names it and does not hold it, or they would swell."""
    bot_api.refuse("sendMessage", 429, "Too Many Requests: retry after 9", retry_after=9)
    await conversation.say("How many majors are there?")
    for _ in range(2):
        assert await conversation.say("/mydata") == []
    answer, first, second = [json.loads(row["payload"]) for row in read_table("outbox")]
    assert "How many majors" in answer["text"]
    assert [one["payload"]["text"] for one in _held_in(first)["unsent"]] == [answer["text"]]
    shown = [one["payload"]["attachment"] for one in _held_in(second)["unsent"]]
    assert shown == [None, {"kind": "document", "name": "voced-mydata.json"}]
    sent = only(await conversation.say("/forget"))
    assert "not sent or not handled: 3" in sent.text
    assert read_table("outbox") == []
    # Nothing waits for this person any more, so the next reply goes out at once.
    only(await conversation.say("/start"))


async def test_what_waits_in_memory_alone_is_shown_and_forgotten_too(
    conversation: Conversation,
    bot_api: BotApi,
    brain: Brain,
    break_table: Callable[[str], None],
    only: Only,
) -> None:
    """A reply, and a question that could not be recorded; the rest is said to be out of reach."""
    await _live(conversation, brain)
    recorder = conversation.application.recorder
    recorder.access.note(StorageError("made up"))
    break_table("waits")
    bot_api.refuse("sendMessage", 429, "Too Many Requests: retry after 9", retry_after=9)
    await conversation.say("When is the first episode broadcast?")
    await conversation.say("红烧肉怎么做", **_OTHER, chat=make_chat(8))
    assert await conversation.say("/mydata") == []
    answer, file = conversation.application.outbox.in_memory(7001)
    assert file.payload["text"] == brain.wording("telegram.mydata_partly", "en")
    held = _held_in(file.payload)
    assert held["could_not_be_read"] == ["database"]
    assert [one["text"] for one in held["questions"]] == ["When is the first episode broadcast?"]
    assert [one["payload"]["text"] for one in held["unsent"]] == [answer.payload["text"]]
    assert "红烧肉" not in json.dumps(held, ensure_ascii=False)

    sent = only(await conversation.say("/forget"))
    lines = [
        brain.wording("forgotten.questions", "en", count=1),
        brain.wording("forgotten.undelivered", "en", count=2),
    ]
    said = brain.wording("telegram.forgotten_partly", "en", list="\n".join(lines))
    assert sent.text == said
    assert conversation.application.outbox.in_memory(7001) == ()
    recorder.access.end_pause()
    await recorder.write_waiting()
    texts = [row["text"] for row in conversation.stored()]
    assert texts == ["How many majors are there?", _QUESTION, "", "红烧肉怎么做"]


async def test_a_file_that_can_not_be_sent_is_told(
    conversation: Conversation, brain: Brain, bot_api: BotApi
) -> None:
    bot_api.refuse("sendDocument", 400, "Bad Request: wrong file identifier")
    await conversation.say(_QUESTION)
    _, sent = await conversation.say("/mydata")
    assert sent.text == brain.wording("telegram.trouble", "en")
    (fault,) = conversation.take_faults()
    assert str(fault) == "Wrong file identifier"


@pytest.mark.parametrize("command", ["/mydata", "/forget"])
async def test_what_can_not_be_done_is_told(
    conversation: Conversation,
    brain: Brain,
    only: Only,
    break_table: Callable[[str], None],
    command: str,
) -> None:
    """Nothing is said to be deleted that is not."""
    await conversation.say(_QUESTION)
    break_table("waits")
    sent = only(await conversation.say(command))
    assert sent.text == brain.wording("telegram.not_kept", "en")
    assert [row["text"] for row in conversation.stored()] == [_QUESTION]
