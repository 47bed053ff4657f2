"""A break of a rule between entries is named with file, line and key."""

import pytest

WORK = "answers/work.yaml"
SPARE = "sources/spare.yaml"
SAYS = {
    "zh": (31, "zh: 有1+X证书的高{press-01.share}%。"),
    "en": (32, "en: With a 1+X certificate it is {press-01.share}% more."),
}
FORMATS = "number, plain, million, wan, ordinal, year, date, month, day"


def test_an_entry_on_an_unknown_topic_is_named(folder):
    folder.change(WORK, "- id: pay\n  topic: work", "- id: pay\n  topic: money")

    assert folder.problems() == [f"{WORK}:19: pay.topic: unknown topic 'money' (see topics.yaml)"]


def test_an_entry_in_the_file_of_another_topic_is_named(folder):
    folder.change(WORK, "- id: pay\n  topic: work", "- id: pay\n  topic: study")

    assert folder.problems() == [f"{WORK}:19: pay.topic: must stand in answers/study.yaml"]


def test_a_second_topic_of_the_same_id_is_named(folder):
    folder.append("topics.yaml", "- id: work\n  title: {zh: 工作, en: Jobs}\n")

    assert folder.problems() == ["topics.yaml:5: work.id: the id 'work' stands in topics.yaml too"]


def test_a_second_entry_of_the_same_id_is_named(folder):
    folder.change(WORK, "id: pay", "id: majors")
    folder.change(WORK, "  see_also: [majors]\n", "")

    assert folder.problems() == [f"{WORK}:18: majors.id: the id 'majors' stands in {WORK} too"]


def test_a_source_in_a_file_of_another_name_is_named(folder):
    folder.change(SPARE, "id: spare", "id: reserve")

    assert folder.problems() == [f"{SPARE}:1: reserve.id: must stand in sources/reserve.yaml"]


def test_a_second_source_of_the_same_id_is_named(folder):
    folder.change(SPARE, "id: spare", "id: press")

    assert folder.problems() == [
        f"{SPARE}:1: press.id: must stand in sources/press.yaml",
        f"{SPARE}:1: press.id: the id 'press' stands in sources/press.yaml too",
    ]


def test_a_second_claim_of_the_same_id_in_another_source_is_named(folder):
    folder.change(SPARE, "  spare-01:\n", "  press-02:\n")

    assert folder.problems() == [
        f"{SPARE}:10: spare.claims.press-02: the claim stands in sources/press.yaml too"
    ]


def test_a_second_claim_of_the_same_id_in_one_source_is_named(folder):
    folder.append(SPARE, "  spare-01: {}\n")

    assert folder.problems() == [f"{SPARE}:17: not valid YAML: the key 'spare-01' stands twice"]


def test_an_unknown_further_source_is_named(folder):
    folder.change(SPARE, "also: [press]", "also: [press, radio]")

    assert folder.problems() == [
        f"{SPARE}:12: spare.claims.spare-01.also[1]: unknown source 'radio'"
    ]


