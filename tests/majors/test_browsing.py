"""Leading through the catalogue by entries alone, as buttons do after a restart."""

import re
from collections.abc import Callable

import pytest

from bot.majors.lists import BROWSE
from bot.reply import Reply
from knowledge.catalogue import Catalogue

Ask = Callable[..., Reply]
Show = Callable[..., Reply | None]


@pytest.fixture(scope="module")
def pages(show: Show) -> dict[str, Reply]:
    """Return every page that can be reached from the first, by its entry."""
    found: dict[str, Reply] = {}
    waiting = [BROWSE]
    while waiting:
        entry = waiting.pop()
        if entry in found or entry.startswith("major:"):
            continue
        reply = show(entry)
        assert reply is not None, entry
        found[entry] = reply
        waiting += [one.entry for one in reply.ways_on]
    return found


def test_every_class_category_and_major_can_be_reached(
    pages: dict[str, Reply], catalogue: Catalogue
) -> None:
    reached = {one.entry for page in pages.values() for one in page.ways_on} | pages.keys()
    wanted = {
        *(f"category:{code}" for code in catalogue.categories),
        *(f"class:{code}" for code in catalogue.classes),
        *(f"major:{code}" for code in catalogue.majors),
    }
    assert wanted - reached == set()


def test_every_page_but_the_first_leads_up(pages: dict[str, Reply]) -> None:
    for entry, page in pages.items():
        kind = entry.partition(":")[0].partition("/")[0]
        above = {"class": "category:", "category": BROWSE}.get(kind)
        assert above is None or any(one.entry.startswith(above) for one in page.menu), entry


def test_every_page_leads_back_and_forth(pages: dict[str, Reply]) -> None:
    for entry, page in pages.items():
        name, _, number = entry.partition("/")
        if number and int(number) > 2:
            before = f"{name}/{int(number) - 1}"
            assert before in {one.entry for one in page.menu}


def test_every_entry_fits_a_button(pages: dict[str, Reply]) -> None:
    for page in pages.values():
        for one in page.ways_on:
            assert re.fullmatch(r"[a-z:0-9,/]{1,48}", one.entry)
            assert one.title


@pytest.mark.parametrize(
    "entry",
    ["", "major:", "major:999999", "major:52020", "major:520201,520202", "major:520201/2",
     "class:", "class:5202/x", "class:5202/", "class:5202/0", "class:9999", "category:52/999",
     "category:52/-1", "category:52/٢", "category:5202", "compare:520201", "compare:1,2",
     "compare:520201,520201", "compare:520201,999999", "compare:", "browse/9", "browse:", "other",
     "browse/99999999999999999999", "nosuch:520201", "\x00", "专业"],
)  # fmt: skip
def test_a_malformed_entry_shows_nothing(entry: str, show: Show) -> None:
    assert show(entry) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("count of nursing majors at bachelor level", "Nursing (bachelor), majors in all: "),
        ("本科有多少个护理专业", "护理类（职业本科）一共有"),
    ],
)
def test_a_count_is_that_of_the_catalogue(
    text: str, count: str, ask: Ask, catalogue: Catalogue
) -> None:
    reply = ask(text)
    assert reply.entry == "class:3202"
    assert reply.blocks[0].startswith(f"{count}{len(catalogue.in_class('3202'))}")
    for major in catalogue.in_class("3202"):
        assert major.name.zh in reply.text or major.name.en in reply.text


def test_a_list_names_the_majors_of_the_level_asked_for(ask: Ask, catalogue: Catalogue) -> None:
    reply = ask("大专里有哪些计算机专业")
    assert f"高职专科{len(catalogue.in_class('5102'))}个" in reply.text
    assert "中职" not in reply.text
