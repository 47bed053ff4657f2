"""What is added to the knowledge files changes nothing else in them, and loads like all else."""

import difflib
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge import Amendment, SpliceError, load_knowledge, read_folder
from knowledge.amending import amend, is_held, write_claim, write_entry, write_source
from knowledge.amending.splicing import add_claim, add_item, add_line
from knowledge.amending.writing import write_scalar
from knowledge.models import AnswerEntry, Claim, Localised, Phrasings, Source
from tests.knowledge.conftest import KnowledgeFolder

NOTHING = Phrasings(zh=(), en=())


def _entry(**values: object) -> AnswerEntry:
    usual: dict[str, object] = {
        "id": "wifi",
        "topic": "work",
        "live": True,
        "title": {"zh": "宿舍有网吗", "en": "Wifi: in the dormitory?"},
        "asks": {"zh": ["宿舍有没有网", "有wifi吗: 快不快"], "en": []},
        "hits": NOTHING,
        "misses": NOTHING,
        "counterexamples": {"zh": [], "en": ["wifi: how dear?"]},
        "says": {
            "zh": "据说有{press-09.n1}兆的网。",
            "en": "There is said to be a network of {press-09.n1} megabits, " + "as told " * 20,
        },
        "cites": ["press-09"],
        "review_by": "2027-03-01",
    }
    return AnswerEntry.model_validate(usual | values)


CLAIM = Claim(
    says=Localised(zh="有100兆的网。", en="There is a network: 100 megabits."),
    as_of="2026-03",
    confidence="high",
    figures={"n1": 100, "day": "2026-03-01"},
)
SOURCE = Source(
    id="leaflet",
    kind="notice",
    title=Localised(zh="[通知]: 宿舍", en="[notice]: dormitory # 1"),
    publisher=Localised(zh="学校", en="The school"),
    published="2026",
    url="https://example.org/a?b=1#c",
    language="zh",
    reliability="official",
    claims={"press-09": CLAIM},
)


def _additions(old: str, new: str) -> list[str]:
    """Return the lines that came in; none may have gone."""
    diff = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    assert [line for line in diff if line.startswith("- ")] == []
    return [line[2:] for line in diff if line.startswith("+ ")]


def test_what_is_written_is_read_as_the_same() -> None:
    entry = _entry()
    assert AnswerEntry.model_validate(yaml.safe_load(write_entry(entry))[0]).model_dump() == {
        **entry.model_dump(),
        "says": {
            "zh": entry.says.zh,
            "en": " ".join(entry.says.en.split()),
        },
    }
    assert Source.model_validate(yaml.safe_load(write_source(SOURCE))) == SOURCE


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_any_text_can_stand_in_a_list(text: str) -> None:
    written = write_scalar(text)
    assert yaml.safe_load(f"a: [{written}, b]\nc:\n  - {written}\n") == {
        "a": [text, "b"],
        "c": [text],
    }


def test_an_entry_that_lacks_a_language_shows_the_other_one() -> None:
    entry = _entry(lacks="en", title={"zh": "宿舍"}, says={"zh": "有。"}, cites=["press-01"])
    assert (entry.title.en, entry.says.en) == ("宿舍", "有。")
    written = write_entry(entry)
    assert "lacks: en" in written
    assert "en: 宿舍" not in written
    assert AnswerEntry.model_validate(yaml.safe_load(written)[0]) == entry


BLOCK = """\
# A comment at the top.
- id: one
  asks:
    zh:
      - 一
      - 二

      # about both
    en:
      - one
  title: x
- id: two
  asks: {zh: [一, '二'], en: []}
"""


def test_a_phrasing_is_one_new_line_in_a_list_of_lines() -> None:
    assert _additions(BLOCK, add_line(BLOCK, "one", "asks", "zh", "三: 四")) == ["      - '三: 四'"]
    assert _additions(BLOCK, add_line(BLOCK, "one", "asks", "en", "yes")) == ["      - 'yes'"]
    data = yaml.safe_load(add_line(BLOCK, "one", "asks", "zh", "三"))
    assert data[0]["asks"] == {"zh": ["一", "二", "三"], "en": ["one"]}


def test_a_phrasing_stands_last_in_a_list_in_one_line() -> None:
    data = yaml.safe_load(add_line(BLOCK, "two", "asks", "zh", "a, b"))
    assert data[1]["asks"] == {"zh": ["一", "二", "a, b"], "en": []}
    data = yaml.safe_load(add_line(BLOCK, "two", "asks", "en", "no"))
    assert data[1]["asks"] == {"zh": ["一", "二"], "en": ["no"]}


@pytest.mark.parametrize(
    ("text", "entry", "name", "language"),
    [
        (BLOCK, "three", "asks", "zh"),
        (BLOCK, "one", "asks", "fr"),
        ("a: b", "a", "asks", "zh"),
        (BLOCK, "one", "counterexamples", "fr"),
        ("[{id: one, asks: {zh: [], en: []}}]", "one", "counterexamples", "zh"),
        ("- id: one\n", "one", "counterexamples", "zh"),
    ],
)
def test_a_line_without_a_place_is_refused(text: str, entry: str, name: str, language: str) -> None:
    with pytest.raises(SpliceError):
        add_line(text, entry, name, language, "x")


