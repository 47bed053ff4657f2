"""A break of a rule about phrasings is named with file, line and key."""

import pytest

WORK = "answers/work.yaml"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("zh: [工资多少, ", "zh: [", "22: pay.asks.zh: needs at least 5 lines, has 4"),
        ("en: [what is the pay, ", "en: [", "23: pay.asks.en: needs at least 5 lines, has 4"),
        ("zh: [挣得多吗, ", "zh: [", "25: pay.hits.zh: needs at least 2 lines, has 1"),
        ("en: [do they pay well, ", "en: [", "26: pay.hits.en: needs at least 2 lines, has 1"),
        ("zh: [学费多少]", "zh: []", "28: pay.misses.zh: needs at least 1 lines, has 0"),
        ("en: [what is the fee]", "en: []", "29: pay.misses.en: needs at least 1 lines, has 0"),
    ],
)
def test_too_few_phrasings_are_named(folder, old, new, problem):
    folder.change(WORK, old, new)

    assert folder.problems() == [f"{WORK}:{problem}"]


@pytest.mark.parametrize("same", ["how many majors", "How many MAJORS?", "有多少专业？"])
def test_a_phrasing_of_two_entries_is_named(folder, same):
    folder.change(WORK, "is the pay good", same)

    assert folder.problems() == [
        f"{WORK}:23: pay.asks.en[1]: '{same}' is an ask of 'majors' already"
    ]


def test_a_phrasing_that_stands_twice_in_one_entry_is_named(folder):
    folder.change(WORK, "is the pay good", "Wages!")

    assert folder.problems() == [f"{WORK}:23: pay.asks.en[3]: 'wages' is an ask of 'pay' already"]


def test_a_phrasing_written_out_of_a_range_belongs_to_one_entry(folder):
    folder.change(WORK, "majors in all", "pay in year 2")

    assert folder.problems() == [
        f"{WORK}:23: pay.asks.en[4]: 'pay in year 2' is an ask of 'majors' already"
    ]


@pytest.mark.parametrize("empty", ["'?'", "'？。'"])
def test_a_phrasing_that_normalises_to_nothing_is_named(folder, empty):
    folder.change(WORK, "is the pay good", empty)

    assert folder.problems() == [
        f"{WORK}:23: pay.asks.en[1]: '{empty[1:-1]}' says nothing once fillers are gone"
    ]


@pytest.mark.parametrize(
    ("same", "owner"), [("wages", "pay"), ("Wages?", "pay"), ("how many majors", "majors")]
)
def test_a_hit_that_is_an_ask_already_is_named(folder, same, owner):
    folder.change(WORK, "monthly pay", same)

    assert folder.problems() == [
        f"{WORK}:26: pay.hits.en[1]: '{same}' is an ask of '{owner}', so it proves nothing"
    ]


def test_a_miss_that_is_an_ask_of_its_own_entry_is_named(folder):
    folder.change(WORK, "en: [what is the fee]", "en: [Pay in year 3?]")

    assert folder.problems() == [
        f"{WORK}:29: pay.misses.en[0]: 'Pay in year 3?' is an ask of 'pay', so it proves nothing"
    ]


@pytest.mark.parametrize(
    ("old", "key"),
    [
        ("is the pay good", "23: pay.asks.en[1]"),
        ("monthly pay", "26: pay.hits.en[1]"),
        ("what is the fee", "29: pay.misses.en[0]"),
    ],
)
@pytest.mark.parametrize(
    ("phrasing", "problem"),
    [
        ("year {1..}", "at most one range such as {1..6} is allowed: 'year {1..}'"),
        ("{1..2} of {1..6}", "at most one range such as {1..6} is allowed: '{1..2} of {1..6}'"),
        ("year {6..1}", "the range must run upwards, over at most 100: '{6..1}'"),
    ],
)
def test_a_malformed_range_is_named(folder, old, key, phrasing, problem):
    folder.change(WORK, old, f"'{phrasing}'")

    assert folder.problems() == [f"{WORK}:{key}: {problem}"]


@pytest.mark.parametrize(
    ("line", "others", "problem"),
    [
        (
            "What is the pay?",
            "en: [what is the fee]",
            "pay.counterexamples.en[0]: 'What is the pay?' is an ask of 'pay', so it is answered",
        ),
        (
            "do they pay well",
            "en: [what is the fee]",
            "pay.hits.en[0]: 'do they pay well' is a counterexample of 'pay' already",
        ),
        (
            "what is the fee",
            "en: [what is the fee]",
            "pay.misses.en[0]: 'what is the fee' is a counterexample of 'pay' already",
        ),
    ],
)
def test_a_counterexample_that_stands_elsewhere_in_its_entry_is_named(
    folder, line, others, problem
):
    folder.change(WORK, others, f"{others}\n  counterexamples: {{zh: [], en: ['{line}']}}")

    (found,) = folder.problems()
    assert found.split(": ", 1)[1] == problem


def test_a_counterexample_may_be_what_another_entry_answers(folder):
    folder.change(
        WORK,
        "en: [what is the fee]",
        "en: [what is the fee]\n  counterexamples: {zh: [], en: [how many majors, 'year {1..3}']}",
    )

    assert folder.load().answers["pay"].counterexamples.en == (
        "how many majors",
        "year 1",
        "year 2",
        "year 3",
    )
