"""The conversation in the terminal."""

from collections.abc import AsyncIterator

from bot.assistant import Assistant
from bot.majors.lists import BROWSE
from bot.pages import EPISODES
from bot.reply import SOURCES, WANTED_BY, Question, Reply, Wanted
from bot.terminal.rendering import Screen
from intents import Language
from storage import StorageError

# Who sits there may look at whatever the database holds; Telegram gives this id to nobody.
AT_THE_MACHINE = 0
_MISSED_SHOWN = 20
_MOST_DIGITS = 2
_PAGES = {"/majors": BROWSE, "/sources": SOURCES, "/episodes": EPISODES}
_HOW = {"/major": "major.look_up_how", "/compare": "major.compare_how"}


async def converse(
    assistant: Assistant, lines: AsyncIterator[str], screen: Screen, *, language: Language
) -> None:
    """Answer line after line until they end or the person says /quit.

    `language` is that of the welcome and of messages that show none. `AT_THE_MACHINE` counts among
    the editors of the assistant's desk, to look at the gaps.
    """
    conversation = _Conversation(assistant, screen, language)
    screen.tell(assistant.say("terminal.welcome", language) + "\n")
    async for line in lines:
        if not await conversation.take(line.strip()):
            break
    screen.tell(assistant.say("terminal.bye", conversation.language))


class _Conversation:
    """What is said, and what a bare number picks from."""

    def __init__(self, assistant: Assistant, screen: Screen, language: Language) -> None:
        self._assistant = assistant
        self._screen = screen
        self._offer: Reply | None = None
        self.language = language

    async def take(self, line: str) -> bool:
        """Handle one line; return whether the conversation goes on."""
        if line in {"/quit", "/exit", "/q"}:
            return False
        if line.startswith("/"):
            await self._command(line)
        elif self._offer is not None and line.isdecimal() and len(line) <= _MOST_DIGITS:
            await self._pick(int(line), self._offer)
        elif line:
            await self._ask(line)
        return True

    async def _ask(self, text: str, *, wants: Wanted | None = None) -> None:
        question = Question(text=text, front="terminal", hint=self.language, wants=wants)
        reply = await self._assistant.reply(question)
        self.language = reply.language
        self._show(reply)

    def _show(self, reply: Reply) -> None:
        """Show a reply, and let numbers pick from it from now on."""
        self._offer = reply if reply.ways_on else None
        self._screen.show(reply)
        if reply.is_offer:
            self._screen.hint(self._assistant.say("terminal.choose", self.language) + "\n")

    async def _pick(self, number: int, offer: Reply) -> None:
        say = self._assistant.say
        if number > len(offer.ways_on) or (number == 0 and not offer.is_offer):
            self._screen.tell(say("terminal.no_such_choice", self.language))
            return
        self._offer = None
        if number == 0:
            self._screen.tell(
                await self._assistant.choose_none(offer.record, offer.language) + "\n"
            )
            return
        record = offer.record if offer.is_offer else None
        await self._open(record, offer.ways_on[number - 1].entry, offer.language)

    async def _open(self, record: int | None, entry: str, language: Language) -> None:
        reply = await self._assistant.choose(record, entry, language, front="terminal")
        if reply is None:
            self._screen.tell(self._assistant.say("choice_gone", self.language))
        else:
            self._show(reply)

    async def _command(self, line: str) -> None:
        say = self._assistant.say
        command, _, text = line.partition(" ")
        if command in WANTED_BY and text:
            await self._ask(text, wants=WANTED_BY[command])
        elif command in WANTED_BY:
            self._screen.tell(say(_HOW[command], self.language))
        elif line == "/episodes" and not self._assistant.knows(EPISODES):
            self._screen.tell(say("episodes.none", self.language))
        elif line in _PAGES:
            await self._open(None, _PAGES[line], self.language)
        elif line == "/help":
            self._screen.tell(say("terminal.help", self.language) + "\n")
        elif line == "/missed":
            await self._show_missed()
        else:
            self._screen.tell(say("terminal.no_such_command", self.language))

    async def _show_missed(self) -> None:
        try:
            gaps = await self._assistant.desk.list_gaps(AT_THE_MACHINE, limit=_MISSED_SHOWN)
        except StorageError as error:
            self._screen.complain(str(error))
            return
        if gaps:
            self._screen.show_missed(gaps)
        else:
            self._screen.tell(self._assistant.say("terminal.no_missed", self.language))
