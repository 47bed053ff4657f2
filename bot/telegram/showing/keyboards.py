"""The buttons under a reply: ways on, and what somebody can do with an answer."""

from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.reply import Reply
from bot.telegram.buttons import Button, ChooseLanguage, Example, Rate, Rating, Wait, decode, encode
from bot.telegram.rendering import render_buttons
from bot.telegram.showing.links import link_to, link_to_share, start_parameter_of
from bot.telegram.showing.voice import Tongue, Voice

Row = list[InlineKeyboardButton]

EXAMPLES = (1, 2, 3)
_REASONS: tuple[tuple[Rating, ...], ...] = (("wrong", "outdated"), ("unclear", "not_asked"))
# Nobody finds a page of a list wrong, and no share of it helps.
_PAGES = frozenset({"browse", "sources", "topic"})
# Editors see these by themselves; there is nothing that would come later.
_NOTHING_TO_COME = frozenset({"expired"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboards:
    """Makes keyboards for one chat; `bot_name` is the bot's name on Telegram, without the @."""

    say: Voice
    bot_name: str
    is_group: bool = False

    def under(self, reply: Reply) -> InlineKeyboardMarkup | None:
        """Return the buttons under a reply, `None` for none."""
        ways_on = render_buttons(reply, self.say.spelled, tongue=self.say.tongue)
        rows = [list(row) for row in ways_on.inline_keyboard] if ways_on else []
        if reply.outcome == "answered" and reply.entry and not _is_page(reply.entry):
            rows.append(self._with_answer(reply, reply.entry))
        rows += self._wait_rows(reply)
        return InlineKeyboardMarkup(rows) if rows else None

    def after_none(self, record: int) -> InlineKeyboardMarkup:
        """Return the buttons where none of the choices has helped."""
        return InlineKeyboardMarkup([[self._wait_button(record)]])

    def examples(self) -> InlineKeyboardMarkup:
        """Return example questions to tap."""
        return InlineKeyboardMarkup(
            [
                [_button(self.say(f"example.{n}"), Example(language=self.say.tongue, number=n))]
                for n in EXAMPLES
            ]
        )

    def languages(self) -> InlineKeyboardMarkup:
        """Return the languages to choose from, each in its own words."""
        names: tuple[tuple[str, Tongue | None], ...] = (
            ("language.zh", "zh"), ("language.zt", "zt"), ("language.en", "en"),
        )  # fmt: skip
        rows = [[_button(self.say(key), ChooseLanguage(tongue=one))] for key, one in names]
        rows.append([_button(self.say("language.any"), ChooseLanguage(tongue=None))])
        return InlineKeyboardMarkup(rows)

    def to_private_chat(self) -> InlineKeyboardMarkup:
        """Return a button that opens the private chat with the bot."""
        link = link_to(self.bot_name, "private")
        return InlineKeyboardMarkup([[InlineKeyboardButton(self.say("private.open"), url=link)]])

    def rated(self, current: InlineKeyboardMarkup | None, rate: Rate) -> InlineKeyboardMarkup:
        """Return the keyboard of an answer after it was rated: with reasons below 👎.

        Whatever else stands in it stays where it is.
        """
        rows = [list(row) for row in current.inline_keyboard] if current else []
        at = next((n for n, row in enumerate(rows) if any(map(_rating_of, row))), len(rows))
        kept = [row for row in rows if not any(map(_rating_of, row))]
        share = [one for row in rows if any(map(_rating_of, row)) for one in row if one.url]
        return InlineKeyboardMarkup([*kept[:at], *self._ratings(rate, share), *kept[at:]])

    def waiting(
        self, current: InlineKeyboardMarkup | None, wait: Wait
    ) -> InlineKeyboardMarkup | None:
        """Return the keyboard with the opposite of what was wished of waiting."""
        opposite = replace(wait, wants_to_be_told=not wait.wants_to_be_told)
        pressed = encode(wait)
        rows = [
            [self._wait(opposite) if one.callback_data == pressed else one for one in row]
            for row in (current.inline_keyboard if current else ())
        ]
        return InlineKeyboardMarkup(rows) if rows else None

    def _ratings(self, rate: Rate, share: Row) -> list[Row]:
        """Return the row of 👍 and 👎, the chosen one marked, and the reasons below 👎."""
        if rate.rating == "down":
            reasons = [[self._rate(f"why.{one}", rate, one) for one in row] for row in _REASONS]
            return [*reasons, [self._rate("why.back", rate, "back"), *share]]
        # In a group many rate the same answer; nobody's choice is marked.
        is_up = rate.rating == "up" and not self.is_group
        is_down = rate.rating != "up" and not self.is_group
        up = "rate.up_chosen" if is_up else "rate.up"
        down = "rate.down_chosen" if is_down else "rate.down"
        return [[self._rate(up, rate, "up"), self._rate(down, rate, "down"), *share]]

    def _with_answer(self, reply: Reply, entry: str) -> Row:
        rate = Rate(
            language=self.say.tongue,
            record=reply.record,
            version=reply.knowledge_version,
            entry=entry.partition("/")[0],
            rating="up",
        )
        row = [self._rate("rate.up", rate, "up"), self._rate("rate.down", rate, "down")]
        parameter = start_parameter_of(entry)
        if parameter is not None:
            link = link_to_share(self.bot_name, parameter, reply.title or "")
            row.append(InlineKeyboardButton(self.say("share"), url=link))
        return row

    def _wait_rows(self, reply: Reply) -> list[Row]:
        is_open = reply.gap is not None and reply.gap not in _NOTHING_TO_COME
        return [[self._wait_button(reply.record)]] if is_open and reply.record else []

    def _wait_button(self, record: int) -> InlineKeyboardButton:
        if self.is_group:
            # Whoever waits is told in private, and must have let the bot write there.
            link = link_to(self.bot_name, f"w_{record}")
            return InlineKeyboardButton(self.say("wait.tell_me"), url=link)
        return self._wait(Wait(language=self.say.tongue, record=record))

    def _wait(self, wait: Wait) -> InlineKeyboardButton:
        return _button(self.say("wait.tell_me" if wait.wants_to_be_told else "wait.stop"), wait)

    def _rate(self, key: str, rate: Rate, rating: Rating) -> InlineKeyboardButton:
        return _button(self.say(key), replace(rate, rating=rating))


def _button(title: str, button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(title, callback_data=encode(button))


def _rating_of(button: InlineKeyboardButton) -> bool:
    data = button.callback_data
    return isinstance(data, str) and isinstance(decode(data), Rate)


def _is_page(entry: str) -> bool:
    return entry.partition("/")[0].partition(":")[0] in _PAGES
