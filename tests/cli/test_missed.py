"""`voced missed`: what waits for an editor, as a table, as JSON, for a spreadsheet."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from bot.cli.missed.exporting import as_csv
from storage.editing import Gap

pytestmark = pytest.mark.usefixtures("database")

Voced = Callable[..., Result]
Remember = Callable[..., None]

APPRENTICES, CANTEEN, SNOW = "学徒制是什么", "食堂好吃吗", "下雪了要不要上学"
KEYS = ["gap", "text", "count", "people", "languages", "first", "last", "reason", "nearest"]


def test_nothing_waits(voced: Voced) -> None:
    """It is said on standard error; the output is empty and there is no fault."""
    result = voced("missed", "list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No question waits for an editor.\n"
    assert voced("missed", "list", "--json").stdout == ""
    assert voced("missed", "export", "--format", "json").stdout == "[]\n"
    assert voced("missed", "export").stdout == ",".join(KEYS) + "\n"


def test_the_list_as_a_table(
    voced: Voced, remember: Remember, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line for each gap, with how often it was asked, when, and why it was missed."""
    monkeypatch.setenv("COLUMNS", "120")
    remember("学徒制 [green]是什么", "学徒制 [green]是什么？")
    result = voced("missed", "list")
    assert result.exit_code == 0
    heading, line = result.stdout.splitlines()
    assert heading.split() == ["gap", "asked", "people", "first", "last", "reason", "question"]
    gap, *rest = line.split()
    assert len(gap) == 9
    assert rest[:5] == ["2", "1", "2026-01-01", "2026-01-01", "no_match"]
    assert line.rstrip().endswith("学徒制 [green]是什么？")


def test_the_list_as_json(voced: Voced, remember: Remember) -> None:
    """One object a line with exactly the promised keys."""
    remember("学徒制是什么")
    remember("食堂好吃吗", "食堂好吃吗？", asker="a1")
    result = voced("missed", "list", "--json")
    assert result.exit_code == 0
    groups = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(group) for group in groups] == [KEYS, KEYS]
    (group,) = [one for one in groups if one["text"] == "食堂好吃吗？"]
    assert group | {"gap": None} == {
        "gap": None,
        "text": "食堂好吃吗？",
        "count": 2,
        "people": 1,
        "languages": ["zh"],
        "first": "2026-01-01T00:00:00+00:00",
        "last": "2026-01-01T01:00:00+00:00",
        "reason": "no_match",
        "nearest": ["grants", "school-tuition"],
    }


@pytest.mark.parametrize(
    ("by", "texts"),
    [
        ("newest", [SNOW, CANTEEN]),
        ("oldest", [CANTEEN, APPRENTICES]),
        ("people", [CANTEEN, SNOW]),
        ("unassigned", [SNOW, APPRENTICES]),
    ],
)
def test_order_and_limit(
    by: str, texts: list[str], voced: Voced, remember: Remember, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most so many gaps, in the order that is asked for."""
    remember(APPRENTICES, CANTEEN, SNOW)
    remember(CANTEEN, asker="a1")
    if by == "unassigned":
        monkeypatch.setenv("VOCED_EDITORS", "11")
        (gap, *_) = voced("missed", "list", "--json").stdout.splitlines()
        voced("missed", "take", json.loads(gap)["gap"])
    result = voced("missed", "list", "--by", by, "--limit", "2", "--json")
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == texts


def test_one_gap_with_every_wording(voced: Voced, remember: Remember) -> None:
    """By the id in the list; as text and as JSON."""
    remember("学徒制是什么", "学徒制是什么？", "学徒制是什么意思")
    gap = json.loads(voced("missed", "list", "--json").stdout)["gap"]
    shown = voced("missed", "show", gap)
    assert shown.exit_code == 0
    lines = [line.split(maxsplit=1) for line in shown.stdout.splitlines()]
    assert [line[0] for line in lines] == [*KEYS, "state", "told", "wording", "wording"]
    assert ["nearest", "grants, school-tuition"] in lines
    assert ["state", "open"] in lines
    as_json = json.loads(voced("missed", "show", gap, "--json").stdout)
    assert list(as_json)[:9] == KEYS
    assert [(one["text"], one["count"]) for one in as_json["wordings"]] == [
        ("学徒制是什么？", 2),
        ("学徒制是什么意思", 1),
    ]
    wording = as_json["wordings"][1]["wording"]
    assert ["wording", f"{wording} zh 1x 学徒制是什么意思"] in lines


@pytest.mark.parametrize("command", ["show", "journal"])
@pytest.mark.parametrize("gap", ["g00000000", "学徒制", "' OR 1=1"])
def test_an_unknown_id_is_told(command: str, gap: str, voced: Voced) -> None:
    """Exit status 1, and nothing on standard output."""
    result = voced("missed", command, gap, "--language", "en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: There is no gap '{gap}'.\n"


def test_what_a_stranger_typed_gives_the_terminal_no_orders(
    voced: Voced, remember: Remember
) -> None:
    """Neither the list nor one group prints a control character."""
    remember("\x1b]0;学徒制\x07 \x9b2J\r\nend")
    gap = json.loads(voced("missed", "list", "--json").stdout)["gap"]
    for arguments in (("list",), ("show", gap), ("list", "--json"), ("show", gap, "--json")):
        shown = voced("missed", *arguments).stdout
        assert not set(shown) & {"\x1b", "\x07", "\x9b", "\r"}
        assert "end" in shown


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+1+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "＠SUM(A1)"]
)
def test_what_a_stranger_typed_is_no_formula_in_a_spreadsheet(text: str) -> None:
    """A quotation mark in front makes text of it."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    gap = Gap(
        id="g00000000", state="open", version=1, text=text, reason=None, nearest=(), count=1,
        people=1, languages=("zh",), first=moment, last=moment,
    )  # fmt: skip
    _, row = csv.reader(io.StringIO(as_csv([gap]), newline=""))
    assert row[1] == f"'{text.strip()}"


