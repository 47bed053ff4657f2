"""What phrasings mean is seen through a lens that is ground from how they stray."""

from collections.abc import Sequence

import numpy as np

from intents.evidence.sense import make_sense


class Drawn:
    """Draws each text as a vector that stands in it: its mood is large, its matter small."""

    name = "drawn"
    dimensions = 3

    def encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        rows = np.array([[float(part) for part in text.split()] for text in texts], np.float32)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


MOODS = (-3.0, -1.0, 1.0, 3.0)
# Two entries, apart in the first direction; in the second their phrasings stray.
TEXTS = [f"{matter} {mood} 4" for matter in (0.5, -0.5) for mood in MOODS]


def test_what_differs_within_an_entry_weighs_little_between_entries() -> None:
    encoder = Drawn()
    sense = make_sense(encoder, TEXTS, np.array([0, 4, 8]), encoder.encode)
    plain = sense.phrasings.reshape(2, 4, 3).mean(axis=1) @ sense.encode("0.3 3 4")
    near, far = sense.whole(sense.encode("0.3 3 4")).tolist()
    assert near - far > 3 * float(plain[0] - plain[1]) > 0


def test_an_entry_is_seen_as_if_it_lacked_a_phrasing() -> None:
    encoder = Drawn()
    sense = make_sense(encoder, TEXTS, np.array([0, 4, 8]), encoder.encode)
    others = make_sense(encoder, [*TEXTS[1:4], *TEXTS[4:]], np.array([0, 3, 7]), encoder.encode)
    asked = sense.phrasings[0]
    without = sense.whole_without(asked, 0, 4, 0)
    assert without < sense.whole(asked)[0]
    # The lens is still the one ground with it.
    assert abs(without - others.whole(asked)[0]) < 0.2


def test_an_entry_of_one_phrasing_can_lack_it() -> None:
    encoder = Drawn()
    sense = make_sense(encoder, ["1 0 0", "0 1 0"], np.array([0, 1, 2]), encoder.encode)
    assert -1 <= sense.whole_without(sense.phrasings[0], 0, 1, 0) <= 1
