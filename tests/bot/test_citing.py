"""A citation reads as one line of text."""

import pytest

from bot.reply import Cited
from bot.words.citing import details_of, merge_citations, title_of


def _cited(**values: str | None) -> Cited:
    usual: dict[str, str | None] = {
        "claim": "c-01",
        "source": "s",
        "title": "职业教育法",
        "publisher": "全国人大",
        "date": "2022-04-20",
        "at": "第3条",
        "url": None,
    }
    return Cited(**(usual | values))  # type: ignore[arg-type]


def test_a_title_is_quoted_as_its_language_does() -> None:
    """Chinese titles stand in 《》, English ones in single quotation marks."""
    assert title_of(_cited(), "zh") == "《职业教育法》"
    assert title_of(_cited(title="The law"), "en") == "\u2018The law\u2019"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_description_is_not_passed_off_as_a_title(language: str) -> None:
    """What stands in [brackets] is shown without quotation marks and without brackets."""
    assert title_of(_cited(title="[a page]"), language) == "A page"  # type: ignore[arg-type]


@pytest.mark.parametrize("title", ["[2022] 12号文", "[甲]与[乙]", "[", "[]"])
def test_a_title_with_brackets_in_it_stays_whole(title: str) -> None:
    """Only what stands in them from its first to its last character is a description."""
    assert title_of(_cited(title=title), "zh") == f"《{title}》"


def test_only_details_that_are_known_are_shown() -> None:
    """Publisher, date and place stand in this order, each only if there is one."""
    assert details_of(_cited(), "zh") == "全国人大，2022-04-20，第3条"
    assert details_of(_cited(publisher="NPC", at=None), "en") == "NPC, 2022-04-20"
    assert details_of(_cited(publisher="NPC", date=None, at=None), "en") == "NPC"


def test_a_place_that_is_cited_twice_is_shown_once() -> None:
    """Claims from one place of one source share a line, the first one's; the order stays."""
    first, again = _cited(claim="c-01"), _cited(claim="c-02")
    elsewhere, other = _cited(claim="c-03", at="第5条"), _cited(claim="c-04", source="t")
    assert merge_citations((first, elsewhere, again, other)) == (first, elsewhere, other)
    assert merge_citations(()) == ()
