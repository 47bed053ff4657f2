"""The rules between entries: what is cited exists, nothing stands twice, no figure is typed."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from knowledge.errors import Problem
from knowledge.figures import FigureError, claims_referred_to, fill_in, typed_digits
from knowledge.models import LANGUAGES, AnswerEntry, Claim, Language, Source, Topic
from knowledge.openings import bare_opening
from knowledge.phrasings import PhrasingError, write_out
from knowledge.reading import Placed

_LEAST_LINES = {"asks": 5, "hits": 2, "misses": 1}
# The lines that are no asks, and what becomes of one that is.
_BESIDE = {
    "counterexamples": "is answered",
    "hits": "proves nothing",
    "misses": "proves nothing",
}


def check_sources(sources: Sequence[Placed[Source]]) -> Iterator[Problem]:
    """Yield what is wrong with sources and claims beyond their shape."""
    known = {source.value.id for source in sources}
    claimed: dict[str, str] = {}
    yield from _doubles(sources)
    for source in sources:
        if source.document.name != f"sources/{source.value.id}.yaml":
            yield source.problem(f"must stand in sources/{source.value.id}.yaml", "id")
        for claim_id, claim in source.value.claims.items():
            if claim_id in claimed:
                yield source.problem(
                    f"the claim stands in {claimed[claim_id]} too", "claims", claim_id
                )
            claimed.setdefault(claim_id, source.document.name)
            for index, also in enumerate(claim.also):
                if also not in known:
                    yield source.problem(
                        f"unknown source '{also}'", "claims", claim_id, "also", index
                    )


def check_answers(
    answers: Sequence[Placed[AnswerEntry]],
    *,
    claims: Mapping[str, Claim],
    topics: Sequence[Placed[Topic]],
    terms: tuple[str, ...],
    normalise: Callable[[str], str],
) -> Iterator[Problem]:
    """Yield what is wrong with topics and answers beyond their shape."""
    yield from _doubles(topics)
    yield from _doubles(answers)
    known_topics = {topic.value.id for topic in topics}
    known = {answer.value.id for answer in answers}
    for answer in answers:
        yield from _check_place(answer, known_topics)
        yield from _check_cites(answer, claims)
        yield from _check_texts(answer, claims, terms)
        yield from _check_openings(answer)
        yield from _check_counts(answer)
        for index, other in enumerate(answer.value.see_also):
            if other not in known or other == answer.value.id:
                yield answer.problem(f"no other entry is called '{other}'", "see_also", index)
    yield from _check_phrasings(answers, normalise)


def _doubles(
    placed: Sequence[Placed[Source] | Placed[AnswerEntry] | Placed[Topic]],
) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for one in placed:
        if one.value.id in first:
            yield one.problem(f"the id '{one.value.id}' stands in {first[one.value.id]} too", "id")
        first.setdefault(one.value.id, one.document.name)


def _check_place(answer: Placed[AnswerEntry], topics: set[str]) -> Iterator[Problem]:
    topic = answer.value.topic
    if topic not in topics:
        yield answer.problem(f"unknown topic '{topic}' (see topics.yaml)", "topic")
    elif answer.document.name != f"answers/{topic}.yaml":
        yield answer.problem(f"must stand in answers/{topic}.yaml", "topic")


def _check_cites(answer: Placed[AnswerEntry], claims: Mapping[str, Claim]) -> Iterator[Problem]:
    cites = answer.value.cites
    for index, claim_id in enumerate(cites):
        if claim_id not in claims:
            yield answer.problem(f"unknown claim '{claim_id}'", "cites", index)
        elif claims[claim_id].confidence == "low":
            yield answer.problem(
                f"'{claim_id}' has low confidence and is not published", "cites", index
            )
        if claim_id in cites[:index]:
            yield answer.problem(f"'{claim_id}' is cited twice", "cites", index)


def _check_texts(
    answer: Placed[AnswerEntry], claims: Mapping[str, Claim], terms: tuple[str, ...]
) -> Iterator[Problem]:
    for name in ("title", "says"):
        for language in LANGUAGES:
            text = getattr(answer.value, name).in_(language)
            digits = typed_digits(text, terms)
            if digits is not None:
                yield answer.problem(
                    f"'{digits}' is typed; refer to a figure of a claim instead", name, language
                )
            for claim_id in claims_referred_to(text):
                if claim_id in claims and claim_id not in answer.value.cites:
                    yield answer.problem(
                        f"takes a figure from '{claim_id}' without citing it", name, language
                    )
            try:
                fill_in(text, claims, language)
            except FigureError as error:
                yield answer.problem(str(error), name, language)


def _check_openings(answer: Placed[AnswerEntry]) -> Iterator[Problem]:
    for language in LANGUAGES:
        opening = bare_opening(answer.value.says.in_(language), language)
        if opening is not None:
            yield answer.problem(
                f"opens with a bare '{opening}'; state the fact, as people ask either way round",
                *("says", language),
            )


def _check_counts(answer: Placed[AnswerEntry]) -> Iterator[Problem]:
    if answer.value.live:
        if not any(answer.value.asks.in_(language) for language in LANGUAGES):
            yield answer.problem("needs at least one line", "asks")
        return
    for name, least in _LEAST_LINES.items():
        for language in LANGUAGES:
            count = len(getattr(answer.value, name).in_(language))
            if count < least:
                yield answer.problem(f"needs at least {least} lines, has {count}", name, language)


def _check_phrasings(
    answers: Sequence[Placed[AnswerEntry]], normalise: Callable[[str], str]
) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for answer in answers:
        for language in LANGUAGES:
            for index, line in enumerate(answer.value.asks.in_(language)):
                yield from _claim_phrasing(
                    answer, line, owners, normalise, ("asks", language, index)
                )
    for answer in answers:
        yield from _check_beside(answer, owners, normalise)


def _claim_phrasing(
    answer: Placed[AnswerEntry],
    line: str,
    owners: dict[str, str],
    normalise: Callable[[str], str],
    key: tuple[str, Language, int],
) -> Iterator[Problem]:
    try:
        for one in write_out(line):
            normal = normalise(one)
            if not normal:
                yield answer.problem(f"'{one}' says nothing once fillers are gone", *key)
            elif normal in owners:
                yield answer.problem(f"'{one}' is an ask of '{owners[normal]}' already", *key)
            owners.setdefault(normal, answer.value.id)
    except PhrasingError as error:
        yield answer.problem(str(error), *key)


def _check_beside(
    answer: Placed[AnswerEntry], owners: Mapping[str, str], normalise: Callable[[str], str]
) -> Iterator[Problem]:
    """Yield what is wrong with the lines that are no asks: each must tell something of its own."""
    own = answer.value.id
    counterexamples: set[str] = set()
    for name, key, line in _lines_beside(answer.value):
        try:
            normals = {normalise(one) for one in write_out(line)}
        except PhrasingError as error:
            yield answer.problem(str(error), *key)
            continue
        for owner in {owners[normal] for normal in normals if normal in owners}:
            if name == "hits" or owner == own:
                yield answer.problem(
                    f"'{line}' is an ask of '{owner}', so it {_BESIDE[name]}", *key
                )
        if not counterexamples.isdisjoint(normals):
            yield answer.problem(f"'{line}' is a counterexample of '{own}' already", *key)
        if name == "counterexamples":
            counterexamples |= normals


def _lines_beside(entry: AnswerEntry) -> Iterator[tuple[str, tuple[str, Language, int], str]]:
    """Yield kind, key and text of all lines that are no asks, counterexamples first."""
    for name in _BESIDE:
        for language in LANGUAGES:
            for index, line in enumerate(getattr(entry, name).in_(language)):
                yield name, (name, language, index), line
