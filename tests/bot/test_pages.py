"""Pages to leaf through: topics and sources, each page reached from its neighbours."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot.pages import Pages

if TYPE_CHECKING:
    from bot.reply import Reply
    from bot.services import Brain

_TODAY = date(2026, 1, 1)


def _show(brain: Brain, entry: str, language: Any = "en") -> Reply | None:
    return Pages(brain.knowledge, brain.wording).show(
        entry,
        language,
        show_answer=lambda one, tongue: brain.answerer.show(one, tongue, today=_TODAY),
    )


def _walk(brain: Brain, entry: str, language: Any) -> list[Reply]:
    """Return the pages from `entry` on, by the way to the next one."""
    pages: list[Reply] = []
    following: str | None = entry
    while following is not None:
        page = _show(brain, following, language)
        assert page is not None
        pages.append(page)
        say = brain.wording("page.next", language)
        following = next((one.entry for one in page.menu if one.title == say), None)
    return pages


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_source_stands_on_exactly_one_page(real_brain: Brain, language: Any) -> None:
    pages = _walk(real_brain, "sources", language)
    listed = [cited.source for page in pages for cited in page.citations]
    assert sorted(listed) == sorted(real_brain.knowledge.sources)
    assert all(1 <= len(page.citations) <= 8 for page in pages)
    assert all(page.is_about_sources for page in pages)
    dates = [cited.date or "" for page in pages for cited in page.citations]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_answer_of_a_topic_is_reached(real_brain: Brain, language: Any) -> None:
    """The first is told at once, the others are a press away."""
    pages = _walk(real_brain, "topic:interview_series", language)
    first, *others = real_brain.knowledge.answers_on("interview_series")
    offered = [choice.entry for page in pages for choice in page.related]
    assert offered == [one.id for one in others]
    for page in pages:
        assert page.blocks[0] == first.text.in_(language)
        assert page.citations
        assert page.title == real_brain.knowledge.topics["interview_series"].title.in_(language)


def test_the_way_back_leads_to_the_page_before(real_brain: Brain) -> None:
    for page in ("sources/2", "topic:interview_series/2"):
        shown = _show(real_brain, page)
        assert shown is not None
        back, _ = shown.menu
        assert back.entry == f"{page.partition('/')[0]}/1"
        assert _show(real_brain, back.entry) == _show(real_brain, page.partition("/")[0])


@pytest.mark.parametrize(
    "entry",
    ["sources/0", "sources/99", "sources/x", "sources/²", "sources/01", "sources/", "source",
     "topic:", "topic:nothing", "topic:interview_series/9", "topic", "", "/", "sources/1/1"],
)  # fmt: skip
def test_a_page_that_is_not_there_is_none(real_brain: Brain, entry: str) -> None:
    assert _show(real_brain, entry) is None
