"""Texts that are known to name majors: looked up, compared, found while they are typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot.majors.naming import split_names
from bot.reply import Question

if TYPE_CHECKING:
    from bot.reply import Reply, Wanted
    from bot.services import Brain


def _answer(brain: Brain, text: str, wants: Wanted | None) -> Reply:
    question = Question(text=text, front="cli", hint="en", wants=wants)
    return brain.answerer.answer(question, today=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (", ,", ()),
        ("护理", ("护理",)),
        ("护理 护理", ("护理",)),
        ("护理 助产", ("护理", "助产")),
        ("护理、助产；会计", ("护理", "助产", "会计")),
        ("护理和助产", ("护理", "助产")),
        ("机械设计与制造，护理", ("机械设计与制造", "护理")),
        ("nursing and midwifery", ("nursing", "midwifery")),
        ("Car Repair and Use, nursing", ("Car Repair and Use", "nursing")),
        ("nursing vs. midwifery", ("nursing", "midwifery")),
        ("护理 and nursing", ("护理", "nursing")),
        ("520201 520202K", ("520201", "520202K")),
        ("520202k nursing", ("520202k", "nursing")),
        ("early childhood education", ("early childhood education",)),
    ],
)
def test_names_are_parted_at_the_strongest_separator(text: str, names: tuple[str, ...]) -> None:
    """A word that names hold too parts only what has no comma."""
    assert split_names(text) == names


def test_a_command_settles_what_a_bare_word_leaves_open(brain: Brain) -> None:
    """The same word is a question without an answer, and a major that does not exist."""
    assert _answer(brain, "占星", None).reason != "not_in_catalogue"
    looked_up = _answer(brain, "占星", "major")
    assert (looked_up.outcome, looked_up.reason, looked_up.gap) == (
        "missed", "not_in_catalogue", "not_in_catalogue",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["护理", "520201", "汽修", "护理类", "护理 本科", "huli"])
def test_a_name_is_looked_up_as_if_it_was_asked(brain: Brain, text: str) -> None:
    asked, looked_up = _answer(brain, text, None), _answer(brain, text, "major")
    assert (looked_up.outcome, looked_up.entry) == (asked.outcome, asked.entry)
    assert (looked_up.blocks, looked_up.choices) == (asked.blocks, asked.choices)


def test_a_comparison_of_too_few_is_no_missed_question(brain: Brain) -> None:
    reply = _answer(brain, "护理", "comparison")
    assert (reply.outcome, reply.gap, reply.choices) == ("gated", None, ())


def test_a_long_unknown_name_is_not_said_in_full(brain: Brain) -> None:
    """An answer stays one message whatever was asked."""
    reply = _answer(brain, f"护理，{'占星' * 900}", "comparison")
    assert len(reply.text) < 200


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_found_first_is_what_was_named(brain: Brain, language: Any) -> None:
    """Then what has the text in its name, each name once."""
    cards = brain.answerer.find_cards("护理", language, limit=10)
    entries = [card.reply.entry for card in cards]
    assert entries[0] == "major:720201"
    assert "major:720402" in entries
    assert len(set(entries)) == len(entries) <= 10


def test_no_more_cards_are_found_than_asked_for(brain: Brain) -> None:
    assert len(brain.answerer.find_cards("技术", "zh", limit=3)) == 3
    assert brain.answerer.find_cards("", "zh", limit=3) == ()
    assert brain.answerer.find_cards("?!", "zh", limit=3) == ()


def test_a_begun_code_finds_what_it_begins(brain: Brain) -> None:
    """Its digits inside of another code do not."""
    cards = brain.answerer.find_cards("5202", "zh", limit=10)
    assert cards
    assert all("、5202" in f"、{card.summary}" for card in cards)
