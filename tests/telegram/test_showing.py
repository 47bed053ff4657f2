"""How the bot looks: its keyboards, and the voice it speaks with."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import InlineKeyboardMarkup

from bot.reply import Choice, Cited, Reply
from bot.telegram.buttons import Rate, Rating, Wait, decode
from bot.telegram.showing.keyboards import Keyboards
from bot.telegram.showing.voice import Tongue, Voice, tongue_of_code, tongue_of_question
from bot.words.wording import load_wording

_SAY = load_wording()
_VERSION = "0123456789ab"


def _reply(**values: Any) -> Reply:
    usual: dict[str, Any] = {
        "question": "q",
        "normalised": "q",
        "language": "zh",
        "outcome": "answered",
        "blocks": ("text",),
        "entry": "grants",
        "title": "Grants & <loans>",
        "knowledge_version": _VERSION,
        "record": 12,
    }
    return Reply(**(usual | values))


def _keyboards(tongue: Tongue = "zh", *, is_group: bool = False) -> Keyboards:
    return Keyboards(say=Voice(_SAY, tongue), bot_name="voced_bot", is_group=is_group)


def _labels(markup: InlineKeyboardMarkup | None) -> list[list[str]]:
    return [[one.text for one in row] for row in markup.inline_keyboard] if markup else []


def _rate(rating: Rating) -> Rate:
    return Rate(language="zh", record=12, version=_VERSION, entry="grants", rating=rating)


# -- keyboards


def test_an_answer_can_be_rated_and_shared() -> None:
    related = (Choice(entry="first", title="First"),)
    markup = _keyboards().under(_reply(related=related))
    assert _labels(markup) == [["First"], ["👍", "👎", "分享"]]
    assert markup is not None
    up, down, share = markup.inline_keyboard[-1]
    assert decode(str(up.callback_data)) == _rate("up")
    assert decode(str(down.callback_data)) == _rate("down")
    assert "start%3De_grants" in str(share.url)


@pytest.mark.parametrize("entry", ["browse", "browse/2", "sources/3", "topic:interview_series"])
def test_a_page_of_a_list_is_not_rated(entry: str) -> None:
    assert _keyboards().under(_reply(entry=entry)) is None


@pytest.mark.parametrize("outcome", ["chat", "gated"])
def test_what_is_no_answer_is_not_rated(outcome: Any) -> None:
    assert _keyboards().under(_reply(outcome=outcome, entry=None)) is None


@pytest.mark.parametrize(
    ("values", "is_offered"),
    [
        ({"outcome": "missed", "entry": None, "gap": "no_match"}, True),
        ({"outcome": "answered", "gap": "no_summary"}, True),
        ({"outcome": "answered", "gap": "expired"}, False),
        ({"outcome": "missed", "entry": None, "gap": "no_match", "record": None}, False),
        ({"outcome": "answered"}, False),
    ],
    ids=["missed", "half an answer", "only due for review", "on no record", "answered"],
)
def test_who_got_no_answer_can_wait_for_one(values: dict[str, Any], is_offered: Any) -> None:
    markup = _keyboards().under(_reply(**values))
    labels = [label for row in _labels(markup) for label in row]
    assert ("有答案时告诉我" in labels) == is_offered


def test_in_a_group_waiting_is_arranged_in_private() -> None:
    """Nobody's chat is kept whom the bot may not write to."""
    keyboards = _keyboards(is_group=True)
    reply = _reply(outcome="missed", entry=None, gap="no_match")
    for markup in (keyboards.under(reply), keyboards.after_none(12)):
        assert markup is not None
        ((button,),) = markup.inline_keyboard
        assert button.url == "https://t.me/voced_bot?start=w_12"


