"""Loads what answers into a process that will stay small: it is learned in another one."""

from collections.abc import Callable
from contextlib import suppress

from bot.cache import Cache
from bot.live.learner import Learner, UnknownYet, refuse_to_learn
from bot.services import Brain, load_brain
from bot.settings import Settings


def load_small(settings: Settings, *, tell: Callable[[str], None]) -> Brain:
    """Return what `load_brain` does; what it took to learn it is not kept in memory.

    Where it can't be learned elsewhere, or be kept on disk, it is learned here after all.

    Raises:
        ConfigError: The knowledge folder is not there.
        KnowledgeError: The knowledge breaks a rule.
    """

    def tell_and_refuse(line: str) -> None:
        tell(line)
        refuse_to_learn()

    with suppress(UnknownYet):
        return load_brain(settings, tell=tell_and_refuse)
    cache = Cache(settings.cache_dir)
    learned = Learner().learn(settings.knowledge_dir, settings.cache_dir, (), gives_way=False)
    for name, content in learned.items():
        cache.keep(name, content)
    return load_brain(settings)
