"""The conversation in the terminal, line by line, on a console that is only text."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.assistant import Assistant
from bot.editing import Desk
from bot.gathering import Gatherer
from bot.live import Live
from bot.live.building import Builder
from bot.memory.recording import Recorder
from bot.services import Brain
from bot.terminal import AT_THE_MACHINE, Screen, converse
from intents import Language
from storage import Store
from storage.editing import Gap

Talk = Callable[..., Awaitable[str]]
OFFERED = "北京中专一年学费多少钱"
CHOOSE = "输入编号选择"


async def _lines(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


@pytest.fixture
def talk(
    store: Store, assist: Callable[[Recorder], Assistant], tiny_brain: Brain, tmp_path: Path
) -> Talk:
    """Return what types lines and returns everything that was shown."""

    async def say(*lines: str, language: Language = "en", recorder: Recorder | None = None) -> str:
        out = io.StringIO()
        recorder = recorder or Recorder(store, retention=timedelta(days=30))
        assistant = assist(recorder)
        live = Live(
            Builder(tiny_brain, folder=None, cache_dir=tmp_path),
            recorder.access,
            use=lambda _: None,
        )
        gatherer = Gatherer(recorder.access, tiny_brain.understander.alike)
        assistant.desk = Desk(
            recorder.access, live, editors=frozenset({AT_THE_MACHINE}), gather=gatherer.gather
        )
        screen = Screen(Console(file=out, width=100, highlight=False), tiny_brain.wording)
        await converse(assistant, _lines(*lines), screen, language=language)
        return out.getvalue()

    return say


@pytest.mark.parametrize(
    ("language", "welcome", "bye"), [("en", "Ask me about", "Bye!"), ("zh", "问我", "再见！")]
)
async def test_it_welcomes_and_takes_leave(
    language: Language, welcome: str, bye: str, talk: Talk
) -> None:
    """Also when the input ends at once, and in the language of the system."""
    shown = await talk(language=language)
    assert shown.startswith(welcome)
    assert shown.endswith(f"{bye}\n")


@pytest.mark.parametrize("leave", ["/quit", "/exit", "/q", "  /quit  "])
async def test_it_ends_at_quit(leave: str, talk: Talk) -> None:
    """Nothing after it is answered."""
    assert "1,491" not in await talk(leave, "How many majors are there?")


async def test_an_answer_is_shown_with_its_source_and_what_else_to_ask(talk: Talk) -> None:
    """Title, text, the source with its place and address, and related questions."""
    shown = await talk("How many majors are there?")
    assert (
        "How many majors there are\n"
        "The catalogue has 1,491 majors.\n"
        "Source\n"
        "  \u2018Catalogue of majors\u2019 \u2014 Ministry of Education, 2025-12-01, page 1\n"
        "  https://example.org/catalogue\n"
        "You can also ask about: When the first episode is broadcast, How often the catalogue is"
        " revised\n"
    ) in shown


async def test_a_long_address_stays_on_one_line(tiny_brain: Brain, talk: Talk) -> None:
    """So that a terminal can open it."""
    out = io.StringIO()
    screen = Screen(Console(file=out, width=20, highlight=False), tiny_brain.wording)
    reply = tiny_brain.answerer.show("number-of-majors", "en", today=datetime.now(UTC).date())
    assert reply is not None
    screen.show(reply)
    assert "  https://example.org/catalogue\n" in out.getvalue()


async def test_a_number_picks_a_choice(talk: Talk, kept: Any) -> None:
    """The answer is shown in the language of the offer, and the choice is noted."""
    shown = await talk(OFFERED, "1")
    assert "  1. 中专学费多少\n" in shown
    assert "  0. 都不是\n" in shown
    assert "各校不同。" in shown.partition(CHOOSE)[2]
    (row,) = kept()
    assert row["chosen"] == "school-tuition"


async def test_a_full_width_number_picks_as_well(talk: Talk) -> None:
    """A Chinese keyboard types １."""
    assert "各校不同。" in (await talk(OFFERED, "１")).partition(CHOOSE)[2]


async def test_zero_means_none_of_these(talk: Talk, kept: Any) -> None:
    """The person is told, and the question is before editors."""
    assert "都不是" in await talk(OFFERED, "0")
    assert [row["gap"] for row in kept()] == ["none_of_these"]


async def test_a_number_out_of_range_is_told_and_the_offer_stands(talk: Talk, kept: Any) -> None:
    """A slip of the finger costs nothing."""
    shown = await talk(OFFERED, "9", "1")
    assert "没有这个编号。" in shown
    assert "各校不同。" in shown
    assert len(kept()) == 1


async def test_a_choice_can_be_made_once(talk: Talk, kept: Any) -> None:
    """After it, a number is a message like any other."""
    await talk(OFFERED, "0", "1")
    assert [row["outcome"] for row in kept()] == ["offered", "gated"]


async def test_another_question_takes_the_offer_back(talk: Talk, kept: Any) -> None:
    """Whoever asks on is not held to the old choices."""
    await talk(OFFERED, "How many majors are there?", "1")
    assert [row["outcome"] for row in kept()] == ["offered", "answered", "gated"]


async def test_an_empty_line_is_passed_over(talk: Talk, kept: Any) -> None:
    """Pressing Enter asks nothing."""
    await talk("", "   ")
    assert kept() == []


async def test_help_and_an_unknown_command(talk: Talk, kept: Any) -> None:
    """Commands are not questions, and an unknown one points to /help."""
    shown = await talk("/help", "/nonsense")
    assert "/missed                       the questions that wait for an editor" in shown
    assert "There is no such command. Try /help." in shown
    assert kept() == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/major", "for example: /major nursing"),
        ("/compare", "for example: /compare nursing, midwifery"),
        ("/major zzkqx", "There is no such major in the catalogue."),
        ("/compare zzkqx, vbnwq", "The catalogue has no major called \u2018zzkqx\u2019."),
        ("/sources", "Catalogue of majors"),
        ("/episodes", "I hold nothing about the series of interviews yet."),
    ],
)
async def test_commands_of_the_catalogue(line: str, said: str, talk: Talk) -> None:
    """They do what they do on Telegram."""
    assert said in (await talk(line)).partition("/quit.\n")[2]


async def test_a_page_says_once_that_there_is_more_to_ask(
    store: Store, assist: Callable[[Recorder], Assistant], tiny_brain: Brain
) -> None:
    """Before the related questions, which come last here."""
    page = assist(Recorder(store, retention=timedelta(days=30))).show("topic:majors", "en")
    assert page is not None
    assert page.related
    out = io.StringIO()
    Screen(Console(file=out, width=100, highlight=False), tiny_brain.wording).show(page)
    assert out.getvalue().count("You can also ask about:") == 1


async def test_missed_questions_are_shown(talk: Talk) -> None:
    """Before and after there is one; noise never is."""
    shown = await talk("/missed", "zzkqx vbnwq", "/missed", "下雪了要不要上学", "/missed")
    assert shown.count("No question waits for an editor.") == 2
    (row,) = [line for line in shown.splitlines() if "no_match" in line]
    assert row.endswith("下雪了要不要上学")


async def test_it_speaks_the_language_of_the_last_question(talk: Talk) -> None:
    """Who switches to Chinese is taken leave of in Chinese."""
    assert (await talk("第一期什么时候播出?")).endswith("再见！\n")


async def test_without_a_store_missed_names_the_fault(talk: Talk) -> None:
    """And the conversation goes on."""
    recorder = Recorder(None, retention=timedelta(days=30), fault="the disk is full")
    shown = await talk("/missed", "How many majors are there?", recorder=recorder)
    assert "the disk is full" in shown
    assert "1,491" in shown


async def test_what_a_stranger_typed_gives_the_terminal_no_orders(tiny_brain: Brain) -> None:
    """Control characters and markup in a missed question are shown as text or not at all."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    gap = Gap(
        id="g00000000",
        state="open",
        version=1,
        text="\x1b]0;owned\x07[red]one\nline\x9b2J",
        count=1,
        people=1,
        languages=("en",),
        first=moment,
        last=moment,
        reason="no_match",
        nearest=(),
    )
    out = io.StringIO()
    console = Console(file=out, width=150, force_terminal=False)
    Screen(console, tiny_brain.wording).show_missed([gap])
    assert "[red]one line" in out.getvalue()
    assert not set(out.getvalue()) & {"\x1b", "\x07", "\x9b"}
