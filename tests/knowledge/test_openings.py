"""An answer states a fact: who asked the other way round would misread a bare yes or no."""

import pytest

from knowledge.openings import bare_opening


@pytest.mark.parametrize(
    ("text", "language", "bare"),
    [
        ("不可以。学校不得这样做。", "zh", "不可以。"),
        ("能，要经考试。", "zh", "能，"),
        ("是的！", "zh", "是的！"),
        ("不一样；各省不同。", "zh", "不一样；"),
        ("Yes. By law they may.", "en", "Yes."),
        ("  NO, they may not.", "en", "NO,"),
        ("不可以不给钱。", "zh", None),
        ("有的省不一样。", "zh", None),
        ("钱要给，是的。", "zh", None),
        ("No school may refuse.", "en", None),
        ("Nobody, as a rule.", "en", None),
        ("Pay is due, yes.", "en", None),
        ("", "en", None),
    ],
)
def test_only_a_bare_yes_or_no_is_found(text, language, bare):
    assert bare_opening(text, language) == bare
