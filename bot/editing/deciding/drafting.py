"""Turns what an editor has typed into an entry of the knowledge, with the claim it rests on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import ValidationError

from bot.editing.deciding.figures import Figures, lift_figures, write_plainly
from bot.editing.errors import EditingError
from bot.editing.wishes import AnswerDraft, NewSource, Phrase
from knowledge import Answer, Claim, Knowledge, Language, Localised, Phrasings, Source
from knowledge.amending import write_claim, write_entry, write_source
from knowledge.models import LANGUAGES, AnswerEntry
from storage.editing import Gap, NewAddition

_LONGEST_ID = 40
_NOT_IN_A_PHRASE = re.compile(r"[{}]|\[(?:name|number|email)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An entry, ready to be added: what it is called, and everything that comes in with it."""

    entry: str
    additions: tuple[NewAddition, ...]


def draft_entry(draft: AnswerDraft, gap: Gap, knowledge: Knowledge, *, today: date) -> Drafted:
    """Return the entry that `draft` makes of `gap`.

    Raises:
        EditingError: Something is missing or does not fit.
    """
    title, says = _in_some_language(draft.title, "title"), _in_some_language(draft.says, "says")
    lacks = _find_lacking(title, says)
    phrases = usable(draft.phrases)
    if not phrases:
        raise EditingError("no_phrase")
    entry_id = _name_entry(title, gap, knowledge)
    additions: list[NewAddition] = []
    cites = list(draft.cites)
    if unknown := [one for one in cites if one not in knowledge.claims]:
        raise EditingError("unknown_claim", claim=unknown[0])
    source = _find_source(draft, gap, knowledge)
    if source is not None:
        claim_id = _free(f"{source.id}-{gap.id}", knowledge.claims)
        figures: Figures = {}
        stated = says
        says = _lift(says, claim_id, figures, knowledge.terms)
        title = _lift(title, claim_id, figures, knowledge.terms)
        claim = _make_claim(source, stated, figures)
        if source.id in knowledge.sources:
            content = write_claim(claim_id, claim)
            additions.append(NewAddition(kind="claim", target=source.id, content=content))
        else:
            content = write_source(source.model_copy(update={"claims": {claim_id: claim}}))
            additions.append(NewAddition(kind="source", target=source.id, content=content))
        cites.insert(0, claim_id)
    if not cites:
        raise EditingError("no_citation")
    if source is None and any(any(map(str.isdigit, text)) for text in says.values()):
        raise EditingError("figures_need_a_source")
    entry = _validated(
        id=entry_id,
        topic=_find_topic(draft.topic, gap, knowledge),
        live=True,
        lacks=lacks,
        title=title,
        says=says,
        asks=_as_phrasings(phrases),
        hits=Phrasings(zh=(), en=()),
        misses=Phrasings(zh=(), en=()),
        cites=tuple(dict.fromkeys(cites)),
        review_by=draft.review_by or _a_year_after(today),
    )
    additions.append(NewAddition(kind="entry", target=entry.id, content=write_entry(entry)))
    return Drafted(entry=entry.id, additions=tuple(additions))


