"""What a button can mean."""

from dataclasses import dataclass
from typing import Literal

from bot.telegram.showing.voice import Tongue

Rating = Literal["up", "down", "wrong", "outdated", "unclear", "not_asked", "back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """An entry that was picked.

    `entry` is `None` for none of these, `record` when it settles no stored question;
    `is_follow_up` says that the message it stands under stays.
    """

    language: Tongue
    record: int | None
    entry: str | None
    is_follow_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What somebody thinks of an answer; the reasons and `back` stand below 👎.

    `record` is the question that was answered, `None` where it is on no record.
    """

    language: Tongue
    record: int | None
    version: str
    entry: str
    rating: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Wants to be told when the question `record` has an answer, or not any more."""

    language: Tongue
    record: int
    wants_to_be_told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Asks the example question of this number."""

    language: Tongue
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage:
    """Chooses a language for good; `None` leaves it to each question."""

    tongue: Tongue | None


Button = Press | Rate | Wait | Example | ChooseLanguage
