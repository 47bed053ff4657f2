"""Pages to leaf through: the answers of a topic, and the sources that everything rests on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.reply import SOURCES, Choice, Reply
from bot.words.citing import cite_source
from bot.words.wording import Wording
from intents import Language
from knowledge import Answer, Knowledge

TOPIC = "topic"
EPISODES = f"{TOPIC}:interview_series"
_PER_PAGE = 8
# As the buttons write it: 2, not 02.
_PAGE = re.compile(r"[1-9][0-9]{0,2}")
_T = TypeVar("_T")

ShowAnswer = Callable[[str, Language], Reply | None]


class Pages:
    """Shows pages by their entries: `sources`, `topic:interview_series`, with `/2` the second."""

    def __init__(self, knowledge: Knowledge, say: Wording) -> None:
        self._knowledge = knowledge
        self._say = say
        newest = sorted(
            knowledge.sources.values(), key=lambda one: (one.published or "", one.id), reverse=True
        )
        self._sources = tuple(newest)

    def show(self, entry: str, language: Language, *, show_answer: ShowAnswer) -> Reply | None:
        """Return the page `entry`, `None` when there is no such page."""
        name, slash, number = entry.partition("/")
        if slash and not _PAGE.fullmatch(number):
            return None
        page = int(number or 1)
        if name == SOURCES:
            return self._show_sources(page, language)
        kind, _, topic = name.partition(":")
        answers = self._knowledge.answers_on(topic) if kind == TOPIC else ()
        return self._show_topic(answers, page, language, show_answer) if answers else None

    def _show_sources(self, page: int, language: Language) -> Reply | None:
        shown = _cut(self._sources, page)
        if not shown:
            return None
        pages = _count_pages(self._sources)
        text = self._say("sources.all", language, count=len(self._sources), page=page, pages=pages)
        return Reply(
            question="",
            normalised="",
            language=language,
            outcome="answered",
            title=self._say("sources.title", language),
            blocks=(text,),
            entry=SOURCES,
            confidence=1.0,
            citations=tuple(cite_source(one, language, self._say) for one in shown),
            menu=self._neighbours(SOURCES, page, pages, language),
            knowledge_version=self._knowledge.version,
        )

    def _show_topic(
        self, answers: Sequence[Answer], page: int, language: Language, show_answer: ShowAnswer
    ) -> Reply | None:
        """Return the first answer of a topic, with the others to ask for."""
        first, *others = answers
        shown = _cut(others, page)
        reply = show_answer(first.id, language)
        if reply is None or (page > 1 and not shown):
            return None
        entry = f"{TOPIC}:{first.topic}"
        return replace(
            reply,
            entry=entry,
            title=self._knowledge.topics[first.topic].title.in_(language),
            blocks=(*reply.blocks, self._say("related", language)) if shown else reply.blocks,
            related=tuple(Choice(entry=one.id, title=one.title.in_(language)) for one in shown),
            menu=self._neighbours(entry, page, _count_pages(others), language),
            gap=None,
        )

    def _neighbours(
        self, entry: str, page: int, pages: int, language: Language
    ) -> tuple[Choice, ...]:
        wanted = (("page.previous", page - 1), ("page.next", page + 1))
        return tuple(
            Choice(entry=f"{entry}/{number}", title=self._say(key, language))
            for key, number in wanted
            if 1 <= number <= pages
        )


def _cut(everything: Sequence[_T], page: int) -> Sequence[_T]:
    return everything[(page - 1) * _PER_PAGE : page * _PER_PAGE]


def _count_pages(everything: Sequence[object]) -> int:
    return -(-len(everything) // _PER_PAGE)
