"""Commands, links and examples lead where they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.telegram.showing.links import start_parameter_of
from bot.telegram.showing.presenting import GROUP_COMMANDS, PRIVATE_COMMANDS, present

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.services import Brain
    from tests.botapi.calls import Call
    from tests.botapi.server import BotApi
    from tests.bots.conversation import Conversation

    OpenConversation = Callable[[Brain], AbstractAsyncContextManager[Conversation]]
    Only = Callable[..., Call]


@pytest.fixture
async def talk(
    open_conversation: OpenConversation, real_brain: Brain
) -> AsyncIterator[Conversation]:
    """Yield a conversation about the knowledge that comes with voced."""
    async with open_conversation(real_brain) as conversation:
        yield conversation


# -- /start


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_link_opens_the_bot_at_an_answer(
    talk: Conversation, real_brain: Brain, only: Only, language: Any
) -> None:
    sent = only(await talk.say("/start e_first-episode-date", language=language))
    answer = real_brain.knowledge.answers["first-episode-date"]
    assert sent.shown.startswith(f"{answer.title.in_(language)}\n\n{answer.text.in_(language)}")
    assert talk.stored() == []


@pytest.mark.parametrize(
    ("parameter", "start"),
    [
        ("m_520201", "Nursing · 护理"),
        ("m_520201-520202", "Nursing and Midwifery"),
        ("m_5202", "Nursing (diploma)"),
        ("m_all", "The catalogue of majors"),
    ],
)
async def test_a_link_opens_the_bot_at_majors(
    talk: Conversation, only: Only, parameter: str, start: str
) -> None:
    assert only(await talk.say(f"/start {parameter}")).shown.startswith(start)


@pytest.mark.parametrize("parameter", ["e_gone", "m_999999", "m_99"])
async def test_a_link_to_what_is_gone_says_so_and_greets(
    talk: Conversation, real_brain: Brain, parameter: str
) -> None:
    gone, greeting = await talk.say(f"/start {parameter}")
    assert gone.text == real_brain.wording("choice_gone", "en")
    assert greeting.text == real_brain.wording("telegram.start", "en")


@pytest.mark.parametrize("parameter", ["", "inline", "private", "x_y", "e_", "m_1", "w_0", "%00"])
async def test_any_other_link_greets(
    talk: Conversation, real_brain: Brain, only: Only, parameter: str
) -> None:
    sent = only(await talk.say(f"/start {parameter}"))
    assert sent.text == real_brain.wording("telegram.start", "en")


async def test_a_shared_answer_leads_back_to_itself(talk: Conversation, only: Only) -> None:
    """The link under an answer opens the same answer."""
    sent = only(await talk.say("第一期什么时候播出?"))
    (share,) = [one["url"] for one in sent.buttons if "url" in one]
    assert "t.me%2Fvoced_test_bot%3Fstart%3De_first-episode-date" in share
    parameter = start_parameter_of("first-episode-date")
    again = only(await talk.say(f"/start {parameter}", language="zh"))
    assert again.shown == sent.shown


# -- /help


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_help_names_the_commands_and_three_examples_to_tap(
    talk: Conversation, real_brain: Brain, only: Only, language: Any
) -> None:
    """Each is answered below, as if it had been typed."""
    sent = only(await talk.say("/help", language=language))
    for command in set(PRIVATE_COMMANDS) - {"start", "help"}:
        assert f"/{command} " in sent.text
    assert len(sent.buttons) == 3
    for number, button in enumerate(sent.buttons, start=1):
        assert button["text"] == real_brain.wording(f"example.{number}", language)
        confirmed, answer = await talk.tap(button["text"], language=language)
        assert (confirmed.method, answer.method) == ("answerCallbackQuery", "sendMessage")
        row = talk.stored()[-1]
        assert (row["outcome"], row["text"]) == ("answered", button["text"])
        assert "<blockquote" in answer.text
    assert len(talk.stored()) == 3


# -- /episodes, /sources, /about, /privacy


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_is_known_of_the_episodes_is_told_and_leafed_through(
    talk: Conversation, real_brain: Brain, only: Only, language: Any
) -> None:
    sent = only(await talk.say("/episodes", language=language))
    first, *others = real_brain.knowledge.answers_on("interview_series")
    assert first.text.in_(language) in sent.shown
    labels = [button["text"] for button in sent.buttons]
    assert labels[:8] == [one.title.in_(language) for one in others[:8]]
    _, below = await talk.tap(labels[0], language=language)
    assert below.shown.startswith(others[0].title.in_(language))
    _, page = await talk.tap(real_brain.wording("page.next", language), language=language)
    assert page.method == "editMessageText"
    assert others[8].title.in_(language) in [button["text"] for button in page.buttons]


async def test_without_a_series_there_is_nothing_to_tell(
    conversation: Conversation, brain: Brain, only: Only
) -> None:
    sent = only(await conversation.say("/episodes"))
    assert sent.text == brain.wording("episodes.none", "en")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_sources_are_leafed_through_to_the_last(
    talk: Conversation, real_brain: Brain, only: Only, language: Any
) -> None:
    sent = only(await talk.say("/sources", language=language))
    say = real_brain.wording
    linked = sent.text.count("<a href=")
    for _ in range(-(-len(real_brain.knowledge.sources) // 8) - 1):
        confirmed, sent = await talk.tap(say("page.next", language), language=language)
        assert (confirmed.method, sent.method) == ("answerCallbackQuery", "editMessageText")
        linked += sent.text.count("<a href=")
    assert say("page.next", language) not in [button["text"] for button in sent.buttons]
    known = [one for one in real_brain.knowledge.sources.values() if one.url]
    assert linked == len(known)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_about_counts_what_the_answers_rest_on(
    talk: Conversation, real_brain: Brain, only: Only, language: Any
) -> None:
    text = only(await talk.say("/about", language=language)).text
    knowledge = real_brain.knowledge
    for fact in (len(knowledge.answers), len(knowledge.sources), 1500, knowledge.version):
        assert str(fact) in text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_privacy_says_for_how_long(talk: Conversation, only: Only, language: Any) -> None:
    text = only(await talk.say("/privacy", language=language)).text
    assert all(word in text for word in ("180", "48", "7", "/mydata", "/forget"))


# -- what Telegram shows of the bot


async def test_telegram_shows_commands_and_descriptions_in_both_languages(
    conversation: Conversation, brain: Brain
) -> None:
    bot = conversation.application.bot
    for scope, names in (
        ("all_private_chats", PRIVATE_COMMANDS),
        ("all_group_chats", GROUP_COMMANDS),
    ):
        for code, language in ((None, "en"), ("zh", "zh")):
            shown = await bot.get_my_commands(scope={"type": scope}, language_code=code)
            assert [one.command for one in shown] == list(names)
            assert all(
                one.description == brain.wording(f"command.{one.command}", language)  # type: ignore[arg-type]
                for one in shown
            )
    for code, language in ((None, "en"), ("zh", "zh")):
        described = await bot.get_my_description(code)
        assert described.description == brain.wording("profile.description", language)  # type: ignore[arg-type]
        short = await bot.get_my_short_description(code)
        assert short.short_description == brain.wording("profile.short", language)  # type: ignore[arg-type]


async def test_what_telegram_shows_already_is_not_set_again(
    conversation: Conversation, brain: Brain, bot_api: BotApi
) -> None:
    """Only what somebody has changed is set right."""
    before = len(bot_api.calls)
    await present(conversation.application.bot, brain.wording)
    assert {call.method.lower()[:3] for call in bot_api.calls[before:]} == {"get"}
    await conversation.application.bot.set_my_short_description("Something else")
    before = len(bot_api.calls)
    await present(conversation.application.bot, brain.wording)
    changed = [call for call in bot_api.calls[before:] if call.method.lower().startswith("set")]
    assert [call.method for call in changed] == ["setMyShortDescription"]


async def test_a_bot_that_can_not_present_itself_starts_all_the_same(
    bot_api: BotApi,
    open_conversation: OpenConversation,
    brain: Brain,
    only: Only,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bot_api.refuse("setMyCommands", 500, "Internal Server Error")
    async with open_conversation(brain) as conversation:
        only(await conversation.say("/about"))
    assert "Telegram does not show the bot as it should" in caplog.text
