"""Loads the knowledge folder, checks every rule and returns it ready to use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.amending import Amendment, amend
from knowledge.catalogue import Catalogue, build_catalogue, check_catalogue, read_catalogue
from knowledge.catalogue.reading import CatalogueEntries
from knowledge.checks import check_answers, check_sources
from knowledge.documents import Cache, Documents, read_documents
from knowledge.errors import KnowledgeError, Problem
from knowledge.figures import fill_in
from knowledge.models import AnswerEntry, Claim, Language, Localised, Phrasings, Source, Topic
from knowledge.phrasings import write_out
from knowledge.reading import Placed, read_answers, read_sources, read_terms, read_topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A claim together with the source that it stands in."""

    claim_id: str
    claim: Claim
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A curated answer with its figures filled in and its citations resolved, main one first.

    `lacks` is the language that it is not in yet: title and text are those of the other one there.
    """

    id: str
    topic: str
    title: Localised
    text: Localised
    asks: Phrasings
    hits: Phrasings
    misses: Phrasings
    counterexamples: Phrasings
    citations: tuple[Citation, ...]
    review_by: date
    see_also: tuple[str, ...]
    gap: str | None
    lacks: Language | None = None

    def is_due(self, today: date) -> bool:
        """Return whether the answer should have been reviewed by `today`."""
        return today > self.review_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything the bot holds to be true. `version` changes with any change of the files.

    `terms` are names that contain digits.
    """

    version: str
    sources: Mapping[str, Source]
    claims: Mapping[str, Citation]
    answers: Mapping[str, Answer]
    topics: Mapping[str, Topic] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=Catalogue)
    terms: tuple[str, ...] = ()

    def answers_on(self, topic: str) -> tuple[Answer, ...]:
        """Return the answers of a topic in the order they are written."""
        return tuple(answer for answer in self.answers.values() if answer.topic == topic)


def checkout_folder() -> Path | None:
    """Return the knowledge folder of a checkout, or None when the package was installed."""
    folder = resources.files("knowledge") / "data"
    if isinstance(folder, Path) and (folder.parents[1] / "pyproject.toml").is_file():
        return folder
    return None


def load_knowledge(
    folder: Path | None = None,
    *,
    normalise: Callable[[str], str],
    cache: Cache | None = None,
    rules: str | None = None,
    amendments: Sequence[Amendment] = (),
) -> Knowledge:
    """Return the knowledge in `folder`, or the knowledge that comes with the package.

    `amendments` are added to it as if they stood in its files.

    `normalise` is how phrasings are compared; `cache` keeps what is slow to find out. `rules` names
    a version of this package and of `normalise`: files that passed under it are not checked again,
    and without it they always are.

    Raises:
        KnowledgeError: A rule is broken; it names every break with file, line and key.
        SpliceError: There is no place for an amendment.
    """
    documents = read_folder(folder, cache=cache)
    if amendments:
        texts = {name: document.text for name, document in documents.files.items()}
        documents = documents.amended(amend(texts, amendments))
    read = _read(documents)
    # What is amended has a mark of its own, so that trying something out loses neither.
    passed = f"{'amended' if amendments else 'passed'}-{documents.version}-{rules}"
    if read.problems or cache is None or rules is None or cache.load(passed) is None:
        problems = [*read.problems, *_check(read, normalise)]
        if problems:
            raise KnowledgeError(problems)
        if cache is not None and rules is not None:
            cache.keep(passed, b"")
    claims = read.claims
    return Knowledge(
        version=documents.version,
        topics={topic.value.id: topic.value for topic in read.topics},
        sources=read.sources_by_id,
        claims=read.citations,
        answers={
            entry.value.id: _make_answer(entry.value, read.citations, claims)
            for entry in read.answers
        },
        catalogue=build_catalogue(read.majors, sources=read.sources_by_id, claims=claims),
        terms=read.terms,
    )


def read_folder(folder: Path | None = None, *, cache: Cache | None = None) -> Documents:
    """Return the files of `folder`, or those that come with the package, as they are."""
    root: Traversable = folder if folder is not None else resources.files("knowledge") / "data"
    return read_documents(root, cache=cache)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Everything that could be read, and what could not."""

    topics: Sequence[Placed[Topic]]
    terms: tuple[str, ...]
    sources: Sequence[Placed[Source]]
    answers: Sequence[Placed[AnswerEntry]]
    majors: CatalogueEntries
    problems: Sequence[Problem]
    citations: Mapping[str, Citation]

    @property
    def claims(self) -> dict[str, Claim]:
        return {claim_id: citation.claim for claim_id, citation in self.citations.items()}

    @property
    def sources_by_id(self) -> dict[str, Source]:
        return {source.value.id: source.value for source in self.sources}


def _read(documents: Documents) -> _Read:
    problems = list(documents.problems)
    sources = read_sources(documents, problems)
    return _Read(
        topics=read_topics(documents, problems),
        terms=read_terms(documents, problems),
        sources=sources,
        answers=read_answers(documents, problems),
        majors=read_catalogue(documents, problems),
        problems=problems,
        citations=_collect_claims(sources),
    )


def _check(read: _Read, normalise: Callable[[str], str]) -> Iterator[Problem]:
    """Yield the breaks between files, as far as every file that they depend on could be read.

    Else what a broken file holds would be missed wherever it is named, and bury the cause.
    """
    broken = {problem.file.partition("/")[0] for problem in read.problems}
    if "sources" not in broken:
        yield from check_sources(read.sources)
        yield from check_catalogue(read.majors, sources=read.sources_by_id, claims=read.claims)
    if broken.isdisjoint({"topics.yaml", "terms.yaml", "sources", "answers"}):
        yield from check_answers(
            read.answers,
            claims=read.claims,
            topics=read.topics,
            terms=read.terms,
            normalise=normalise,
        )


def _collect_claims(sources: Sequence[Placed[Source]]) -> dict[str, Citation]:
    return {
        claim_id: Citation(claim_id=claim_id, claim=claim, source=source.value)
        for source in sources
        for claim_id, claim in source.value.claims.items()
    }


def _make_answer(
    entry: AnswerEntry, claims: Mapping[str, Citation], by_id: Mapping[str, Claim]
) -> Answer:
    # In the place of a text that is lacking stands the other one, with its dates and figures.
    zh: Language = "en" if entry.lacks == "zh" else "zh"
    en: Language = "zh" if entry.lacks == "en" else "en"

    def fill(text: Localised) -> Localised:
        return Localised(zh=fill_in(text.zh, by_id, zh), en=fill_in(text.en, by_id, en))

    return Answer(
        id=entry.id,
        topic=entry.topic,
        title=fill(entry.title),
        text=fill(entry.says),
        asks=_written_out(entry.asks),
        hits=_written_out(entry.hits),
        misses=_written_out(entry.misses),
        counterexamples=_written_out(entry.counterexamples),
        citations=tuple(claims[claim_id] for claim_id in entry.cites),
        review_by=entry.review_by,
        see_also=entry.see_also,
        gap=entry.gap,
        lacks=entry.lacks,
    )


def _written_out(phrasings: Phrasings) -> Phrasings:
    def every(language: Language) -> tuple[str, ...]:
        return tuple(line for one in phrasings.in_(language) for line in write_out(one))

    return Phrasings(zh=every("zh"), en=every("en"))
