"""Counts majors by edition against what sources say of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from knowledge.catalogue.models import CountKey, EditionEntry, EditionsFile, Level
from knowledge.catalogue.reading import PlacedMajor
from knowledge.errors import Problem
from knowledge.models import Claim
from knowledge.reading import Placed


def figure_in(claims: Mapping[str, Claim], reference: str) -> int | None:
    """Return the whole number that `reference` (`cat-03.total`) means, or None without one."""
    claim_id, _, name = reference.partition(".")
    figure = claims[claim_id].figures.get(name) if claim_id in claims else None
    return figure if isinstance(figure, int) else None


def check_counts(
    majors: Sequence[PlacedMajor], editions: Placed[EditionsFile], claims: Mapping[str, Claim]
) -> Iterator[Problem]:
    """Yield every count of majors that disagrees with the figure it is held against.

    An edition's `holds` counts the majors up to it; `adds` those of that edition, where editions
    over several years may hold some more of them.
    """
    tally = Counter((one.placed.value.edition, one.level) for one in majors)
    for edition, entry in editions.value.editions.items():
        for part, references in (("adds", entry.adds), ("holds", entry.holds)):
            for key, reference in references.items():
                said = figure_in(claims, reference)
                wrong = (
                    f"no claim has the figure '{reference}'"
                    if said is None
                    else _compare(said, reference, _held(tally, key, edition, entry, part))
                )
                if wrong:
                    yield editions.problem(wrong, "editions", edition, part, key)


def _held(
    tally: Counter[tuple[str, Level]], key: CountKey, edition: str, entry: EditionEntry, part: str
) -> tuple[int, float]:
    """Return how many majors the files hold at least and at most."""
    first, last = ("0000" if part == "holds" else edition[:4]), edition[-4:]
    least = most = 0
    for (other, level), count in tally.items():
        if key in ("total", level):
            least += count if first <= other[:4] and other[-4:] <= last else 0
            most += count if first <= other[-4:] and other[:4] <= last else 0
    if part == "holds":
        return least, least
    return least, float("inf") if entry.partly_held else most


def _compare(said: int, reference: str, held: tuple[int, float]) -> str | None:
    least, most = held
    if least <= said <= most:
        return None
    amount = str(least) if most in (least, float("inf")) else f"{least} to {most}"
    return f"{reference} is {said}, but the files hold {amount}"
