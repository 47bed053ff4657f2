"""The card of a major: everything known, nothing invented, on one phone screen."""

from collections.abc import Callable

import pytest

from bot.reply import Reply
from intents import Language
from knowledge.catalogue import Catalogue, Major

Show = Callable[..., Reply | None]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _card(show: Show, major: Major, language: Language) -> str:
    reply = show(f"major:{major.code}", language)
    assert reply is not None
    assert reply.entry == f"major:{major.code}"
    return reply.text


def _first(catalogue: Catalogue, fits: Callable[[Major], object]) -> Major:
    return next(major for major in catalogue.majors.values() if fits(major))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_can_be_shown_and_fits_a_screen(
    language: Language, show: Show, catalogue: Catalogue
) -> None:
    for major in catalogue.majors.values():
        text = _card(show, major, language)
        assert major.official_code in text
        assert len(text) < 1200


def test_a_card_cites_its_entry(show: Show, catalogue: Catalogue) -> None:
    for major in list(catalogue.majors.values())[::50]:
        reply = show(f"major:{major.code}")
        assert reply is not None
        assert reply.citations
        assert {cited.claim for cited in reply.citations} == {reply.entry}


@pytest.mark.parametrize(("language", "words"), [("zh", "国家控制"), ("en", "state-controlled")])
def test_the_k_is_explained_where_it_stands_and_only_there(
    language: Language, words: str, show: Show, catalogue: Catalogue
) -> None:
    marked = _first(catalogue, lambda major: major.is_state_controlled)
    plain = _first(catalogue, lambda major: not major.is_state_controlled)
    assert _card(show, marked, language).count(words) == 1
    assert words not in _card(show, plain, language)


@pytest.mark.parametrize(("language", "words"), [("zh", "译名"), ("en", "translations")])
def test_english_names_are_called_translations_once(
    language: Language, words: str, show: Show, catalogue: Catalogue
) -> None:
    for major in list(catalogue.majors.values())[::100]:
        assert _card(show, major, language).count(words) == 1


def test_what_is_unknown_has_no_line(show: Show, catalogue: Catalogue) -> None:
    bare = _first(catalogue, lambda major: not major.has_profile)
    text = _card(show, bare, "zh")
    assert f"{bare.official_code}；" not in text
    assert "职业：" not in text


def test_what_continues_a_major_and_its_class_one_level_up_are_told_apart(
    show: Show, catalogue: Catalogue
) -> None:
    official = _first(catalogue, lambda major: major.continues.diploma)
    text = _card(show, official, "zh")
    assert f"接续：高职专科的{official.continues.diploma[0]}" in text
    assert "上一层次同类：高职专科的" in text
    unknown = _first(
        catalogue,
        lambda major: not catalogue.continuations(major) and catalogue.next_level(major),
    )
    text = _card(show, unknown, "zh")
    assert "接续：" not in text
    assert "上一层次同类：" in text
    assert catalogue.next_level(unknown)[0].name.zh in text


def test_a_continuation_that_the_catalogue_lacks_is_marked(
    show: Show, catalogue: Catalogue
) -> None:
    lacking = "建筑材料智能生产技术"
    major = _first(catalogue, lambda one: lacking in one.continues.vocational_bachelor)
    assert f"{lacking}（目录中未见）" in _card(show, major, "zh")


def test_an_addition_says_when_it_was_added(show: Show, catalogue: Catalogue) -> None:
    added = _first(catalogue, lambda one: one.is_addition and one.edition.first == one.edition.last)
    assert f"{added.edition.first}年增补" in _card(show, added, "zh")
    assert f"added in {added.edition.first}" in _card(show, added, "en")


def test_a_card_leads_to_its_class_and_category(show: Show) -> None:
    reply = show("major:520201")
    assert reply is not None
    assert {"class:5202", "category:52"} <= {one.entry for one in reply.menu}
