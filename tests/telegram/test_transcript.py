"""A real conversation in each language with the real process, every command and button used.

What both sides saw stands in docs/conversations, as it is now; `--transcripts docs/conversations`
writes it there.
"""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.telegram.buttons import ChooseLanguage, Example, Press, Rate, Wait, decode
from bot.telegram.handlers import COMMANDS
from bot.telegram.showing.keyboards import EXAMPLES
from bot.telegram.showing.presenting import GROUP_COMMANDS, PRIVATE_COMMANDS
from tests.bots.person import Person

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.services import Brain
    from bot.words.wording import Wording
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi
    from tests.botapi.wire.loopback import BotApiServer
    from tests.bots.process import BotProcess

    StartBot = Callable[..., Awaitable[BotProcess]]

pytestmark = pytest.mark.process

_USER, _GROUP = 7001, -7002
_FOLDER = Path("docs", "conversations")
# What buttons open: pages, parts of the catalogue, and answers, which have no colon.
_OPENED = {"browse", "sources", "topic", "category", "class", "major", "answer"}
_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "question": "中职免学费吗？",
        "edited": "职业本科是什么？",
        "traditional": "護理專業要讀幾年？",
        "unknown": "红烧肉怎么做",
        "vague": "汽修",
        "major": "护理",
        "compare": "护理 助产",
    },
    "en": {
        "question": "Is secondary vocational school free?",
        "edited": "What is a vocational bachelor?",
        "traditional": "護理專業要讀幾年？",
        "unknown": "How do I braise pork belly?",
        "vague": "drone stuff",
        "major": "nursing",
        "compare": "nursing, midwifery",
    },
}


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_conversation_uses_every_command_and_every_button(
    language: Any,
    start_bot: StartBot,
    bot_api_server: BotApiServer,
    real_brain: Brain,
    request: pytest.FixtureRequest,
) -> None:
    bot = await start_bot(TELEGRAM_TOKEN=bot_api_server.token, API_URL=bot_api_server.url)
    person = Person(bot_api_server.api, _USER, language, _USER)
    words, say = _WORDS[language], real_brain.wording
    await _get_to_know(person, say, language)
    await _ask(person, words, say, language)
    await _look_majors_up(person, words, say, language)
    await _speak_in_a_group(person, words, say, language)
    await _ask_for_what_is_held(person, say, language)
    status, errors = await bot.end(with_signal=signal.SIGTERM)

    assert status == 0, errors
    assert "Traceback" not in errors
    assert set(person.commands) == set(COMMANDS)
    _check_that_every_button_was_pressed(person)
    _check_the_profile(person.api, say, language)
    written = _without_what_changes("\n".join(person.lines).strip() + "\n", real_brain)
    if folder := request.config.getoption("--transcripts"):
        file = Path(folder) / f"{language}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written, encoding="utf-8")
        return
    kept = (request.config.rootpath / _FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    assert written.splitlines() == kept.splitlines(), (
        f"{_FOLDER} shows another conversation; CONTRIBUTING.md tells how it is written anew"
    )


def _without_what_changes(text: str, brain: Brain) -> str:
    """Leave out what another day and any change of the knowledge would change."""
    text = text.replace(brain.knowledge.version, "…")
    for say, language in ((brain.wording, "zh"), (brain.wording.in_traditional(), "zh")):
        text = _without_reviews(text, say("expired", language, date="DATE"))
    return _without_reviews(text, brain.wording("expired", "en", date="DATE"))


def _without_reviews(text: str, said: str) -> str:
    return re.sub(rf"\n  {re.escape(said).replace('DATE', '[0-9-]+')}\n", "", text)


async def _get_to_know(person: Person, say: Wording, language: Any) -> None:
    (greeting,) = await person.say("/start")
    assert greeting.text == say("telegram.start", language)
    for number in EXAMPLES:
        (helped,) = await person.say("/help")
        assert helped.text.startswith(say("chat.help", language))
        *_, answered = await person.press_kind(Example, number=number)
        assert answered.is_html
    for command in ("about", "privacy", "episodes", "sources"):
        (told,) = await person.say(f"/{command}")
        assert told.shown
    await person.press(say("page.next", language))
    await person.press(say("page.previous", language))
    (episodes,) = await person.say("/episodes")
    await person.press(say("page.next", language))
    await person.press(say("page.previous", language))
    await _open(person, episodes, "answer")
    await person.say("/language")
    for tongue in ("zt", "en", "zh", None):
        *_, chosen = await person.press_kind(ChooseLanguage, tongue=tongue)
        assert chosen.method == "editMessageText"


async def _ask(person: Person, words: dict[str, str], say: Wording, language: Any) -> None:
    (answered,) = await person.say(words["question"])
    assert answered.is_html
    question = int(person.api.screen(_USER)[-2].message["message_id"])
    await _rate_in_every_way(person)
    (changed,) = await person.edit(question, words["edited"])
    assert changed.method == "editMessageText"
    await person.follow(say("share", language))
    await person.press_kind(Press, is_follow_up=True)
    (traditional,) = await person.say(words["traditional"])
    assert "護理" in traditional.shown
    (missed,) = await person.say(words["unknown"])
    assert missed.shown.startswith(say("missed", language))
    noted, _ = await person.press_kind(Wait, wants_to_be_told=True)
    assert noted.values["text"] == say("wait.noted", language)
    ended, _ = await person.press_kind(Wait, wants_to_be_told=False)
    assert ended.values["text"] == say("wait.ended", language)
    await person.press_kind(Wait, wants_to_be_told=True)
    (offered,) = await person.say(words["vague"])
    assert offered.buttons
    await person.press(say("none_of_these", language))
    await person.say(words["vague"])
    *_, picked = await person.press_kind(Press, is_follow_up=False)
    assert picked.method == "editMessageText"
    sticker = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "type": "regular"}
    (kind,) = await person.send(
        "a sticker", sticker={**sticker, "is_animated": False, "is_video": False}
    )
    assert kind.text == say("telegram.not_text", language)
    (suggested,) = await person.type_inline(words["major"])
    assert suggested.values["results"]


