"""Majors side by side."""

import re
from collections.abc import Callable

from bot.reply import Reply

Ask = Callable[..., Reply]
Show = Callable[..., Reply | None]


def test_each_cell_that_is_known_names_a_source_that_is_listed(ask: Ask) -> None:
    reply = ask("护理和助产有什么区别")
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", reply.text)}
    assert numbers == set(range(1, len(reply.citations) + 1))
    cells = [line for line in reply.text.splitlines() if line.startswith("・")]
    assert cells
    assert all(line.endswith(("]", "未见来源")) for line in cells)


def test_what_is_not_known_of_a_major_is_said(show: Show) -> None:
    reply = show("compare:520201,520202")
    assert reply is not None
    for row in ("Level", "Code", "Length of study", "Class", "Occupations", "Leads on to"):
        assert row in reply.text


def test_three_can_be_compared_and_more_are_cut(ask: Ask) -> None:
    assert ask("护理、助产、药学有什么区别").entry == "compare:520201,520202,520301"
    assert ask("护理、助产、药学、中药").entry == "compare:520201,520202,520301"


def test_majors_are_compared_at_a_level_where_all_of_them_stand(ask: Ask) -> None:
    assert ask("compare nursing and midwifery").entry == "compare:520201,520202"
    assert ask("学前教育和幼儿保育的区别").entry == "compare:570102,770101"


def test_a_comparison_leads_to_the_cards(show: Show) -> None:
    reply = show("compare:520201,520202")
    assert reply is not None
    assert {"major:520201", "major:520202"} <= {one.entry for one in reply.menu}
