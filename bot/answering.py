"""Turns what a message means, and what is known, into a reply. Pure: no clock, no network."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.majors import (
    MajorAnswerer,
    MajorRequests,
    counts_majors,
    is_about_catalogue,
    names_a_guess,
    names_several,
)
from bot.majors.said import Said
from bot.reply import Card, Choice, Cited, Question, Reply
from bot.words.citing import publisher_of
from bot.words.wording import Wording
from intents import Language, Understander, Understanding, Variant
from intents.majors import Look, MajorFinder
from knowledge import Answer, Citation, Knowledge

_MOST_TOPICS = 4
_MOST_WORDS = 6
_MOST_CHOICES = 3
# Below this a candidate is no hint at what was meant.
_LIKELY = 0.03
# From here on it is offered before it is said that the catalogue has no such major.
_OFFERED_FIRST = 0.5


class Answerer:
    """Words replies from the knowledge."""

    def __init__(
        self,
        knowledge: Knowledge,
        understander: Understander,
        finder: MajorFinder,
        majors: MajorAnswerer,
        wording: Wording,
    ) -> None:
        self.knowledge = knowledge
        self._understander = understander
        self._finder = finder
        self._majors = majors
        self._requests = MajorRequests(
            finder, majors, knowledge.catalogue, wording, normalise=understander.normalise
        )
        self._say = wording

    @property
    def variant(self) -> Variant:
        """Return by what questions are matched now."""
        return self._understander.variant

    def normalise(self, text: str) -> str:
        """Return the form in which `text` is compared and grouped."""
        return self._understander.normalise(text)

    def answer(self, question: Question, *, today: date) -> Reply:
        """Return the reply to `question`, not yet recorded."""
        hint: Language = question.hint or "en"
        meant = self._understander.recognise(question.text, otherwise=hint)
        if question.language is not None:
            meant = replace(meant, language=question.language)
        if meant.kind == "noise":
            return self._reply(question, meant, "gated", self._say("gated", meant.language))
        if meant.kind == "distress":
            words = self._say("chat.distress", meant.language)
            return self._reply(question, meant, "chat", words, intent="distress")
        if meant.kind == "chat":
            words = self._say(f"chat.{meant.intent}", meant.language)
            return self._reply(question, meant, "chat", words, intent=meant.intent)
        return self._answer_question(question, meant, today)

    def _answer_question(self, question: Question, meant: Understanding, today: date) -> Reply:
        if question.wants is not None:
            serve = self._requests.look_up if question.wants == "major" else self._requests.compare
            return self._said(question, meant, serve(question.text, meant.language))
        if meant.is_exact and meant.entry is not None:
            return self._answered(question, meant, self.knowledge.answers[meant.entry], today)
        return self._answer_found(question, meant, today)

    def _answer_found(self, question: Question, meant: Understanding, today: date) -> Reply:
        """Return the reply to a question that is no phrasing, from all that is known."""
        look = self._finder.look(meant.text)
        said: Said | None = None
        if is_about_catalogue(look, self._majors):
            said = self._majors.answer(look, meant.language)
            said = said or self._majors.overview(look, meant.language)
        if said is not None and not self._asks_for_leave(look, meant):
            return self._said(question, meant, said)
        meant = self._understander.match(meant)
        if meant.focus:
            look = self._finder.look(meant.focus)
        said = self._from_catalogue(meant, look)
        if said is not None:
            return self._said(question, meant, said)
        if meant.entry is not None and not names_a_guess(look):
            return self._answered(question, meant, self.knowledge.answers[meant.entry], today)
        if meant.outcome == "offer" or look.mentions:
            return self._offered(question, meant, self._majors.choices(look, meant.language))
        return self._missed(question, meant)

    def _asks_for_leave(self, look: Look, meant: Understanding) -> bool:
        """Return whether it is asked if one may be a nurse: what a licence takes, not a card."""
        is_all = look.says_become and not look.slots
        return is_all and self._understander.asks_whether(meant.text)

    def _from_catalogue(self, meant: Understanding, look: Look) -> Said | None:
        """Return what the catalogue says where no curated answer does, `None` where it can't."""
        if "code" in look.slots and look.asks_for_a_major and not look.mentions:
            # How codes are found out helps nobody who has named a major.
            return self._majors.not_listed(look, meant.language)
        # Two majors side by side don't tell whether one leads to the other.
        if meant.entry is not None or (names_several(look) and self._asks_for_leave(look, meant)):
            return None
        is_known = look.mentions and not names_a_guess(look)
        if is_known and not look.rest and counts_majors(look):
            return self._majors.answer(look, meant.language)
        if not look.mentions and look.asks_for_a_major and not _is_likely(meant):
            return self._majors.not_listed(look, meant.language)
        return None

    def show(self, entry: str, language: Language, *, today: date) -> Reply | None:
        """Return the answer `entry` as picked by hand, or `None` when there is no such entry."""
        answer = self.knowledge.answers.get(entry)
        said = None if answer else self._majors.show(entry, language)
        title = answer.title.in_(language) if answer else (said and said.title) or ""
        meant = Understanding(text=title, language=language, kind="question", confidence=1.0)
        question = Question(text=title, front="cli")
        if answer is not None:
            return self._answered(question, meant, answer, today)
        return self._said(question, meant, said) if said is not None else None

    def find_cards(self, text: str, language: Language, *, limit: int) -> tuple[Card, ...]:
        """Return the cards of majors that a text being typed may be after, best first."""
        meant = Understanding(text=text, language=language, kind="question", confidence=1.0)
        question = Question(text=text, front="telegram")
        return tuple(
            Card(
                headline=one.headline,
                summary=one.summary,
                reply=self._said(question, meant, one.said),
            )
            for one in self._requests.find_cards(text, language, limit=limit)
        )

    def _said(self, question: Question, meant: Understanding, said: Said) -> Reply:
        """Return what the catalogue says as a reply.

        Where it lacks what was asked, the nearest curated answer stands below it.
        """
        confidence = 1.0 if said.outcome == "answered" else round(meant.confidence, 4)
        is_lacking = said.outcome == "answered" and said.reason is not None
        nearest = meant.offered[:1] if is_lacking and meant.outcome == "offer" else ()
        return replace(
            self._reply(question, meant, said.outcome, *said.blocks),
            title=said.title,
            entry=said.entry,
            confidence=confidence,
            citations=said.citations,
            choices=said.choices,
            menu=said.menu,
            related=self._choices(nearest, meant.language),
            reason=said.reason,
            gap=said.reason if said.reason == "not_in_catalogue" else None,
        )

    def _reply(
        self, question: Question, meant: Understanding, outcome: str, *blocks: str, **more: object
    ) -> Reply:
        return Reply(
            question=question.text,
            normalised=meant.text,
            language=meant.language,
            outcome=outcome,  # type: ignore[arg-type]
            blocks=blocks,
            confidence=round(meant.confidence, 4),
            nearest=_nearest(meant),
            knowledge_version=self.knowledge.version,
            matcher=self.variant,
            **more,  # type: ignore[arg-type]
        )

    def _answered(
        self, question: Question, meant: Understanding, answer: Answer, today: date
    ) -> Reply:
        language = meant.language
        blocks = [answer.text.in_(language)]
        if answer.lacks == language:
            blocks.append(self._say("untranslated", language))
        gap = answer.gap
        if answer.is_due(today):
            gap = gap or "expired"
            blocks.append(self._say("expired", language, date=answer.review_by.isoformat()))
        return self._reply(
            question,
            meant,
            "answered",
            *blocks,
            entry=answer.id,
            title=answer.title.in_(language),
            citations=tuple(self._cite(one, language) for one in answer.citations),
            related=self._choices(dict.fromkeys((*meant.also, *answer.see_also)), language),
            reason=gap,
            gap=gap,
        )

    def _offered(
        self, question: Question, meant: Understanding, majors: tuple[Choice, ...]
    ) -> Reply:
        reason = meant.reason or "not_sure"
        offered = meant.offered if meant.outcome == "offer" else ()
        words = self._join(meant.differing, meant.language)
        kinds = (reason.replace(":", "."), "guard") if reason.startswith("guard:") else ()
        key = next(
            (f"offered.{kind}" for kind in kinds if f"offered.{kind}" in self._say), "offered"
        )
        return self._reply(
            question,
            meant,
            "offered",
            self._say(key, meant.language, words=words),
            choices=(*majors, *self._choices(offered, meant.language))[:_MOST_CHOICES],
            reason=reason,
        )

    def _missed(self, question: Question, meant: Understanding) -> Reply:
        language = meant.language
        blocks = [self._say("missed", language)]
        details = [
            self._say(key, language, words=self._join(words[:_MOST_WORDS], language))
            for key, words in (
                ("missed.understood", meant.known),
                ("missed.unknown", meant.unknown),
            )
            if words
        ]
        blocks.append("\n".join([*details, self._name_topics(meant)]))
        reason = meant.reason or "no_match"
        return self._reply(question, meant, "missed", *blocks, reason=reason, gap=reason)

    def _name_topics(self, meant: Understanding) -> str:
        """Return the line that names the topics near a question, or some where none is near."""
        near = dict.fromkeys(
            self.knowledge.answers[one.entry].topic
            for one in meant.candidates
            if one.confidence >= _LIKELY
        )
        key = "missed.topics" if near else "missed.any_topics"
        titles = [
            self.knowledge.topics[topic].title.in_(meant.language)
            for topic in list(near or self.knowledge.topics)[:_MOST_TOPICS]
        ]
        return self._say(key, meant.language, topics=self._join(titles, meant.language))

    def _choices(self, entries: Iterable[str], language: Language) -> tuple[Choice, ...]:
        return tuple(
            Choice(entry=entry, title=self.knowledge.answers[entry].title.in_(language))
            for entry in entries
        )

    def _cite(self, citation: Citation, language: Language) -> Cited:
        source, claim = citation.source, citation.claim
        return Cited(
            claim=citation.claim_id,
            source=source.id,
            title=source.title.in_(language),
            publisher=publisher_of(source, language, self._say),
            date=source.published or (claim.as_of if claim.as_of != "undated" else None),
            at=claim.at.in_(language) if claim.at else None,
            url=source.url,
        )

    def _join(self, words: Iterable[str], language: Language) -> str:
        return self._say("list_separator", language).join(words)


def _is_likely(meant: Understanding) -> bool:
    """Return whether a curated answer may well be what is meant, though it is not sure enough."""
    return any(one.confidence >= _OFFERED_FIRST for one in meant.candidates[:1])


def _nearest(meant: Understanding) -> tuple[str, ...]:
    """Return the likeliest entries; for a phrasing nothing else was looked for."""
    if meant.is_exact and meant.entry is not None:
        return (meant.entry,)
    return tuple(one.entry for one in meant.candidates[:3] if one.confidence >= _LIKELY)
