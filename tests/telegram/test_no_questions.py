"""What is missed, and what is no question: small talk, noise, distress, pictures, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.telegram.reading import only

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]

_QUESTION = "How many majors are there?"
_UNKNOWN = {"en": "quantum gravity of neutron stars", "zh": "红烧肉怎么做"}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_miss_is_recorded_and_says_so(
    conversation: Conversation, brain: Brain, language: Any
) -> None:
    sent = only(await conversation.say(_UNKNOWN[language]))
    assert sent.shown.startswith(brain.wording("missed", language))
    assert [one["text"] for one in sent.buttons] == [brain.wording("wait.tell_me", language)]
    (row,) = conversation.stored()
    assert (row["outcome"], row["gap"]) == ("missed", "no_match")
    assert row["text"] == _UNKNOWN[language]


@pytest.mark.parametrize(
    ("text", "key", "language"),
    [
        ("hello", "chat.greet", "en"),
        ("谢谢", "chat.thank", "zh"),
        ("what can you do?", "chat.help", "en"),
        ("/帮助", "chat.help", "zh"),
    ],
)
async def test_small_talk_is_returned(
    conversation: Conversation, brain: Brain, text: str, key: str, language: Any
) -> None:
    sent = only(await conversation.say(text))
    assert sent.shown == brain.wording(key, language)
    assert [row["outcome"] for row in conversation.stored()] == ["chat"]


@pytest.mark.parametrize("text", ["?", "x", "。。。", "\u200b", "https://example.org/"])
async def test_noise_gets_a_hint_and_is_no_missed_question(
    conversation: Conversation, brain: Brain, text: str
) -> None:
    assert only(await conversation.say(text)).shown == brain.wording("gated", "en")
    (row,) = conversation.stored()
    assert (row["outcome"], row["gap"], row["text"]) == ("gated", None, "")


@pytest.mark.parametrize(("text", "language"), [("I want to die", "en"), ("我不想活了", "zh")])
async def test_distress_gets_the_fixed_line_and_no_word_of_it_is_kept(
    conversation: Conversation, brain: Brain, text: str, language: Any
) -> None:
    sent = only(await conversation.say(text))
    assert sent.shown == brain.wording("chat.distress", language)
    (row,) = conversation.stored()
    assert (row["text"], row["normalised"], row["gap"]) == ("", "", None)
    for file in conversation.database.parent.glob("voced.sqlite*"):
        assert text.encode() not in file.read_bytes()


_FILE = {"file_id": "f", "file_unique_id": "u"}
_IMAGE = {**_FILE, "width": 9, "height": 9}


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [_IMAGE]},
        {"photo": [_IMAGE], "caption": "How many majors are there?"},
        {"sticker": {**_IMAGE, "type": "regular", "is_animated": False, "is_video": False}},
        {"voice": {**_FILE, "duration": 3}},
        {"document": _FILE},
        {"location": {"latitude": 30.5, "longitude": 114.3}},
    ],
    ids=["photo", "photo with a caption", "sticker", "voice", "document", "location"],
)
async def test_what_is_not_text_gets_one_friendly_line(
    conversation: Conversation, brain: Brain, content: dict[str, Any]
) -> None:
    for language in ("en", "zh"):
        sent = only(await conversation.send_file(language, **content))
        assert sent.text == brain.wording("telegram.not_text", language)  # type: ignore[arg-type]
    assert conversation.stored() == []


async def test_an_album_gets_one_line_for_all_its_photos(conversation: Conversation) -> None:
    for album in ("one", "another"):
        photo = {"photo": [_IMAGE], "media_group_id": album}
        only(await conversation.send_file(**photo))
        assert await conversation.send_file(**photo) == []
        assert await conversation.send_file(**photo) == []


@pytest.mark.parametrize("text", [_QUESTION, "/nonsense", "hello", "@somebody how many majors"])
async def test_groups_and_channels_are_left_alone(conversation: Conversation, text: str) -> None:
    """Unless the bot is spoken to."""
    message = conversation.make_message(text, chat_id=-7002)
    assert await conversation.receive(message=message) == []
    photo = conversation.make_message(chat_id=-7002, photo=[_IMAGE])
    assert await conversation.receive(message=photo) == []
    post = message | {"chat": {"id": -7003, "type": "channel", "title": "News"}}
    assert await conversation.receive(channel_post=post) == []
    assert conversation.stored() == []


async def test_events_of_a_chat_are_not_answered(conversation: Conversation) -> None:
    pinned = conversation.make_message("an old message")
    assert await conversation.send_file(pinned_message=pinned) == []
