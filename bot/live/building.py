"""Builds what answers from the knowledge files and what was added to them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cache import Cache, identify_code
from bot.learned import subjects_of
from bot.live.aside import CacheAside
from bot.live.learner import Learner, UnknownYet, refuse_to_learn
from bot.majors import names_of_majors
from intents import Normaliser, Understander
from knowledge import Amendment, Knowledge, load_knowledge, read_folder
from knowledge.amending import is_held

if TYPE_CHECKING:
    from bot.services import Brain


class Builder:
    """Builds a brain that knows more than the one it is given; takes seconds of one core."""

    def __init__(
        self,
        base: "Brain",
        *,
        folder: Path | None,
        cache_dir: Path,
        learns_aside_from: int = 2_000,
    ) -> None:
        """Build upon `base`, which answers from the files in `folder` alone.

        So many phrasings, or more, are learned in a process of their own.
        """
        self.base = base
        self._folder = folder
        self._cache = Cache(cache_dir)
        self._cache_dir = cache_dir
        self._learner = Learner()
        self._learns_aside_from = learns_aside_from
        self._code: str | None = None
        self._normaliser: Normaliser | None = None

    def cache_aside(self) -> CacheAside:
        """Return a cache for one build."""
        return CacheAside(self._cache)

    def find_held(self, amendments: Sequence[Amendment]) -> list[bool]:
        """Return for each amendment whether the files hold it already."""
        documents = read_folder(self._folder, cache=self._cache)
        data: dict[str, Any] = {name: one.data for name, one in documents.files.items()}
        return [is_held(data, one) for one in amendments]

    def check(self, amendments: Sequence[Amendment], cache: CacheAside) -> None:
        """Return when the files would still be sound with these amendments.

        Raises:
            KnowledgeError: They break a rule.
            SpliceError: There is no place for one of them.
        """
        self._load(amendments, cache)

    def build(self, amendments: Sequence[Amendment], cache: CacheAside) -> "Brain":
        """Return what answers from the files and these amendments.

        Raises:
            KnowledgeError: They break a rule.
            SpliceError: There is no place for one of them.
        """
        base = self.base
        if not amendments:
            return base
        knowledge = self._load(amendments, cache)
        understander = self._understand(knowledge, amendments, cache)
        # While it still loads, waiting here holds up nobody: this is a thread of its own.
        base.wait_for_meaning()
        if base.meaning is not None and base.meaning.encoder is not None:
            understander.use_meaning(base.meaning.encoder)
        return replace(base, knowledge=knowledge, understander=understander)

    def stop(self) -> None:
        """End what is being learned in another process, and learn nothing more there."""
        self._learner.stop()

    def _understand(
        self, knowledge: Knowledge, amendments: Sequence[Amendment], cache: CacheAside
    ) -> Understander:
        """Return what understands questions about the knowledge.

        Learning takes a core for seconds and much memory, so that is done in another process,
        unless there is so little that this would take longer.
        """
        subjects = subjects_of(knowledge)
        is_much = sum(len(one.phrasings) for one in subjects) >= self._learns_aside_from

        def understand(before_learning: Callable[[], None]) -> Understander:
            return Understander(
                subjects,
                words=self.base.words,
                normaliser=self._normalise,
                cache=cache,
                rules=self._rules,
                majors=names_of_majors(knowledge.catalogue),
                trusts_guard=True,
                before_learning=before_learning,
            )

        if is_much:
            with suppress(UnknownYet):
                return understand(refuse_to_learn)
            cache.hold(self._learner.learn(self._folder, self._cache_dir, amendments))
            if self._learner.is_stopped:
                raise BuildStopped
        return understand(lambda: None)

    def _load(self, amendments: Sequence[Amendment], cache: CacheAside) -> Knowledge:
        knowledge = load_knowledge(
            self._folder,
            normalise=self._normalise,
            cache=cache,
            rules=self._rules,
            amendments=amendments,
        )
        # Nobody adds majors: one catalogue in memory is enough.
        return replace(knowledge, catalogue=self.base.knowledge.catalogue)

    @property
    def _normalise(self) -> Normaliser:
        if self._normaliser is None:
            self._normaliser = Normaliser(self.base.words.fillers)
        return self._normaliser

    @property
    def _rules(self) -> str:
        if self._code is None:
            self._code = identify_code("knowledge", "intents")
        return self._code


class BuildStopped(Exception):  # noqa: N818 - no fault
    """The process ends; whatever would take long is not begun."""
