"""What the bot remembers about people, under a keyed hash of who they are."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from bot.memory.correspondence import Correspondence
from bot.memory.recording import Recorder, utc_now
from storage import QuestionRecord, StorageError
from storage.people import Erased, Feedback, FoundAnswer, Held, Row, Verdict

_MOST_KNOWN = 10_000
# Other processes may change a choice meanwhile.
_KNOWN_FOR_S = 60.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What is held about a person; unless `is_all`, the database could not be looked at."""

    held: Held
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten of a person; unless `is_all`, the database could not be changed."""

    erased: Erased
    is_all: bool = True


class People:
    """Remembers choices, feedback, waits and answers; nothing of it under a name or an id.

    What a person has asked for raises `StorageError` when it can't be done, or tells how much of it
    was, so that they can be told; what only makes answers better never does. `asker` is who it is
    about, as in `Question`.
    """

    def __init__(
        self,
        recorder: Recorder,
        *,
        now: Callable[[], datetime] = utc_now,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember in the store of `recorder`; `clock_s` never runs backwards."""
        self._access = recorder.access
        self._recorder = recorder
        self._now = now
        self._clock_s = clock_s
        self._languages: OrderedDict[str, tuple[str | None, float]] = OrderedDict()
        self._correspondence = Correspondence(recorder.access, now=now)

    async def language_of(self, asker: str) -> str | None:
        """Return the language that the person has chosen, `None` for none or when in trouble."""
        known = self._languages.get(asker)
        if known is not None and self._clock_s() < known[1]:
            return known[0]
        try:
            language = await self._access.use(
                lambda store: store.people.language_of(self._hash(asker))
            )
        except StorageError:
            return known[0] if known else None
        self._know_language(asker, language)
        return language

    async def choose_language(self, asker: str, language: str | None) -> None:
        """Keep the chosen language; `None` leaves it to each question.

        Raises:
            StorageError: It can't be kept.
        """
        await self._access.use(
            lambda store: store.people.choose_language(self._hash(asker), language)
        )
        self._know_language(asker, language)

    async def rate(
        self, asker: str, entry: str, version: str, verdict: Verdict, reason: str | None
    ) -> None:
        """Keep what the person thinks of an answer.

        Raises:
            StorageError: It can't be kept.
        """
        given = Feedback(
            asker=self._hash(asker),
            entry=entry,
            knowledge_version=version,
            verdict=verdict,
            reason=reason,
            given_at=self._now(),
        )
        await self._access.use(lambda store: store.people.rate(given))

    async def put_before_editors(self, asker: str, record: int, entry: str, reason: str) -> bool:
        """Return whether the person asked question `record`; editors see it from now on.

        Raises:
            StorageError: It can't be done.
        """
        return await self._access.use(
            lambda store: store.people.put_before_editors(
                record, asker=self._hash(asker), entry=entry, reason=reason
            )
        )

    async def wait(self, asker: str, record: int, *, chat_id: int, language: str) -> bool:
        """Return whether the person now waits for an answer to question `record`.

        Raises:
            StorageError: It can't be kept.
        """
        return await self._access.use(
            lambda store: store.people.wait(
                record,
                asker=self._hash(asker),
                chat_id=chat_id,
                language=language,
                since=self._now(),
            )
        )

    async def stop_waiting(self, asker: str, record: int) -> bool:
        """Return whether the person waited for an answer to question `record` and now doesn't.

        Raises:
            StorageError: It can't be changed.
        """
        return await self._access.use(
            lambda store: store.people.stop_waiting(record, asker=self._hash(asker))
        )

    def remember_answer(
        self, asker: str, *, place: str, question: int, answer: int, record: int | None
    ) -> None:
        """Keep for 48 hours that the message `answer` answers `question` in a chat, soon."""
        self._correspondence.add(
            asker=self._hash(asker),
            place=self._hash(place),
            question=question,
            answer=answer,
            record=record,
        )

    async def find_answer(self, *, place: str, question: int) -> FoundAnswer | None:
        """Return the message that answered `question`, `None` where it is not known any more."""
        return await self._correspondence.find(place=self._hash(place), question=question)

    async def find_question(self, *, place: str, answer: int) -> str | None:
        """Return the masked question that a message answers, `None` where it is not known."""
        return await self._correspondence.find_question(place=self._hash(place), answer=answer)

    async def show_everything(self, asker: str, *, chat_id: int) -> Shown:
        """Return everything that is held about the person in the private chat `chat_id`."""
        await self._correspondence.write()
        await self._recorder.write_waiting()
        waiting = await self._recorder.waiting_of(asker)
        unwritten = tuple(_as_row(one) for one in waiting)
        try:
            held = await self._access.read(
                lambda store: store.people.show_everything(self._hash(asker), chat_id=chat_id)
            )
        except StorageError:
            known = self._languages.get(asker, (None,))[0]
            return Shown(Held(language=known, questions=unwritten), is_all=False)
        return Shown(replace(held, questions=held.questions + unwritten))

    async def forget(self, asker: str, *, chat_id: int) -> Forgotten:
        """Forget the person in the private chat `chat_id` at once; return how much that was."""
        await self._correspondence.write()
        await self._recorder.write_waiting()
        unwritten = await self._recorder.forget_waiting(asker)
        try:
            erased = await self._access.use(
                lambda store: store.people.forget(self._hash(asker), chat_id=chat_id)
            )
        except StorageError:
            return Forgotten(Erased(questions=unwritten), is_all=False)
        self._languages.pop(asker, None)
        return Forgotten(replace(erased, questions=erased.questions + unwritten))

    async def finish(self) -> None:
        """Write what is not written yet."""
        await self._correspondence.write()

    def _hash(self, asker: str) -> str:
        hashed = self._recorder.hash_of(asker)
        if hashed is None:
            raise TypeError("people are not told apart here")
        return hashed

    def _know_language(self, asker: str, language: str | None) -> None:
        self._languages[asker] = (language, self._clock_s() + _KNOWN_FOR_S)
        self._languages.move_to_end(asker)
        if len(self._languages) > _MOST_KNOWN:
            self._languages.popitem(last=False)


def _as_row(record: QuestionRecord) -> Row:
    """Return a question that is not written yet as the store would show it."""
    return {name: value for name, value in asdict(record).items() if name != "asker"}
