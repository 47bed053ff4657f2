"""The knowledge judges itself: what each kind of line must do, and what counts as wrong."""

from collections.abc import Iterator
from itertools import count

import pytest

from bot.proof.judging import KnowledgeFigures, Line, judge_knowledge, list_lines
from bot.services import Brain

FORBIDDEN = "how many majors are there"


@pytest.fixture(scope="module")
def of_majors(brain: Brain) -> KnowledgeFigures:
    """Return what becomes of the names of majors of the catalogue that comes with voced."""
    return judge_knowledge(brain, [line for line in list_lines(brain) if line.kind == "majors"])


@pytest.mark.parametrize("spelling", ["zh", "en", "pinyin"])
def test_majors_are_looked_up_by_every_spelling(spelling: str, of_majors: KnowledgeFigures) -> None:
    group = of_majors.groups[f"majors.{spelling}"]
    assert 100 <= group.asked <= 150
    assert group.right >= 0.95 * group.asked


def test_names_of_majors_are_no_questions(of_majors: KnowledgeFigures) -> None:
    assert (of_majors.figures.questions, of_majors.figures.ms_p50) == (0, None)


def test_a_name_that_leads_elsewhere_fails(brain: Brain) -> None:
    (line, *_) = (one for one in list_lines(brain) if one.group == "majors.zh")
    wrong = Line(kind="majors", group="majors.zh", text="护理", language="zh", about=line.text)
    found = judge_knowledge(brain, [line, wrong]).groups["majors.zh"]
    assert (found.asked, found.right, found.failures) == (2, 1, ("护理",))


def miss(text: str, about: str) -> Line:
    return Line(kind="misses", group="misses.en", text=text, language="en", about=about)


def test_a_miss_is_wrong_only_with_the_entry_it_must_not_find(tiny_brain: Brain) -> None:
    found = judge_knowledge(
        tiny_brain, [miss(FORBIDDEN, "number-of-majors"), miss(FORBIDDEN, "grants")]
    )
    assert found.groups["misses.en"].failures == (FORBIDDEN,)
    assert (found.figures.answered, found.figures.wrong, found.figures.refused_rightly) == (1, 1, 1)


def test_small_talk_must_be_the_one_it_is(tiny_brain: Brain) -> None:
    def chat(text: str, about: str, kind: str = "chat") -> Line:
        return Line(kind=kind, group=kind, text=text, language="en", about=about)

    found = judge_knowledge(
        tiny_brain,
        [
            chat("hello", "greet"),
            chat("goodbye", "greet"),
            chat("hello kitty shop", "greet", "chat_misses"),
            chat("hello", "greet", "chat_misses"),
        ],
    )
    assert found.groups["chat"].failures == ("goodbye",)
    assert found.groups["chat_misses"].failures == ("hello",)


def test_understanding_is_timed_question_by_question(tiny_brain: Brain) -> None:
    ticks: Iterator[int] = count()
    lines = [one for one in list_lines(tiny_brain) if one.kind == "hits"]
    found = judge_knowledge(tiny_brain, lines, clock=lambda: float(next(ticks)))
    assert (found.figures.questions, found.figures.ms_p99) == (24, 1000.0)
    assert found.figures.top1 == 1.0
