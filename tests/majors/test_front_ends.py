"""Looking majors up on the command line and in the conversation of a terminal."""

import io
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from bot.assistant import Assistant
from bot.cli import main
from bot.memory.recording import Recorder
from bot.services import Brain
from bot.terminal import Screen, converse
from intents import Language
from storage import open_store
from tests.bots.learned import LayLearned

CITATION_KEYS = ["claim", "source", "title", "publisher", "date", "at", "url"]


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory, lay_learned: LayLearned
) -> Callable[..., list[dict[str, Any]]]:
    """Return what asks one question a line with `voced ask --json -`."""
    folder = tmp_path_factory.mktemp("ask")
    lay_learned(folder, "real")

    def ask(*lines: str) -> list[dict[str, Any]]:
        result = CliRunner().invoke(
            main,
            ["ask", "--json", "-"],
            input="\n".join(lines),
            env={"VOCED_DATA_DIR": str(folder)},
            catch_exceptions=False,
        )
        assert result.exit_code == 0
        return [json.loads(line) for line in result.stdout.splitlines()]

    return ask


def test_the_command_line_prints_majors_in_the_shape_of_every_answer(
    answers: Callable[..., list[dict[str, Any]]],
) -> None:
    asked = {
        "520201": ("answered", "major:520201", None),
        "护理专业要读几年": ("answered", "major:720201", None),
        "fees of nursing": ("answered", "major:720201", "not_in_catalogue"),
        "大专里有哪些计算机专业": ("answered", "class:5102", None),
        "财经商贸大类": ("answered", "category:73", None),
        "compare nursing and midwifery": ("answered", "compare:520201,520202", None),
        "汽修": ("offered", None, "several_majors"),
        "drone stuff": ("offered", None, "several_majors"),
        "占星专业": ("missed", None, "not_in_catalogue"),
    }
    found = answers(*asked)
    assert [
        (one["question"], (one["outcome"], one["entry"], one["reason"])) for one in found
    ] == list(asked.items())
    for one in found:
        assert len(one["choices"]) <= 3
        assert all(list(choice) == ["entry", "title"] for choice in one["choices"])
        assert bool(one["citations"]) == (one["outcome"] == "answered")
        for cited in one["citations"]:
            assert list(cited) == CITATION_KEYS
            assert cited["claim"] == one["entry"]


@pytest.fixture
def talk(brain: Brain, tmp_path: Path) -> Callable[..., Any]:
    """Return what types lines into a conversation and returns everything that was shown."""

    async def say(*lines: str, language: Language = "zh") -> str:
        async def typed() -> AsyncIterator[str]:
            for line in lines:
                yield line

        out = io.StringIO()
        screen = Screen(Console(file=out, width=100, highlight=False), brain.wording)
        async with open_store(f"sqlite:///{tmp_path / 'voced.sqlite'}") as store:
            recorder = Recorder(store, retention=timedelta(days=30))
            assistant = Assistant(brain.answerer, recorder, brain.wording)
            await converse(assistant, typed(), screen, language=language)
            await recorder.finish()
        return out.getvalue()

    return say


async def test_the_catalogue_is_walked_by_numbers(talk: Callable[..., Any]) -> None:
    shown = await talk("/majors", "1", "1")
    assert "专业目录" in shown
    assert "农林牧渔大类" in shown
    assert "农业类" in shown


async def test_an_offer_is_picked_by_its_number(talk: Callable[..., Any]) -> None:
    shown = await talk("汽修", "1")
    assert "汽车运用与维修 · Automobile" in shown


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("护理专业要读几年", "zh", "护理要读几年：3年（中职）"),
        ("is there a bachelor in robotics?", "en", "Robotics Technology"),
        ("占星专业", "zh", "专业目录里没有这个专业"),
        ("compare nursing and midwifery", "en", "Nursing and Midwifery"),
    ],
)
async def test_a_question_is_answered_in_the_conversation(
    text: str, language: Language, shown: str, talk: Callable[..., Any]
) -> None:
    assert shown in await talk(text, language=language)
