"""The one path that every question takes, whatever the front end."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.answering import Answerer
from bot.memory.masking import mask, mask_numbers
from bot.memory.people import People
from bot.memory.recent import RecentReplies
from bot.memory.recording import Recorder
from bot.pages import Pages
from bot.reply import Card, Front, Question, Reply
from bot.words.wording import Wording
from intents import Language
from knowledge import Knowledge

if TYPE_CHECKING:
    from bot.editing import Desk

# As long as a Telegram message can be; other front ends hand over lines of any length.
_MOST_CHARACTERS = 4096
# What has these outcomes was understood in the form in which it is recorded.
_READ = ("answered", "offered", "missed")


def utc_today() -> date:
    """Return today's date in UTC."""
    return datetime.now(UTC).date()


class Assistant:
    """Understands, answers and records.

    `desk` is where editors decide; there is none until it is set.
    """

    desk: "Desk"

    def __init__(
        self,
        answerer: Answerer,
        recorder: Recorder,
        wording: Wording,
        *,
        today: Callable[[], date] = utc_today,
    ) -> None:
        self.recorder = recorder
        self.say = wording
        self.people = People(recorder)
        self._today = today
        self.use(answerer)

    def use(self, answerer: Answerer) -> None:
        """Answer from what `answerer` knows, from the next question on."""
        self._answerer = answerer
        self._recent = RecentReplies(answerer)
        self._pages = Pages(answerer.knowledge, self.say)

    @property
    def answerer(self) -> Answerer:
        """Return what words replies now; it never changes, but another may take its place."""
        return self._answerer

    @property
    def knowledge(self) -> Knowledge:
        """Return what is held to be true."""
        return self._answerer.knowledge

    async def reply(self, question: Question) -> Reply:
        """Return the reply to `question`, recorded under `reply.record` where that was possible.

        Of a longer text the first 4,096 characters are taken.
        """
        question = replace(question, text=question.text[:_MOST_CHARACTERS])
        started = time.perf_counter()
        reply = self._recent.answer(question, today=self._today())
        elapsed = round((time.perf_counter() - started) * 1000, 3)
        number = await self._record(question, reply)
        if number is None and reply.gap is not None:
            reply = self._without_promise(reply)
        return replace(reply, milliseconds=elapsed, record=number)

    def find_cards(self, text: str, language: Language, *, limit: int) -> tuple[Card, ...]:
        """Return at most `limit` cards that a text being typed may be after; records nothing."""
        return self._answerer.find_cards(text, language, limit=limit)

    async def choose(
        self,
        record: int | None,
        entry: str,
        language: Language,
        *,
        asker: str | None = None,
        front: Front = "telegram",
        update_id: int | None = None,
    ) -> Reply | None:
        """Return the answer that `asker` picked from the choices of question number `record`.

        `None` means that the entry is gone, as with a button from before a change of knowledge.
        An answer that editors should see is recorded as if somebody had asked for its title.
        """
        reply = self.show(entry, language)
        if reply is None:
            return None
        await self.recorder.choose(record, entry, asker=asker)
        if reply.gap is None:
            return reply
        title = reply.title or entry
        question = Question(text=title, front=front, asker=asker, update_id=update_id)
        number = await self._record(question, reply)
        return replace(reply if number else self._without_promise(reply), record=number)

    def knows(self, entry: str) -> bool:
        """Return whether there is such an entry."""
        return self.show(entry, "en") is not None

    async def complain(
        self,
        record: int | None,
        entry: str,
        reason: str,
        language: Language,
        *,
        asker: str,
        update_id: int | None = None,
    ) -> None:
        """Put the question answered with `entry` before editors, because that answer is `reason`.

        Where that is on no record, or another's, it is as if somebody had asked for its title.

        Raises:
            StorageError: It can't be kept.
        """
        gap = f"feedback:{reason}"
        if record is not None and await self.people.put_before_editors(asker, record, entry, gap):
            return
        reply = self.show(entry, language)
        if reply is not None:
            title = reply.title or entry
            question = Question(text=title, front="telegram", asker=asker, update_id=update_id)
            await self._record(question, replace(reply, reason=gap, gap=gap))

    async def choose_none(
        self, record: int | None, language: Language, *, asker: str | None = None
    ) -> str:
        """Return what is said to somebody whom none of the choices helps, and note it."""
        is_noted = await self.recorder.choose(record, None, asker=asker)
        return self.say("none_of_these.said" if is_noted else "none_of_these.not_noted", language)

    def show(self, entry: str, language: Language) -> Reply | None:
        """Return the answer as it is now, `None` where there is no such entry; records nothing."""
        today = self._today()
        return self._answerer.show(entry, language, today=today) or self._pages.show(
            entry,
            language,
            show_answer=lambda one, language: self._answerer.show(one, language, today=today),
        )

    def _without_promise(self, reply: Reply) -> Reply:
        """Return `reply` without its word that editors have the question."""
        promise = self.say("to_editors", reply.language)
        instead = self.say("to_editors.not_noted", reply.language)
        return replace(reply, blocks=tuple(one.replace(promise, instead) for one in reply.blocks))

    async def _record(self, question: Question, reply: Reply) -> int | None:
        """Return the number under which the masked question is recorded, if it could be."""
        masked = mask(question.text)
        is_read = reply.outcome in _READ and masked == reply.question
        normalised = reply.normalised if is_read else self._answerer.normalise(masked)
        # Normalising may bring a number to light that was written in signs other than digits.
        return await self.recorder.record(
            replace(question, text=masked), reply, mask_numbers(normalised)
        )
