"""What the tests wish of the desk, and how it refuses."""

from typing import Any

import pytest

from bot.editing import (
    AnswerDraft,
    EditingError,
    NewSource,
    Trial,
    Wish,
)
from tests.editing.conftest import ANNE, Office

CLUB = "is there a drone racing club"


def draft(**values: Any) -> AnswerDraft:
    usual: dict[str, Any] = {
        "title": {"en": "The drone racing club", "zh": "无人机社"},
        "says": {
            "en": "The club has 1,200 members and began on 2024-09-01.",
            "zh": "社团有1200人，2024-09-01成立。",
        },
        "new_source": NewSource(
            title="Clubs", publisher="The school", published="2025-09", url="https://example.org/c"
        ),
        "topic": "series",
    }
    return AnswerDraft.model_validate(usual | values)


async def try_out(office: Office, wish: Wish, actor: int = ANNE) -> Trial:
    trial = await office.desk.decide(actor, wish)
    assert isinstance(trial, Trial)
    return trial


async def refusal(office: Office, wish: Wish, actor: int = ANNE) -> str:
    with pytest.raises(EditingError) as caught:
        await office.desk.decide(actor, wish)
    for language in ("zh", "en"):
        assert caught.value.say(office.assistant.say, language)  # type: ignore[arg-type]
    return caught.value.reason