def test_the_first_counterexample_brings_its_key_the_next_stands_below_it() -> None:
    once = add_line(BLOCK, "one", "counterexamples", "en", "two: three")
    assert _additions(BLOCK, once) == [
        "  counterexamples:",
        "    zh: []",
        "    en:",
        "      - 'two: three'",
    ]
    twice = add_line(once, "one", "counterexamples", "en", "four")
    assert _additions(once, twice) == ["      - four"]
    both = yaml.safe_load(add_line(twice, "one", "counterexamples", "zh", "四"))
    assert both[0]["counterexamples"] == {"zh": ["四"], "en": ["two: three", "four"]}
    assert both[1] == yaml.safe_load(BLOCK)[1]
    data = yaml.safe_load(add_line(BLOCK, "two", "counterexamples", "zh", "五"))
    assert data[1]["counterexamples"] == {"zh": ["五"], "en": []}


CLAIMS = """\
id: x
claims:
  x-01:
    says: >-
      # no comment

  # a comment
note: y
"""


def test_a_claim_stands_below_the_last_one() -> None:
    written = write_claim("x-02", CLAIM)
    text = add_claim(CLAIMS, written)
    assert _additions(CLAIMS, text) == written.splitlines()
    assert list(yaml.safe_load(text)["claims"]) == ["x-01", "x-02"]
    assert yaml.safe_load(text)["claims"]["x-01"] == {"says": "# no comment"}


@pytest.mark.parametrize(
    "text", ["id: x\nclaims: {}\n", "claims: {}", "claims: {}  # none\nid: x\n"]
)
def test_a_claim_can_be_the_first(text: str) -> None:
    assert list(yaml.safe_load(add_claim(text, write_claim("x-01", CLAIM)))["claims"]) == ["x-01"]


@pytest.mark.parametrize("text", ["id: x\n", "claims: {a: b}\n", "- x\n", "claims: [\n"])
def test_a_claim_without_a_place_is_refused(text: str) -> None:
    with pytest.raises(SpliceError):
        add_claim(text, write_claim("x-01", CLAIM))


@pytest.mark.parametrize("text", ["- id: a\n", "- id: a", "- id: a\n\n- id: b\n", ""])
def test_an_entry_stands_at_the_end(text: str) -> None:
    old = yaml.safe_load(text) or []
    assert yaml.safe_load(add_item(text, "- id: c\n")) == [*old, {"id": "c"}]


def test_an_entry_does_not_fit_into_what_is_no_list() -> None:
    with pytest.raises(SpliceError):
        add_item("a: b\n", "- id: c\n")


AMENDMENTS = (
    Amendment(kind="source", target="leaflet", content=write_source(SOURCE)),
    Amendment(
        kind="claim",
        target="press",
        content=write_claim("press-10", CLAIM),
    ),
    Amendment(
        kind="entry", target="wifi", content=write_entry(_entry(cites=["press-09", "press-10"]))
    ),
    Amendment(kind="phrasing", target="wifi", language="en", content="is there wifi"),
    Amendment(kind="counterexample", target="wifi", language="en", content="who pays for wifi"),
)


@pytest.fixture
def place(folder: KnowledgeFolder) -> Path:
    return folder.path


def test_what_is_amended_is_what_the_files_say_once_it_stands_there(place: Path) -> None:
    """To the version, so that nothing needs to be learned anew."""
    live = load_knowledge(place, normalise=str.lower, amendments=AMENDMENTS)
    assert live.answers["wifi"].text.zh == "据说有100兆的网。"
    assert live.answers["wifi"].asks.en == ("is there wifi",)
    assert live.answers["wifi"].counterexamples.en[-1] == "who pays for wifi"
    assert live.answers["wifi"].review_by == date(2027, 3, 1)
    assert live.version != load_knowledge(place, normalise=str.lower).version

    texts = {name: one.text for name, one in read_folder(place).files.items()}
    for name, text in amend(texts, AMENDMENTS).items():
        (place / name).write_text(text, encoding="utf-8")
    assert load_knowledge(place, normalise=str.lower) == live
    data = {name: one.data for name, one in read_folder(place).files.items()}
    assert [is_held(data, one) for one in AMENDMENTS] == [True] * len(AMENDMENTS)


def test_nothing_is_held_before_it_stands_there(place: Path) -> None:
    data = {name: one.data for name, one in read_folder(place).files.items()}
    assert [is_held(data, one) for one in AMENDMENTS] == [False] * len(AMENDMENTS)


@pytest.mark.parametrize("kind", ["phrasing", "counterexample"])
def test_real_files_take_a_claim_and_a_line_byte_for_byte(
    kind: Literal["phrasing", "counterexample"],
) -> None:
    """Every file of the knowledge that comes with the package, and nothing but new lines in it."""
    documents = read_folder()
    for name, document in documents.files.items():
        if name.startswith("sources/"):
            source = name.removeprefix("sources/").removesuffix(".yaml")
            one = Amendment(kind="claim", target=source, content=write_claim("zz-01", CLAIM))
        elif name.startswith("answers/"):
            last = document.data[-1]["id"]
            one = Amendment(kind=kind, target=last, language="zh", content="全新的问法")
        else:
            continue
        (changed,) = amend({name: document.text}, [one]).values()
        assert is_held({name: yaml.safe_load(changed)}, one)
        gone = set(document.text.splitlines()) - set(changed.splitlines())
        assert gone <= {"claims: {}"}