async def _rate_in_every_way(person: Person) -> None:
    await person.press_kind(Rate, rating="up")
    for reason in ("wrong", "outdated", "unclear", "not_asked"):
        *_, asked = await person.press_kind(Rate, rating="down")
        assert asked.method == "editMessageReplyMarkup"
        await person.press_kind(Rate, rating=reason)
    await person.press_kind(Rate, rating="down")
    await person.press_kind(Rate, rating="back")


async def _look_majors_up(
    person: Person, words: dict[str, str], say: Wording, language: Any
) -> None:
    (root,) = await person.say("/majors")
    group = await _open(person, await _open(person, root, "category"), "class")
    card = await _open(person, group, "major")
    await _open(person, await _open(person, card, "category"), "browse")
    (how,) = await person.say("/major")
    assert words["major"] in how.text
    (card,) = await person.say(f"/major {words['major']}")
    assert card.shown.casefold().startswith(words["major"])
    (shared,) = await person.follow(say("share", language))
    assert shared.shown.startswith(card.shown.split("\n")[0])
    (compared,) = await person.say(f"/compare {words['compare']}")
    assert compared.is_html
    (shared,) = await person.follow(say("share", language))
    assert shared.shown == compared.shown
    await _open(person, compared, "major")


async def _open(person: Person, call: Call, kind: str) -> Call:
    """Press the first button under a message that opens such a thing, and return what it shows."""
    for button in call.buttons:
        carried = decode(button.get("callback_data"))
        if isinstance(carried, Press) and carried.entry and _kind_of(carried.entry) == kind:
            *_, shown = await person.press_kind(Press, entry=carried.entry)
            return shown
    raise AssertionError(f"no button opens a {kind}")


def _kind_of(entry: str) -> str:
    kind, colon, _ = entry.partition("/")[0].partition(":")
    return kind if colon or kind in _OPENED else "answer"


async def _speak_in_a_group(
    person: Person, words: dict[str, str], say: Wording, language: Any
) -> None:
    (hello,) = await person.add_to_group(_GROUP)
    assert "@voced_test_bot" in hello.text
    assert await person.say(words["question"]) == [], "it was not meant"
    (answered,) = await person.say(f"@voced_test_bot {words['question']}")
    assert answered.chat_id == _GROUP
    assert "reply_parameters" in answered.values
    (elsewhere,) = await person.say("/mydata")
    assert elsewhere.text == say("telegram.private_only", language)
    await person.follow(say("private.open", language))
    person.chat_id = _GROUP
    await person.say(f"@voced_test_bot {words['unknown']}")
    (noted,) = await person.follow(say("wait.tell_me", language))
    assert noted.text == say("wait.noted", language)
    assert noted.chat_id == _USER


async def _ask_for_what_is_held(person: Person, say: Wording, language: Any) -> None:
    (file,) = await person.say("/mydata")
    held = json.loads(file.values["document"].content)
    assert held["questions"]
    assert held["waits"]
    (forgotten,) = await person.say("/forget")
    assert say("telegram.forgotten", language, list="").split("\n")[0] in forgotten.text
    (nothing,) = await person.say("/forget")
    assert nothing.text == say("telegram.nothing_to_forget", language)
    (file,) = await person.say("/mydata")
    assert json.loads(file.values["document"].content)["questions"] == []


def _check_that_every_button_was_pressed(person: Person) -> None:
    pressed = [decode(one) for one in person.pressed]
    assert None not in pressed
    kinds = {one.split(":")[1] for one in person.pressed}
    assert kinds == set("pfnudwocqbtkxl"), "a kind of button was never pressed"
    entries = [one.entry for one in pressed if isinstance(one, Press) and one.entry]
    assert {_kind_of(one) for one in entries} == _OPENED, "a kind of entry was never opened"


def _check_the_profile(api: BotApi, say: Wording, language: Any) -> None:
    """Telegram shows every command, in the language of the person."""
    code = "zh" if language == "zh" else ""
    for kind, names in (
        ("all_private_chats", PRIVATE_COMMANDS),
        ("all_group_chats", GROUP_COMMANDS),
    ):
        shown = api.account.profile.commands[json.dumps({"type": kind}), code]
        assert [(one["command"], one["description"]) for one in shown] == [
            (name, say(f"command.{name}", language)) for name in names
        ]
    assert set(PRIVATE_COMMANDS) == set(COMMANDS)
    texts = api.account.profile.texts
    assert texts["description", code] == say("profile.description", language)
    assert texts["short_description", code] == say("profile.short", language)
