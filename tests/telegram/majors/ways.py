"""The ways on from a message about majors, and going them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.buttons import Press, decode

if TYPE_CHECKING:
    from tests.botapi.calls import Call
    from tests.bots.conversation import Conversation

CARD = {"zh": "护理 · Nursing\n\n", "en": "Nursing · 护理\n\n"}


def entries_of(call: Call) -> list[str | None]:
    """Return the entries that the buttons under a message lead to; each must be one of ours."""
    return [entry for entry, _ in _ways_on(call)]


def _ways_on(call: Call) -> list[tuple[str | None, str]]:
    """Return the entry and the data of each button that leads somewhere."""
    data = [button["callback_data"] for button in call.buttons if "callback_data" in button]
    pressed = [(decode(one), one) for one in data]
    assert all(button is not None for button, _ in pressed)
    return [(button.entry, one) for button, one in pressed if isinstance(button, Press)]


def _data_of(call: Call, entry: str) -> str:
    return dict(_ways_on(call))[entry]


async def press_entry(talk: Conversation, call: Call, entry: str, *, is_late: bool = False) -> Call:
    """Press the button of `entry`, still there or not; the message must change in place."""
    press = talk.press_off_screen if is_late else talk.press
    confirmed, edited = await press(_data_of(call, entry))
    assert (confirmed.method, edited.method) == ("answerCallbackQuery", "editMessageText")
    return edited
