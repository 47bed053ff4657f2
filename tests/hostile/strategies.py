"""What hostile or merely strange people and clients send: texts, callback data, updates."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from bot.telegram.buttons.compact import pack_number
from tests.botapi.account.profile import ME
from tests.botapi.updates import make_chat, make_message, make_user

ATTACKER, GROUP, CHANNEL = 7001, -7002, -7003
_BOT = {name: ME[name] for name in ("id", "is_bot", "first_name", "username")}
_FILE = {"file_id": "f", "file_unique_id": "u"}

PIECES = [
    "<b>", "</b>", "<blockquote expandable>", "</blockquote>", "<script>alert(1)</script>",
    '<a href="https://x.org">', "<tg-spoiler>", "<", ">", "&", "&lt;", "&amp;#60;", "&#x3c;", "'",
    '"', "*", "_", "`", "[x](https://x.org)", "{words}", "{0}", "{", "}}", "%s", "%00", "\\",
    "\x00", "\x01", "\x1b[31m", "\x7f", "\r\n", "\n" * 40, "\u2028", "\u202e",
    "\u2066", "\u2069", "\u200f",
    "\u200b", "\ufeff", "\u0301" * 30, "\ufffe", "🎓", "👩‍🏫", "🇨🇳", "𠀀", "ﷺ", "/", "@", "://",
    "@voced_test_bot", "/start e_", "/forget", " ", "'; DROP TABLE questions;--", "../../etc",
    "how many majors", "一共有多少个专业", "meals", "食堂", "第一期", "护理",
]  # fmt: skip

_ANYTHING = st.text(st.characters(codec="utf-8"), max_size=12)
SHORT_TEXT = (
    st.lists(st.sampled_from(PIECES) | _ANYTHING, min_size=1, max_size=40).map("".join).filter(bool)
)
_LENGTHS = (4096, 4097, 33_000, 100_000)
LONG_TEXT = st.builds(
    lambda text, length: (text * (length // len(text) + 1))[:length],
    SHORT_TEXT,
    st.sampled_from(_LENGTHS),
)
TEXT = SHORT_TEXT | LONG_TEXT


# -- callback data


def make_data(record: int) -> st.SearchStrategy[str]:
    """Return data as this and other versions of the bot write it, with another's `record`."""
    records = [
        str(record),
        f"{pack_number(record)}.AAAAAAAA",
        "0",
        "-1",
        "9" * 30,
        "١",
        "",
        "1e3",
        "0x1",
    ]
    entries = [
        "number-of-majors", "first-episode", "canteen-red", "gone", "browse", "browse/2",
        "sources/9", "topic:made", "major:520201", "compare:520201,520201", "class:", "a:b:c:d",
        "../x", "<b>", "x" * 60,
    ]  # fmt: skip
    return st.builds(
        lambda *parts: ":".join(parts),
        st.sampled_from(["1", "0", "2", "", "１"]),
        st.sampled_from([*"pfnudwocqbtkxlz", "", "pp"]),
        st.sampled_from(["en", "zh", "zt", "-", "fr", "", "<b>"]),
        st.sampled_from(records),
        st.sampled_from(entries),
    ) | st.builds(
        lambda *parts: ":".join(parts),
        st.just("1"),
        st.sampled_from("pfnudwocqbtkxl"),
        st.sampled_from(["en", "zh", "zt"]),
        st.sampled_from(records[:2]),
    )


DATA = SHORT_TEXT.map(lambda text: text.encode()[:64].decode(errors="ignore")) | st.just("")


# -- updates

