"""What can be asked of the memory of people."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.engine import Database
from storage.people.choices import select_languages, set_language
from storage.people.feedback import put_before_editors, write_feedback
from storage.people.holding import erase, select_everything
from storage.people.messages import select_answer, select_question, write_messages
from storage.people.values import Erased, Feedback, FoundAnswer, Held, SentAnswer
from storage.people.waits import add_wait, delete_wait
from storage.together import Together, Work

# Read with every message, so in the transaction that is begun for it anyway.
_LANGUAGE = Work("read people's languages", select_languages)
# As long as Telegram lets a message be edited.
KEPT_MESSAGES = timedelta(hours=48)


class PeopleStore:
    """What is remembered about people; every `asker` is a keyed hash.

    Every method raises `StorageError` when the database fails or the store is closed.
    """

    def __init__(self, database: Database, together: Together) -> None:
        self._database = database
        self._together = together

    async def language_of(self, asker: str) -> str | None:
        """Return the language that the person has chosen, `None` for none."""
        return await self._together.write(_LANGUAGE, asker)

    async def choose_language(self, asker: str, language: str | None) -> None:
        """Keep the chosen language; `None` takes the choice back."""
        async with self._database.write("keep a person's language") as connection:
            await set_language(connection, asker, language)

    async def rate(self, given: Feedback) -> None:
        """Keep what a person thinks of an answer, in the place of what they thought before."""
        async with self._database.write("keep feedback") as connection:
            await write_feedback(connection, given)

    async def put_before_editors(
        self, question_id: int, *, asker: str, entry: str, reason: str
    ) -> bool:
        """Return whether the person asked this question and was answered with `entry`.

        Editors see it from now on, under `reason` unless they did before, as long as its text is
        there.
        """
        async with self._database.write("put a question before editors") as connection:
            return await put_before_editors(
                connection, question_id, asker=asker, entry=entry, reason=reason
            )

    async def wait(
        self, question_id: int, *, asker: str, chat_id: int, language: str, since: datetime
    ) -> bool:
        """Return whether the person now waits for an answer to a question of theirs.

        Only what is before editors can be waited for. The chat id is kept until the wait ends.
        """
        async with self._database.write("keep who waits") as connection:
            return await add_wait(
                connection,
                question_id,
                asker=asker,
                chat_id=chat_id,
                language=language,
                since=since,
            )

    async def stop_waiting(self, question_id: int, *, asker: str) -> bool:
        """Return whether the person waited for an answer to this question and now does not."""
        async with self._database.write("end a wait") as connection:
            return await delete_wait(connection, question_id, asker=asker)

    async def remember_answers(self, sent: Sequence[SentAnswer], *, now: datetime) -> None:
        """Keep which message answered which for 48 hours; what is older is forgotten."""
        async with self._database.write("keep the ids of messages") as connection:
            await write_messages(connection, sent, older_than=now - KEPT_MESSAGES)

    async def find_answer(self, *, place: str, question: int, now: datetime) -> FoundAnswer | None:
        """Return the message that answered another, `None` after 48 hours."""
        async with self._database.read("find a message") as connection:
            return await select_answer(
                connection, place=place, question=question, since=now - KEPT_MESSAGES
            )

    async def find_question(self, *, place: str, answer: int, now: datetime) -> str | None:
        """Return the masked text that a message answers, `None` after 48 hours."""
        async with self._database.read("find a question") as connection:
            return await select_question(
                connection, place=place, answer=answer, since=now - KEPT_MESSAGES
            )

    async def show_everything(self, asker: str, *, chat_id: int) -> Held:
        """Return everything that is held about the person in the private chat `chat_id`."""
        async with self._database.read("read what is held about a person") as connection:
            return await select_everything(connection, asker, chat_id)

    async def forget(self, asker: str, *, chat_id: int) -> Erased:
        """Forget a person at once, also in the file, and return how much that was."""
        async with self._database.write("forget a person") as connection:
            erased = await erase(connection, asker, chat_id)
        await self._database.empty_log()
        return erased
