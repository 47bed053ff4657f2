"""The knowledge that comes with the package keeps its promises."""

import re

import pytest

from intents import Normaliser, load_word_lists
from knowledge import load_knowledge

HANZI = re.compile(r"[\u3400-\u9fff]")
FEW = 0.1


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(normalise=Normaliser(load_word_lists().fillers))


def test_it_breaks_no_rule_and_holds_enough_to_be_useful(knowledge):
    assert len(knowledge.answers) >= 120


def test_every_topic_has_an_answer(knowledge):
    assert [topic for topic in knowledge.topics if not knowledge.answers_on(topic)] == []


def test_every_answer_is_written_in_both_languages(knowledge):
    for answer in knowledge.answers.values():
        for text in (answer.title, answer.text):
            assert HANZI.search(text.zh), answer.id
            assert re.search("[A-Za-z]", text.en), answer.id


def test_english_holds_chinese_names_at_most(knowledge):
    for answer in knowledge.answers.values():
        for text in (answer.title.en, answer.text.en):
            assert len(HANZI.findall(text)) <= FEW * len(text), answer.id


def test_no_reference_is_left_in_an_answer(knowledge):
    for answer in knowledge.answers.values():
        for text in (answer.title.zh, answer.title.en, answer.text.zh, answer.text.en):
            assert not set(text) & set("{}"), answer.id


def test_every_answer_cites_and_none_cites_a_claim_of_low_confidence(knowledge):
    for answer in knowledge.answers.values():
        assert answer.citations, answer.id
        assert "low" not in {one.claim.confidence for one in answer.citations}, answer.id


def test_every_claim_has_an_id_of_its_own_and_its_source(knowledge):
    held = [
        (claim_id, source.id) for source in knowledge.sources.values() for claim_id in source.claims
    ]

    assert len(held) == len(knowledge.claims)
    assert {(one.claim_id, one.source.id) for one in knowledge.claims.values()} == set(held)


def test_the_number_of_majors_is_the_newest_with_the_others_named(knowledge):
    answer = knowledge.answers["number-of-majors"]

    assert [one.claim_id for one in answer.citations] == ["cat-03", "cat-05", "series-06"]
    assert set(re.findall(r"[\d,]+\d", answer.text.en)) >= {"1,491", "27", "1,400"}
    assert set(re.findall(r"\d+", answer.text.zh)) >= {"1491", "27", "1400"}


def test_numbers_of_majors_from_different_sources_are_never_added_up(knowledge):
    text = knowledge.answers["number-of-majors"].text

    assert not re.search("1,?518", text.en + text.zh)


def test_every_answer_has_two_to_five_sentences_of_chinese(knowledge):
    """As much as a person reads on a phone; English may need one more."""
    counts = {
        answer.id: len(re.findall("[。！？]", answer.text.zh))
        for answer in knowledge.answers.values()
    }
    assert {entry: count for entry, count in counts.items() if not 2 <= count <= 5} == {}
