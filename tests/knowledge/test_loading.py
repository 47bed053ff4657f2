"""A knowledge folder that breaks no rule loads into answers with figures and citations."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge import KnowledgeError, Problem, load_knowledge

SIX_PROBLEMS = """\
6 problems in the knowledge:
  answers/work.yaml:3: majors.title.en: '1400' is typed; refer to a figure of a claim instead
  answers/work.yaml:14: majors.says.zh: takes a figure from 'press-01' without citing it
  answers/work.yaml:15: majors.says.en: takes a figure from 'press-01' without citing it
  answers/work.yaml:16: majors.cites[0]: 'press-02' has low confidence and is not published
  answers/work.yaml:35: pay.see_also[0]: no other entry is called 'fees'
  sources/spare.yaml:1: reserve.id: must stand in sources/reserve.yaml"""
FOUR_PROBLEMS = """\
4 problems in the knowledge:
  sources/bad.yaml:1: not valid YAML: mapping values are not allowed in this context
  sources/spare.yaml:1: spare.kind: is missing
  sources/spare.yaml:13: spare.claims.spare-01.figures.places: must be a bare number or an ISO date
  topics.yaml:3: Study.id: String should match pattern '^[a-z]+(_[a-z]+)*$'"""


def test_a_folder_that_breaks_no_rule_loads(folder):
    knowledge = folder.load()

    assert list(knowledge.topics) == ["work", "study"]
    assert list(knowledge.sources) == ["press", "spare"]
    assert list(knowledge.claims) == ["press-01", "press-02", "press-03", "spare-01"]
    assert list(knowledge.answers) == ["majors", "pay"]


def test_an_answer_has_its_figures_filled_in_as_its_language_writes_them(folder):
    answer = folder.load().answers["majors"]

    assert answer.text.zh == "截至2025年5月，专业有1400个。"
    assert answer.text.en == "In May 2025 there were 1,400 majors."


def test_a_title_may_take_a_figure(folder):
    folder.change("answers/work.yaml", "en: Number of majors", "en: 'Over {press-01.majors}'")

    assert folder.load().answers["majors"].title.en == "Over 1,400"


def test_an_answer_holds_its_citations_with_their_sources_main_one_first(folder):
    citations = folder.load().answers["pay"].citations

    assert [citation.claim_id for citation in citations] == ["press-01", "press-03"]
    assert citations[0].source.publisher.en == "Xinhuanet"
    assert citations[0].claim.at.zh == "第二段"
    assert citations[1].claim.at is None


def test_ranges_in_phrasings_are_written_out(folder):
    answer = folder.load().answers["pay"]

    assert answer.asks.en[-3:] == ("pay in year 1", "pay in year 2", "pay in year 3")
    assert answer.asks.in_("zh")[-1] == "第3年工资"


def test_what_may_be_left_out_is_empty(folder):
    knowledge = folder.load()

    assert knowledge.answers["majors"].see_also == ()
    assert knowledge.answers["majors"].gap is None
    assert knowledge.sources["spare"].url is None
    assert not knowledge.sources["press"].repost


def test_what_is_given_is_kept(folder):
    knowledge = folder.load()

    assert knowledge.answers["pay"].see_also == ("majors",)
    assert knowledge.answers["pay"].gap == "too_general"
    assert knowledge.sources["press"].url == "https://example.org/press"
    assert knowledge.sources["press"].published == "2025-05-11"


def test_a_claim_names_further_sources_that_state_it(folder):
    assert folder.load().claims["spare-01"].claim.also == ("press",)


def test_figures_are_exact(folder):
    assert folder.load().claims["press-01"].claim.figures == {
        "majors": 1400,
        "share": Decimal("5.5"),
        "opened": "2025-05-12",
    }


def test_a_year_alone_is_a_date(folder):
    knowledge = folder.load()

    assert knowledge.claims["spare-01"].claim.as_of == "2024"
    assert knowledge.sources["spare"].published == "2024"


def test_a_source_may_be_published_over_several_years(folder):
    folder.change("sources/spare.yaml", "published: 2024", "published: 2012-2019")

    assert folder.load().sources["spare"].published == "2012-2019"


def test_a_title_in_brackets_is_a_description(folder):
    sources = folder.load().sources

    assert sources["spare"].is_described
    assert not sources["press"].is_described


def test_answers_of_a_topic_come_in_the_order_they_are_written(folder):
    knowledge = folder.load()

    assert [answer.id for answer in knowledge.answers_on("work")] == ["majors", "pay"]
    assert knowledge.answers_on("study") == ()


def test_an_answer_is_due_on_the_day_after_its_review_date(folder):
    answer = folder.load().answers["majors"]

    assert not answer.is_due(date(2026, 12, 31))
    assert answer.is_due(date(2027, 1, 1))


def test_a_claim_of_low_confidence_may_be_held(folder):
    assert folder.load().claims["press-02"].claim.confidence == "low"


def test_a_miss_may_be_the_ask_of_another_entry(folder):
    folder.change("answers/work.yaml", "en: [what is the fee]", "en: [how many majors]")

    assert folder.load().answers["pay"].misses.en == ("how many majors",)


def test_all_breaks_are_reported_at_once_in_the_order_of_files_and_lines(folder):
    folder.change("sources/spare.yaml", "id: spare", "id: reserve")
    folder.change("answers/work.yaml", "en: Number of majors", "en: The 1400 majors")
    folder.change("answers/work.yaml", "cites: [press-01]", "cites: [press-02]")
    folder.change("answers/work.yaml", "see_also: [majors]", "see_also: [fees]")

    with pytest.raises(KnowledgeError) as caught:
        folder.load()

    assert str(caught.value) == SIX_PROBLEMS


def test_files_that_can_not_be_read_are_not_buried_under_what_is_missing_from_them(folder):
    folder.change("sources/spare.yaml", "kind: notice\n", "")
    folder.change("sources/spare.yaml", "places: 12", "places: a dozen")
    folder.write("sources/bad.yaml", "id: bad: worse")
    folder.change("topics.yaml", "id: study", "id: Study")
    folder.change("answers/work.yaml", "cites: [press-01]", "cites: [bad-01]")

    with pytest.raises(KnowledgeError) as caught:
        folder.load()

    assert str(caught.value) == FOUR_PROBLEMS


def test_what_does_not_depend_on_a_broken_file_is_checked_all_the_same(folder):
    folder.write("topics.yaml", "- id: work: play")
    folder.change("sources/spare.yaml", "id: spare", "id: reserve")

    assert [problem.partition(":")[0] for problem in folder.problems()] == [
        "sources/spare.yaml",
        "topics.yaml",
    ]


class Shelf(dict):
    """A cache in memory."""

    load = dict.get
    keep = dict.__setitem__


@pytest.fixture
def cache():
    return Shelf()


@pytest.fixture
def counted():
    """Return what normalises and keeps count of it."""

    def normalise(text):
        normalise.times += 1
        return text.casefold()

    normalise.times = 0
    return normalise


def test_files_that_passed_are_not_checked_again_by_the_same_rules(folder, cache, counted):
    first = load_knowledge(folder.path, normalise=counted, cache=cache, rules="1")
    assert counted.times > 0

    counted.times = 0
    assert load_knowledge(folder.path, normalise=counted, cache=cache, rules="1") == first
    assert counted.times == 0


@pytest.mark.parametrize("rules", ["2", None])
def test_files_that_passed_are_checked_again_by_other_rules(folder, cache, counted, rules):
    load_knowledge(folder.path, normalise=counted, cache=cache, rules="1")

    counted.times = 0
    load_knowledge(folder.path, normalise=counted, cache=cache, rules=rules)
    assert counted.times > 0


def test_changed_files_are_checked_again(folder, cache):
    folder.load(cache=cache, rules="1")
    folder.change("answers/work.yaml", "see_also: [majors]", "see_also: [fees]")

    for _ in range(2):
        assert len(folder.problems(cache=cache, rules="1")) == 1


def test_one_break_is_one_problem():
    error = KnowledgeError([Problem("topics.yaml", 3, "[1].id", "is missing")])

    assert str(error) == "1 problem in the knowledge:\n  topics.yaml:3: [1].id: is missing"