def test_the_reasons_stand_below_a_thumb_down_and_go_away_again() -> None:
    """What else is there stays in its place."""
    keyboards = _keyboards()
    ways = {
        "related": (Choice(entry="a", title="A"),),
        "menu": (Choice(entry="b", title="B"),),
        "gap": "no_summary",
    }
    before = keyboards.under(_reply(**ways))
    assert _labels(before) == [["A"], ["B"], ["👍", "👎", "分享"], ["有答案时告诉我"]]
    asked = keyboards.rated(before, _rate("down"))
    assert _labels(asked) == [
        ["A"], ["B"], ["不对", "过时了"], ["看不懂", "不是我问的"], ["← 返回", "分享"],
        ["有答案时告诉我"],
    ]  # fmt: skip
    for rating in ("wrong", "outdated", "unclear", "not_asked", "back"):
        after = keyboards.rated(asked, _rate(rating))
        assert _labels(after)[2:] == [["👍", "👎 ✓", "分享"], ["有答案时告诉我"]]
    liked = keyboards.rated(after, _rate("up"))
    assert _labels(liked)[2:] == [["👍 ✓", "👎", "分享"], ["有答案时告诉我"]]
    for row in asked.inline_keyboard[2:5]:
        for button in row:
            pressed = decode(str(button.callback_data)) if button.callback_data else None
            assert pressed is None or isinstance(pressed, Rate)


def test_in_a_group_nobodys_rating_is_marked() -> None:
    keyboards = _keyboards(is_group=True)
    for rating in ("up", "wrong", "back"):
        assert _labels(keyboards.rated(None, _rate(rating))) == [["👍", "👎"]]


def test_a_wish_to_be_told_can_be_taken_back() -> None:
    keyboards = _keyboards()
    before = keyboards.under(_reply(gap="no_summary", related=(Choice(entry="a", title="A"),)))
    wait = Wait(language="zh", record=12)
    waiting = keyboards.waiting(before, wait)
    assert _labels(waiting) == [["A"], ["👍", "👎", "分享"], ["不用告诉我了"]]
    again = keyboards.waiting(waiting, Wait(language="zh", record=12, wants_to_be_told=False))
    assert _labels(again) == _labels(before)
    assert keyboards.waiting(None, wait) is None


def test_there_are_three_examples_in_every_tongue() -> None:
    assert [len(_labels(_keyboards(tongue).examples())) for tongue in ("zh", "zt", "en")] == [3] * 3


# -- voice


@pytest.mark.parametrize(
    ("code", "tongue"),
    [("zh", "zh"), ("zh-hans", "zh"), ("zh-CN", "zh"), ("zh-Hant", "zt"), ("zh-TW", "zt"),
     ("zh-hk", "zt"), ("en", "en"), ("de", "en"), (None, "en"), ("", "en")],
)  # fmt: skip
def test_the_tongue_that_telegram_is_set_up_in(code: str | None, tongue: Tongue) -> None:
    assert tongue_of_code(code) == tongue


@pytest.mark.parametrize(
    ("text", "language", "otherwise", "tongue"),
    [
        ("學費多少", "zh", "zh", "zt"),
        ("学费多少", "zh", "zt", "zh"),
        ("520201", "zh", "zt", "zt"),
        ("520201", "zh", "en", "zh"),
        ("學費", "en", "zt", "en"),
        ("how long", "en", "zt", "en"),
    ],
)
def test_the_script_of_a_question_decides(
    text: str, language: Any, otherwise: Tongue, tongue: Tongue
) -> None:
    assert tongue_of_question(text, language, otherwise) == tongue


def test_a_reply_is_spelled_as_the_person_writes() -> None:
    """All that is read; what stands in buttons and on record stays."""
    cited = Cited(
        claim="c",
        source="s",
        title="标题",
        publisher="教育部",
        date="2025",
        at="第1段",
        url="https://x/标",
    )
    choice = Choice(entry="grants", title="资助")
    reply = _reply(
        blocks=("学费",),
        title="费用",
        citations=(cited,),
        choices=(choice,),
        menu=(choice,),
        related=(choice,),
    )
    spelled = Voice(_SAY, "zt").spell(reply)
    assert (spelled.blocks, spelled.title) == (("學費",), "費用")
    (written,) = spelled.citations
    assert (written.title, written.publisher, written.at) == ("標題", "教育部", "第1段")
    assert (written.url, written.claim) == ("https://x/标", "c")
    shown = {*spelled.choices, *spelled.menu, *spelled.related}
    assert shown == {Choice(entry="grants", title="資助")}
    assert Voice(_SAY, "zh").spell(reply) is reply


def test_the_bots_own_words_are_spelled_too() -> None:
    assert (
        Voice(_SAY, "zt")("missed")
        == "這個問題我還沒有可靠的答案，不想瞎猜。已經記下來，交給編輯了。"
    )
    assert Voice(_SAY, "en")("missed") == _SAY("missed", "en")
    assert Voice(_SAY, "zt").language == "zh"
