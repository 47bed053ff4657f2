"""The editions of the catalogue hold what their sources say, or the line is named."""

import pytest

EDITIONS = "majors/editions.yaml"


def test_majors_without_editions_are_named(folder):
    (folder.path / EDITIONS).unlink()

    assert folder.problems() == [f"{EDITIONS}: the file is missing"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "[register, supplement]",
            "[register, radio]",
            "7: editions.2022-2024.sources[1]: unknown source 'radio'",
        ),
        ("profiles: profiles", "profiles: radio", "15: profiles: unknown source 'radio'"),
        (
            "'2024'",
            "'24'",
            "9: editions.24: must be a year or a range of years, in quotes: '2024' or '2022-2024'",
        ),
    ],
)
def test_a_break_in_the_editions_is_named(folder, old, new, problem):
    folder.change(EDITIONS, old, new)

    assert f"{EDITIONS}:{problem}" in folder.problems()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "diploma: reg-01.diploma",
            "diploma: reg-09.diploma",
            "5: editions.2021.holds.diploma: no claim has the figure 'reg-09.diploma'",
        ),
        (
            "secondary: reg-02.secondary",
            "secondary: reg-02.share",
            "10: editions.2024.adds.secondary: no claim has the figure 'reg-02.share'",
        ),
        (
            "total: reg-01.total",
            "total: reg-03.all",
            "5: editions.2021.holds.total: reg-03.all is 9, but the files hold 6",
        ),
        (
            "total: reg-02.total",
            "total: reg-01.total",
            "10: editions.2024.adds.total: reg-01.total is 6, but the files hold 1 to 2",
        ),
    ],
)
def test_a_count_that_disagrees_with_its_claim_is_named(folder, old, new, problem):
    folder.change(EDITIONS, old, new)

    assert folder.problems() == [f"{EDITIONS}:{problem}"]


def test_a_year_that_announced_more_than_is_held_is_named(folder):
    folder.change(
        EDITIONS,
        "    partly_held: true\n    adds: {total: reg-03.total}",
        "    adds: {total: reg-03.total}",
    )

    assert folder.problems() == [
        f"{EDITIONS}:13: editions.2026.adds.total: reg-03.total is 3, but the files hold 1"
    ]


def test_a_partly_held_edition_holds_no_more_than_was_announced(folder):
    folder.change(EDITIONS, "total: reg-03.total", "bachelor: reg-01.bachelor, total: reg-02.share")
    folder.change("sources/register.yaml", "share: 0.5", "share: 0")

    assert folder.problems() == [
        f"{EDITIONS}:14: editions.2026.adds.total: reg-02.share is 0, but the files hold 1"
    ]
