"""Small talk, noise and distress are told from questions."""

from pathlib import Path

import pytest
import yaml

from intents import Understander, WordLists
from intents.talk import is_noise


def test_every_line_of_small_talk_is_recognised(
    words: WordLists, understander: Understander
) -> None:
    wrong = [
        (line, found.kind, found.intent)
        for intent in words.chat
        for line in (*intent.asks.zh, *intent.asks.en)
        if (found := understander.understand(line)).intent != intent.id
    ]
    assert wrong == []


def test_no_look_alike_of_small_talk_is_taken_for_it(
    words: WordLists, understander: Understander
) -> None:
    wrong = [
        line
        for intent in words.chat
        for line in (*intent.misses.zh, *intent.misses.en)
        if understander.understand(line).intent == intent.id
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("謝謝", "thank"),
        ("Helo", "greet"),
        ("thank yuo", "thank"),
        ("你好！！！", "greet"),
        ("BYE", "part"),
    ],
)
def test_small_talk_is_recognised_in_any_dress(
    understander: Understander, text: str, intent: str
) -> None:
    assert understander.understand(text).intent == intent


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "a", "学", "……", "https://example.org", "🙂🙂", "哈哈哈哈", "aaaaaa", "\u200b"],
)
def test_noise_is_no_question(understander: Understander, text: str) -> None:
    assert understander.understand(text).kind == "noise"


@pytest.mark.parametrize(
    "text",
    [
        "不想活了",
        "我不想活了怎么办",
        "實習的時候被打",
        "我在实习单位被师傅打了",
        "I'm being beaten at my internship",
        "i want to die",
        "my boss at the internship touches me",
        "我想自杀",
        "在学校被霸凌，学费多少钱",
        "被同学欺负了不敢去学校",
    ],
)
def test_distress_goes_before_everything_else(understander: Understander, text: str) -> None:
    assert understander.understand(text).kind == "distress"


@pytest.mark.parametrize(
    "text",
    [
        "笑死我了",
        "学费可以被打折吗",
        "有空打我电话",
        "hit me up with the tuition",
        "实习会被打分吗",
    ],
)
def test_everyday_phrases_are_not_distress(understander: Understander, text: str) -> None:
    assert understander.understand(text).kind != "distress"


def test_every_sign_of_distress_is_found_by_itself(
    words: WordLists, understander: Understander
) -> None:
    signs = (*words.distress.signs.zh, *words.distress.signs.en)
    assert [sign for sign in signs if understander.understand(sign).kind != "distress"] == []


def test_no_harmless_phrase_is_distress(words: WordLists, understander: Understander) -> None:
    harmless = (*words.distress.harmless.zh, *words.distress.harmless.en)
    assert [one for one in harmless if understander.understand(one).kind == "distress"] == []


def _lines(kind: str) -> list[str]:
    file = Path(__file__).with_name("distress_lines.yaml")
    return [str(line) for line in yaml.safe_load(file.read_text(encoding="utf-8"))[kind]]


@pytest.mark.parametrize("text", _lines("distress"))
def test_distress_is_heard_in_the_words_of_young_people(
    understander: Understander, text: str
) -> None:
    assert understander.understand(text).kind == "distress"


@pytest.mark.parametrize("text", _lines("everyday"))
def test_everyday_lines_that_sound_alike_are_not_distress(
    understander: Understander, text: str
) -> None:
    assert understander.understand(text).kind != "distress"


@pytest.mark.parametrize("text", ["5102", "12 34", "2025"])
def test_a_bare_number_is_noise(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize("text", ["520201", "520201 720201"])
def test_what_may_be_codes_of_majors_is_none(text: str) -> None:
    assert not is_noise(text)
