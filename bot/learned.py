"""Learns a knowledge, or recalls what was learned of it, wherever that is to be done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.majors import make_finder, names_of_majors
from intents import Normaliser, Subject, Understander, WordLists
from intents.majors import MajorFinder
from intents.text.remembering import RememberingNormaliser
from intents.wordlists import Cache
from knowledge import Knowledge


def learn_knowledge(
    knowledge: Knowledge,
    words: WordLists,
    normaliser: Normaliser,
    *,
    cache: Cache,
    code: str,
    before_learning: Callable[[], None] = lambda: None,
) -> tuple[Understander, MajorFinder]:
    """Return what understands questions about `knowledge`, and what finds its majors.

    What `cache` holds under `code` is not learned again; `before_learning` is called where that is
    not all.
    """
    with _remembered_spelling(normaliser, cache, code) as spell:
        understander = Understander(
            subjects_of(knowledge),
            words=words,
            normaliser=normaliser,
            cache=cache,
            rules=code,
            spell=spell,
            majors=names_of_majors(knowledge.catalogue),
            # Hits and misses prove it, and another folder of knowledge is about the same field.
            trusts_guard=True,
            before_learning=before_learning,
        )
        finder = make_finder(knowledge.catalogue, words, spell)
    return understander, finder


def subjects_of(knowledge: Knowledge) -> tuple[Subject, ...]:
    """Return the answers as what the matcher can find."""
    return tuple(
        Subject(
            entry=answer.id,
            phrasings=(*answer.asks.zh, *answer.asks.en),
            titles=(answer.title.zh, answer.title.en),
            says=f"{answer.title.zh} / {answer.title.en} / {answer.text.zh} / {answer.text.en}",
            counterexamples=(*answer.counterexamples.zh, *answer.counterexamples.en),
            has_high_stakes=knowledge.topics[answer.topic].high_stakes,
        )
        for answer in knowledge.answers.values()
    )


@contextmanager
def _remembered_spelling(
    normaliser: Normaliser, cache: Cache, code: str
) -> Iterator[RememberingNormaliser]:
    """Yield a normaliser for what stays the same under one `code`, and keep what it finds out."""
    name = f"spellings-{code}.json"
    spell = RememberingNormaliser(normaliser, cache.load(name))
    yield spell
    if spell.has_learned:
        cache.keep(name, spell.keep())
