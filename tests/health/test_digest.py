"""What the editors' chat is told: only what needs eyes, the first few of each by name."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.health.digest import write_digest
from bot.health.measuring import DueEntry, Health
from bot.words.wording import load_wording
from intents import Language
from storage.editing import Gap, Told
from storage.health import RatedEntry
from tests.health.conftest import MakeHealth

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def _gap(**values: Any) -> Gap:
    usual: dict[str, Any] = {
        "id": "g00000001", "state": "open", "version": 1, "text": "学徒制是什么",
        "reason": "no_match", "nearest": (), "count": 4, "people": 3, "languages": ("zh",),
        "first": NOW, "last": NOW,
    }  # fmt: skip
    return Gap(**(usual | values))


def _write(
    health: Health, *gaps: Gap, language: Language = "en", waiting: int | None = None
) -> str | None:
    return write_digest(
        health,
        gaps,
        load_wording(),
        language,
        title_of=lambda entry, language: f"{entry} in {language}",
        waiting=waiting,
    )


def test_without_anything_that_needs_eyes_there_is_no_digest(make_health: MakeHealth) -> None:
    """However much was answered, and whatever editors have decided on already."""
    health = make_health(
        each={"answered": 9, "missed": 1},
        rated=(RatedEntry(entry="a", knowledge_version="v", up=9, down=1, last=NOW),),
    )
    assert _write(health) is None
    decided = [_gap(state=state) for state in ("answered", "dismissed", "merged")]
    assert _write(health, *decided) is None


@pytest.mark.parametrize(
    ("language", "line"),
    [("zh", "• 缺口 g00000001（2 人）"), ("en", "• gap g00000001 (people: 2)")],
)
def test_it_tells_who_may_not_have_been_told(
    make_health: MakeHealth, language: Language, line: str
) -> None:
    unsure = _gap(state="answered", told=Told(told=1, unsure=2))
    said = write_digest(
        make_health(each={}),
        (),
        load_wording(),
        language,
        title_of=lambda entry, _language: entry,
        unsure=(unsure,),
    )
    assert said is not None
    assert said.endswith(f"\n\n{load_wording()('digest.unsure', language)}\n{line}")


def test_it_tells_what_needs_eyes_in_english(make_health: MakeHealth) -> None:
    """The figures, the gaps, what is past review, and what did not help, each by its name."""
    health = make_health(
        each={"answered": 2, "resolved": 1, "missed": 3},
        due=(DueEntry(entry="fees", review_by=date(2026, 3, 1), count=4),),
        rated=(RatedEntry(entry="army", knowledge_version="v", up=1, down=3, last=NOW),),
    )
    assert _write(health, _gap()) == (
        "For the editors, 2026-03-25 to 2026-03-31: 14 answered, 7 picked a suggestion,"
        " 21 missed.\n"
        "\n"
        "Gaps that wait for an editor (1):\n"
        "• 学徒制是什么 (people: 3, g00000001)\n"
        "\n"
        "Answers past their review date (1):\n"
        "• fees in en (review was due by 2026-03-01, times asked: 4)\n"
        "\n"
        "Answers that most people did not find useful (1):\n"
        "• army in en (useful to 1 of 4)"
    )


def test_it_tells_what_needs_eyes_in_chinese(make_health: MakeHealth) -> None:
    """What has nothing in it is left out."""
    health = make_health(each={"answered": 1})
    assert _write(health, _gap(state="assigned"), language="zh") == (
        "编辑简报，2026-03-25 至 2026-03-31：已回答 7，选中建议 0，未能回答 0。\n"
        "\n"
        "等待处理的缺口（1）：\n"
        "• 学徒制是什么（3 人，g00000001）"
    )


@pytest.mark.parametrize(("waiting", "rest"), [(None, 2), (40, 35)])
def test_of_many_the_first_five_are_named_and_the_rest_counted(
    waiting: int | None, rest: int, make_health: MakeHealth
) -> None:
    """Also of those that were not even handed over."""
    gaps = [_gap(id=f"g0000000{number}") for number in range(7)]
    due = tuple(
        DueEntry(entry=f"e{number}", review_by=date(2026, 1, 1), count=0) for number in range(6)
    )
    text = _write(make_health(due=due), *gaps, waiting=waiting) or ""
    _, waiting_gaps, past_review = text.split("\n\n")
    assert waiting_gaps.count("•") == past_review.count("•") == 5
    assert f"({waiting or 7}):" in waiting_gaps
    assert waiting_gaps.endswith(f"\n… and {rest} more")
    assert past_review.endswith("\n… and 1 more")


def test_a_question_stays_on_one_short_line(make_health: MakeHealth) -> None:
    """Whatever was typed; one whose text is forgotten is told without it."""
    text = _write(make_health(), _gap(text="line\n" * 50), _gap(text="")) or ""
    *_, long, forgotten = text.split("\n")
    assert long.startswith("• line line")
    assert len(long) < 100
    assert forgotten.startswith("• (its text is no longer kept)")