def test_json_keeps_what_a_stranger_typed(voced: Voced, remember: Remember) -> None:
    """A script is no spreadsheet."""
    remember("=学徒制(是什么)")
    (gap,) = json.loads(voced("missed", "export", "--format", "json").stdout)
    assert gap["text"] == "=学徒制(是什么)"
    assert voced("missed", "export").stdout.splitlines()[1].split(",")[1] == "'=学徒制(是什么)"


def test_what_a_stranger_typed_begins_no_row(voced: Voced, remember: Remember) -> None:
    """A carriage return is a line end to a spreadsheet, but not to Python's writer."""
    remember("学徒制\r=HYPERLINK(1)\r\n@SUM(A1)\x85+1")
    _, row = voced("missed", "export").stdout_bytes.decode().splitlines()
    assert ",学徒制 =HYPERLINK(1) @SUM(A1) +1," in row


def test_the_export_holds_every_gap(voced: Voced, remember: Remember) -> None:
    """More than a list shows, with commas and quotation marks inside texts kept."""
    remember('说"食堂"或否', "学徒制,工资")
    for decade in range(6):
        remember(*(f"{1900 + 10 * decade + year}年的食堂好吃吗" for year in range(10)))
    rows = list(csv.reader(io.StringIO(voced("missed", "export").stdout, newline="")))
    assert rows[0] == KEYS
    assert len(rows) == 63
    assert {'说"食堂"或否', "学徒制,工资"} <= {row[1] for row in rows}
    assert rows[1][8] == "grants school-tuition"
    assert len(json.loads(voced("missed", "export", "--format", "json").stdout)) == 62


def test_an_export_into_a_file(voced: Voced, remember: Remember, tmp_path: Path) -> None:
    """CSV begins with a byte order mark, by which spreadsheets know UTF-8; JSON has none."""
    remember("学徒制是什么")
    result = voced("missed", "export", "--output", "missed.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    data = (tmp_path / "missed.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfgap,text,")
    assert "学徒制是什么".encode() in data
    voced("missed", "export", "--format", "json", "--output", "missed.json")
    (group,) = json.loads((tmp_path / "missed.json").read_bytes())
    assert list(group) == KEYS


def test_a_file_that_can_not_be_written_is_told(voced: Voced, tmp_path: Path) -> None:
    """Exit status 1 with the name of the file."""
    result = voced("missed", "export", "--output", str(tmp_path / "nowhere" / "missed.csv"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: can't write {tmp_path}/nowhere/missed.csv: ")


@pytest.mark.parametrize("arguments", [("list",), ("show", "g00000000"), ("export",)])
def test_without_a_database_there_is_nothing_to_list(
    arguments: tuple[str, ...], voced: Voced, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the place of the data folder is a fault here, told in one line."""
    (tmp_path / "file").write_text("a file in the place of a folder")
    monkeypatch.setenv("VOCED_DATA_DIR", str(tmp_path / "file"))
    result = voced("missed", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: can't ")