@pytest.mark.parametrize(
    ("cites", "problem"),
    [
        ("press-01, spare-09", "pay.cites[1]: unknown claim 'spare-09'"),
        (
            "press-01, press-02",
            "pay.cites[1]: 'press-02' has low confidence and is not published",
        ),
        ("press-01, press-03, press-01", "pay.cites[2]: 'press-01' is cited twice"),
        ("press-01, press", "pay.cites[1]: unknown claim 'press'"),
    ],
)
def test_a_claim_that_must_not_be_cited_is_named(folder, cites, problem):
    folder.change(WORK, "cites: [press-01, press-03]", f"cites: [{cites}]")

    assert folder.problems() == [f"{WORK}:33: {problem}"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("digits", ["7", "2025", "２０２５", "⑦", "⑩", "㊿", "½", "m²", "٣", "3+5"])
def test_a_digit_typed_into_a_text_is_named(folder, digits, language):
    line, old = SAYS[language]
    folder.change(WORK, old, f"{old} {digits} ")

    typed = f"'{digits}' is typed; refer to a figure of a claim instead"
    assert folder.problems() == [f"{WORK}:{line}: pay.says.{language}: {typed}"]


@pytest.mark.parametrize(("old", "language"), [("zh: 工资,", "zh"), ("en: Pay}", "en")])
@pytest.mark.parametrize("digit", ["7", "７", "⑦"])
def test_a_digit_typed_into_a_title_is_named(folder, digit, old, language):
    folder.change(WORK, old, f"{old[:-1]} {digit}{old[-1]}")

    assert folder.problems() == [
        f"{WORK}:20: pay.title.{language}: '{digit}' is typed; refer to a figure of a claim instead"
    ]


@pytest.mark.parametrize(
    "text", ["1+X", "3+2", "1+X3+2", "一百万", "十二", "two or three", "二〇二五"]
)
def test_terms_and_numbers_in_words_may_be_typed(folder, text):
    folder.change(WORK, "en: With", f"en: {text}. With")

    assert text in folder.load().answers["pay"].text.en


@pytest.mark.parametrize("text", ["11+X", "3+24", "1+x"])
def test_a_term_inside_a_longer_number_does_not_hide_its_digits(folder, text):
    folder.change(WORK, "en: With", f"en: {text}. With")

    (problem,) = folder.problems()

    assert "is typed" in problem


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        (
            "{press-09.majors}",
            "{press-09.majors}: unknown claim 'press-09'",
        ),
        (
            "{press-01.minors}",
            "{press-01.minors}: 'press-01' has no figure 'minors'",
        ),
        (
            "{press-01.majors:roman}",
            f"{{press-01.majors:roman}}: unknown format 'roman' (known: {FORMATS})",
        ),
        (
            "{press-01.majors:date}",
            "{press-01.majors:date}: needs a date, not 1400",
        ),
        (
            "{press-01.opened}",
            "{press-01.opened}: needs a number, not the date 2025-05-12",
        ),
        (
            "{press-01.share:ordinal}",
            "{press-01.share:ordinal}: needs a whole number, not 5.5",
        ),
        (
            "{press-01.share:year}",
            "{press-01.share:year}: needs a date, not 5.5",
        ),
        (
            "{press-01.as_of:day}",
            "{press-01.as_of:day}: needs a whole date, not 2025-05",
        ),
        (
            "{press}",
            "not a reference of the form {claim.figure:format}: '{press}'",
        ),
        (
            "{press.majors",
            "not a reference of the form {claim.figure:format}: '{press.majors'",
        ),
        (
            "{press.majors:}",
            "not a reference of the form {claim.figure:format}: '{press.majors:}'",
        ),
        (
            "{{press-01.majors}}",
            "not a reference of the form {claim.figure:format}: '{}'",
        ),
        (
            "}",
            "not a reference of the form {claim.figure:format}: '}'",
        ),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reference_that_can_not_be_followed_is_named(folder, reference, problem, language):
    line, old = SAYS[language]
    folder.change(WORK, old, f"{language}: 'So {reference} it is'")

    assert folder.problems() == [f"{WORK}:{line}: pay.says.{language}: {problem}"]


def test_a_reference_in_a_title_that_can_not_be_followed_is_named(folder):
    folder.change(WORK, "en: Pay}", "en: 'Pay {press-01.opened}'}")

    assert folder.problems() == [
        f"{WORK}:20: pay.title.en: {{press-01.opened}}: needs a number, not the date 2025-05-12"
    ]


def test_a_figure_of_a_claim_that_is_not_cited_is_named(folder):
    folder.change(WORK, "cites: [press-01, press-03]", "cites: [press-03]")

    assert folder.problems() == [
        f"{WORK}:31: pay.says.zh: takes a figure from 'press-01' without citing it",
        f"{WORK}:32: pay.says.en: takes a figure from 'press-01' without citing it",
    ]


def test_a_text_that_opens_with_a_bare_yes_or_no_is_named(folder):
    line, old = SAYS["zh"]
    folder.change(WORK, old, old.replace("zh: ", "zh: 不可以。"))

    bare = "opens with a bare '不可以。'; state the fact, as people ask either way round"
    assert folder.problems() == [f"{WORK}:{line}: pay.says.zh: {bare}"]


@pytest.mark.parametrize("other", ["fees", "pay"])
def test_a_pointer_to_no_other_entry_is_named(folder, other):
    folder.change(WORK, "see_also: [majors]", f"see_also: [majors, {other}]")

    assert folder.problems() == [f"{WORK}:35: pay.see_also[1]: no other entry is called '{other}'"]