_PEOPLE = st.builds(
    lambda user, name, code: {**user, "first_name": name, "language_code": code},
    st.sampled_from([make_user(ATTACKER)]),
    SHORT_TEXT,
    st.sampled_from(["en", "zh", "zh-hans", "zh-TW", "", "🎓", "<b>", "x" * 99, "ZH"]),
)
_CHATS = st.sampled_from(
    [
        make_chat(ATTACKER),
        make_chat(GROUP),
        make_chat(GROUP, is_forum=True),
        {"id": -7004, "type": "group", "title": "<b>"},
        {"id": CHANNEL, "type": "channel", "title": "&"},
    ]
)
_ENTITIES = st.lists(
    st.builds(
        lambda kind, offset, length: {"type": kind, "offset": offset, "length": length},
        st.sampled_from(["bot_command", "mention", "url", "bold", "hologram"]),
        st.sampled_from([0, 1, 7, 5000]),
        st.sampled_from([0, 1, 6, 15, 9000]),
    ),
    max_size=3,
)
_IMAGE = {**_FILE, "width": 9, "height": 9}
_CONTENTS = st.one_of(
    st.builds(lambda text: {"text": text}, TEXT),
    st.builds(lambda text, entities: {"text": text, "entities": entities}, SHORT_TEXT, _ENTITIES),
    st.builds(
        lambda text, entities: {"photo": [_IMAGE], "caption": text, "caption_entities": entities},
        SHORT_TEXT,
        _ENTITIES,
    ),
    st.builds(lambda name: {"document": {**_FILE, "file_name": name}}, SHORT_TEXT),
    st.builds(lambda name: {"contact": {"phone_number": name, "first_name": name}}, SHORT_TEXT),
    st.builds(lambda name: {"new_chat_title": name}, SHORT_TEXT),
    st.builds(lambda data: {"web_app_data": {"data": data, "button_text": data}}, SHORT_TEXT),
    st.sampled_from(
        [
            {},
            {"voice": {**_FILE, "duration": 3}},
            {"video_note": {**_FILE, "length": 9, "duration": 3}},
            {"location": {"latitude": 30.5, "longitude": 114.3}},
            {"dice": {"emoji": "🎲", "value": 6}},
            {"new_chat_members": [_BOT]},
            {"left_chat_member": _BOT},
            {"migrate_to_chat_id": -100},
            {"group_chat_created": True},
            {"pinned_message": make_message("an old one", message_id=3)},
            {"forum_topic_created": {"name": "a topic", "icon_color": 1}},
            {"forum_topic_closed": {}},
        ]
    ),
)
_MORE = st.sampled_from(
    [
        {},
        {"media_group_id": "1"},
        {"via_bot": _BOT},
        {"message_thread_id": 5, "is_topic_message": True},
        {"reply_to_message": make_message("an answer", message_id=4) | {"from": _BOT}},
        {"reply_to_message": make_message("a remark", message_id=5)},
        {"sender_chat": make_chat(GROUP)},
        {"edit_date": 1_760_000_009},
        {"message_id": 0},
    ]
)
_MESSAGES = st.builds(
    lambda sender, chat, content, more: {
        **make_message(message_id=11),
        "chat": chat,
        "from": sender,
        **content,
        **more,
    },
    _PEOPLE,
    _CHATS,
    _CONTENTS,
    _MORE,
)
_SENDERLESS = _MESSAGES.map(lambda message: {k: v for k, v in message.items() if k != "from"})


def make_presses(record: int) -> st.SearchStrategy[dict[str, Any]]:
    """Return presses with all kinds of data, under all kinds of messages."""
    under = st.one_of(
        _MESSAGES.map(lambda message: {"message": message | {"from": _BOT}}),
        _CHATS.map(lambda chat: {"message": {"message_id": 4, "date": 0, "chat": chat}}),
        st.just({"inline_message_id": "i"}),
        st.just({}),
    )
    data = (make_data(record) | DATA).map(lambda text: {"data": text})
    return st.builds(
        lambda sender, what, under: {"from": sender, "chat_instance": "1", **what, **under},
        _PEOPLE,
        data | st.sampled_from([{}, {"game_short_name": "g"}]),
        under,
    )


def make_updates(record: int) -> st.SearchStrategy[dict[str, Any]]:
    """Return updates of all kinds; `record` is the number of another person's question."""
    member = {"user": _BOT, "status": "member"}
    left = {"user": _BOT, "status": "left"}
    return st.one_of(
        _MESSAGES.map(lambda one: {"message": one}),
        _MESSAGES.map(lambda one: {"edited_message": one | {"edit_date": 1_760_000_009}}),
        _SENDERLESS.map(lambda one: {"message": one}),
        _SENDERLESS.map(lambda one: {"channel_post": one}),
        _SENDERLESS.map(lambda one: {"edited_channel_post": one}),
        make_presses(record).map(lambda one: {"callback_query": one}),
        st.builds(
            lambda sender, query: {"inline_query": {"from": sender, "query": query, "offset": ""}},
            _PEOPLE,
            TEXT | st.just(""),
        ),
        st.builds(
            lambda sender, query: {
                "chosen_inline_result": {"result_id": query, "from": sender, "query": query}
            },
            _PEOPLE,
            SHORT_TEXT,
        ),
        st.builds(
            lambda sender, chat, old, new: {
                "my_chat_member": {
                    "chat": chat,
                    "from": sender,
                    "date": 1_760_000_000,
                    "old_chat_member": old,
                    "new_chat_member": new,
                }
            },
            _PEOPLE,
            _CHATS,
            st.sampled_from([member, left]),
            st.sampled_from([member, left]),
        ),
        st.sampled_from(
            [
                {},
                {"poll_answer": {"poll_id": "1", "option_ids": [0], "option_persistent_ids": []}},
                {"message_reaction_count": {
                    "chat": make_chat(CHANNEL), "message_id": 4, "date": 1, "reactions": [],
                }},
            ]
        ),
    )  # fmt: skip


# -- what is no update at all


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | SHORT_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHORT_TEXT, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def mangle(draw: st.DrawFn, update: dict[str, Any]) -> dict[str, Any]:
    """Return an update in which one value, at any depth, is gone or something else."""
    broken = deepcopy(update)
    inner: dict[str, Any] = broken
    while inner:
        key = draw(st.sampled_from(sorted(inner)))
        deeper = inner[key]
        if isinstance(deeper, dict) and deeper and draw(st.booleans()):
            inner = deeper
            continue
        if draw(st.booleans()):
            del inner[key]
        else:
            inner[key] = draw(_JSON)
        break
    return broken
