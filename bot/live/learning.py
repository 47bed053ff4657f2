"""Learns amended knowledge, as a process of its own: told what by standard input.

It leaves what it has learned as files in a folder that it is told, and says nothing.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from bot.cache import Cache, identify_code
from bot.learned import learn_knowledge
from bot.live.aside import CacheAside
from intents import Normaliser, load_word_lists
from knowledge import Amendment, load_knowledge

# Whoever asks goes first.
_NICENESS = 10


def learn(wish: dict[str, Any]) -> None:
    """Do what the learner has asked for."""
    cache = CacheAside(Cache(Path(wish["cache_dir"])))
    code = identify_code("knowledge", "intents")
    words = load_word_lists(cache=cache, code=code)
    normaliser = Normaliser(words.fillers)
    folder = wish["folder"]
    knowledge = load_knowledge(
        None if folder is None else Path(folder),
        normalise=normaliser,
        cache=cache,
        rules=code,
        amendments=[Amendment(**one) for one in wish["amendments"]],
    )
    learn_knowledge(knowledge, words, normaliser, cache=cache, code=code)
    for name, content in cache.held.items():
        (Path(wish["out"]) / name).write_bytes(content)


if __name__ == "__main__":
    told = json.load(sys.stdin)
    if told["gives_way"]:
        os.nice(_NICENESS)
    learn(told)