def usable(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Return those without braces, and with nothing masked in them."""
    return [one for one in phrases if not _NOT_IN_A_PHRASE.search(one.text)]


def draft_lines(
    kind: Literal["phrasing", "counterexample"], phrases: Sequence[Phrase], answer: Answer
) -> tuple[NewAddition, ...]:
    """Return the phrasings, or the counterexamples, that are new to the entry.

    Raises:
        EditingError: None is, or one has braces or something masked in it.
    """
    new: dict[str, NewAddition] = {}
    for one in phrases:
        text = " ".join(one.text.split())
        if not text or _NOT_IN_A_PHRASE.search(text):
            raise EditingError("no_phrase")
        known = answer.asks if kind == "phrasing" else answer.counterexamples
        if text not in known.in_(one.language):
            new[text] = NewAddition(
                kind=kind, target=answer.id, content=text, language=one.language
            )
    if not new:
        raise EditingError(f"known_{kind}")
    return tuple(new.values())


def _in_some_language(texts: Mapping[Language, str], field: str) -> dict[Language, str]:
    given: dict[Language, str] = {
        language: write_plainly(" ".join(texts[language].split()))
        for language in LANGUAGES
        if texts.get(language, "").strip()
    }
    if not given:
        raise EditingError(f"no_{field}")
    return given


def _find_lacking(title: dict[Language, str], says: dict[Language, str]) -> Language | None:
    """Return the language that the answer lacks, with titles and texts brought in step."""
    lacking = [one for one in LANGUAGES if one not in says]
    for language in LANGUAGES:
        if language not in title and language in says:
            raise EditingError("title_lacks", lacking=language)
    for language in lacking:
        title.pop(language, None)
    return lacking[0] if lacking else None


def _find_source(draft: AnswerDraft, gap: Gap, knowledge: Knowledge) -> Source | None:
    if draft.new_source is not None:
        return _make_source(draft.new_source, _free(f"live-{gap.id}", knowledge.sources))
    if draft.source is None:
        return None
    source = knowledge.sources.get(draft.source)
    if source is None:
        raise EditingError("unknown_source", source=draft.source)
    return source


def _make_source(new: NewSource, source_id: str) -> Source:
    try:
        return Source(
            id=source_id,
            kind="article",
            title=Localised(zh=new.title, en=new.title),
            publisher=Localised(zh=new.publisher, en=new.publisher),
            published=new.published or None,
            url=new.url or None,
            language=new.language,
            reliability="other",
            claims={},
        )
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise EditingError("odd_source", field=field) from error


def _make_claim(source: Source, says: Mapping[Language, str], figures: Figures) -> Claim:
    zh, en = says.get("zh"), says.get("en")
    return Claim(
        says=Localised(zh=zh or en or "", en=en or zh or ""),
        # A page that was up over years speaks of the last one.
        as_of=_as_of(source.published),
        confidence="high" if source.reliability == "official" else "medium",
        figures=figures,
    )


def _as_of(published: str | None) -> str:
    if published is None:
        return "undated"
    is_range = re.fullmatch(r"\d{4}-\d{4}", published)
    return published.rpartition("-")[2] if is_range else published


def _lift(
    texts: Mapping[Language, str], claim: str, figures: Figures, terms: Sequence[str]
) -> dict[Language, str]:
    return {
        language: lift_figures(text, language, claim, figures, terms)
        for language, text in texts.items()
    }


def _find_topic(topic: str | None, gap: Gap, knowledge: Knowledge) -> str:
    if topic is None:
        near = (knowledge.answers[one].topic for one in gap.nearest if one in knowledge.answers)
        topic = next(near, None)
    if topic is None or topic not in knowledge.topics:
        raise EditingError("no_topic", topics=", ".join(knowledge.topics))
    return topic


def _as_phrasings(phrases: Iterable[Phrase]) -> Phrasings:
    def of(language: Language) -> tuple[str, ...]:
        texts = (" ".join(one.text.split()) for one in phrases if one.language == language)
        return tuple(dict.fromkeys(text for text in texts if text))

    phrases = tuple(phrases)
    return Phrasings(zh=of("zh"), en=of("en"))


def _name_entry(title: Mapping[Language, str], gap: Gap, knowledge: Knowledge) -> str:
    words = re.findall(r"[a-z0-9]+", title.get("en", "").lower())
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if len(longer) > _LONGEST_ID - 3:
            break
        name = longer
    return _free(name or f"live-{gap.id}", knowledge.answers)


def _free(name: str, taken: Iterable[str]) -> str:
    taken = set(taken)
    count = 1
    free = name
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return free


def _a_year_after(today: date) -> date:
    # The last of February has no day a year on.
    return date(today.year + 1, today.month, min(today.day, 28))


def _validated(**values: object) -> AnswerEntry:
    try:
        return AnswerEntry.model_validate(values)
    except ValidationError as error:
        detail = error.errors()[0]
        place = ".".join(map(str, detail["loc"]))
        raise EditingError("does_not_fit", problems=f"{place}: {detail['msg']}") from error
