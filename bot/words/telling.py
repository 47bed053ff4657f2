"""Says who of a gap was told of its answer, and whom nobody can be sure of."""

from collections.abc import Callable, Iterator

from storage.editing import Told


def tell_told(told: Told, say: Callable[..., str]) -> Iterator[str]:
    """Yield one line, and another one where it is not known of some whether they were told."""
    yield say(
        "editing.gap.told", told=told.told, waiting=told.waiting, unreachable=told.unreachable
    )
    if told.unsure:
        yield say("editing.gap.unsure", count=told.unsure)
