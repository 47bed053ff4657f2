"""What the benchmarks ask is made the same way every time, and is what it is called."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
ENGLISH = [
    (f"{animal}s", f"{question} {animal}")
    for animal in ("otter", "heron", "badger")
    for question in ("where lives the", "what eats the", "how old is a")
]
CHINESE = [
    (animal, f"{animal}{question}")
    for animal in ("水獭", "苍鹭", "獾子")
    for question in ("住在哪里", "吃什么东西", "能活多少年")
]


@pytest.fixture(scope="module")
def parts() -> Iterator[dict[str, ModuleType]]:
    """Return the modules that make noise and large sets; they import each other as scripts do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield {name: importlib.import_module(f"compared.{name}") for name in ("growing", "noise")}


@given(text=st.text(alphabet="abc 水獭吃鱼?", max_size=12), seed=st.integers(0, 99))
def test_a_slip_is_one_edit(text: str, seed: int, parts: dict[str, ModuleType]) -> None:
    for change in (parts["noise"].edit, parts["noise"].drop_space, parts["noise"].swap):
        changed = change(text, Random(seed))  # noqa: S311 - not for secrets
        assert OSA.distance(text, changed) <= 1
        assert changed == change(text, Random(seed))  # noqa: S311 - not for secrets


def test_other_noise_does_what_it_is_called(parts: dict[str, ModuleType]) -> None:
    random = Random(1)  # noqa: S311 - not for secrets
    latin, chinese = parts["noise"].LATIN, parts["noise"].CHINESE
    assert latin["no punctuation"]("what's up, doc?", random) == "whats up doc"
    assert latin["full-width"]("ab c", random) == "ａｂ\u3000ｃ"
    assert latin["all caps"]("otter", random) == "OTTER"
    assert chinese["traditional"]("学费", random) == "學費"
    assert chinese["politely wrapped"]("学费多少", random).startswith("老师您好，请问一下学费多少")


@pytest.mark.parametrize("lines", [ENGLISH, CHINESE])
@pytest.mark.parametrize(("way", "grows"), [("more_phrasings", False), ("more_entries", True)])
def test_a_set_grows_to_any_size_with_what_it_was_in_it(
    lines: list[tuple[str, str]], way: str, parts: dict[str, ModuleType], *, grows: bool
) -> None:
    grow = getattr(parts["growing"], way)
    grown = grow(lines, 300)
    assert grown[: len(lines)] == lines
    assert len(grown) == len(set(grown)) == 300
    assert grown == grow(lines, 300)
    labels = {label for label, _ in grown}
    assert (len(labels) > 3) == grows
    assert {label for label, _ in lines} <= labels
