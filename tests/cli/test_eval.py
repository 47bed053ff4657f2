"""`voced eval`: figures that others rely on, for any labelled set and for the knowledge itself."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.animals import ANIMALS, INDEX, QUERIES

Voced = Callable[..., Result]
Judge = Callable[..., Result]

KEYS = {
    "top1", "auroc", "threshold", "answered", "right", "wrong", "refused_rightly",
    "calibration_error", "ms_p50", "ms_p95", "ms_p99", "index_s", "peak_mb",
}  # fmt: skip
FOREIGN = "".join(f"-\t{text}\n" for text in ("who won the cup", "sort a list in python", "xx yy"))


@pytest.fixture
def judge(voced: Voced, tmp_path: Path) -> Judge:
    """Return what judges the files with these contents."""

    def judge_(*options: str, index: str = INDEX, queries: str = QUERIES, **files: str) -> Result:
        arguments = list(options)
        for name, content in {"index": index, "queries": queries, **files}.items():
            (tmp_path / f"{name}.tsv").write_text(content, encoding="utf-8", newline="")
            arguments += [f"--{name}", f"{name}.tsv"]
        return voced("eval", *arguments)

    return judge_


def _figures(result: Result) -> dict[str, Any]:
    """Return the object on standard output, which holds nothing else."""
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    figures: dict[str, Any] = json.loads(line)
    return figures


# -- labelled files


def test_the_figures_are_one_object_with_all_promised_keys(judge: Judge) -> None:
    """Nothing is on standard error, which is no terminal here."""
    result = judge("--json", queries=QUERIES + FOREIGN)
    figures = _figures(result)
    assert figures.keys() >= KEYS
    assert (figures["top1"], figures["auroc"]) == (1.0, 1.0)
    assert figures["refused_rightly"] == 3
    assert figures["answered"] == figures["right"] + figures["wrong"]
    assert figures["right"] == 8
    assert 0 < figures["threshold"] < 1
    assert 0 <= figures["calibration_error"] <= 1
    assert 0 < figures["ms_p50"] <= figures["ms_p95"] <= figures["ms_p99"]
    assert figures["index_s"] > 0
    assert figures["peak_mb"] > 10
    assert figures["matcher"] == "lexical"
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("queries", "nulls"), [(QUERIES, {"auroc"}), (FOREIGN, {"auroc", "top1", "precision"})]
)
def test_what_nothing_tells_is_null(queries: str, nulls: set[str], judge: Judge) -> None:
    """Without questions that have no answer there is no AUROC, without others no accuracy."""
    figures = _figures(judge("--json", queries=queries))
    assert {name for name, value in figures.items() if value is None} == nulls


def test_line_ends_marks_and_blank_lines_change_nothing(judge: Judge) -> None:
    """Files come from every system."""
    times = {"ms_p50", "ms_p95", "ms_p99", "index_s", "peak_mb"}
    plain = _figures(judge("--json"))
    odd = _figures(
        judge(
            "--json",
            index="\ufeff" + INDEX.replace("\n", "\r\n"),
            queries="\ufeff\n\n" + QUERIES.replace("\n", "\r\n\r\n"),
        )
    )
    assert {name: odd[name] for name in odd.keys() - times} == {
        name: plain[name] for name in plain.keys() - times
    }


def test_the_most_confused_entries_are_named(judge: Judge) -> None:
    """A question about the heron that is labelled as the otter's confuses these two."""
    figures = _figures(judge("--json", queries="otter\twhere does the heron live\n"))
    assert figures["top1"] == 0
    assert figures["confused"][0]["entry"] == "otter"
    assert figures["confused"][0]["other"] == "heron"
    assert figures["confused"][0]["instead"] == 1


def test_without_json_there_is_a_table(judge: Judge) -> None:
    """Labels are shown as they are, also what looks like markup."""
    result = judge(
        index=INDEX.replace("otter\t", "[bold]otter\t"),
        queries="[bold]otter\twhere does the heron live\n",
    )
    assert result.exit_code == 0
    assert result.stderr == ""
    rows = [line.split(maxsplit=1) for line in result.stdout.splitlines() if line.strip()]
    assert ["top-1", "0.0%"] in [[one.strip() for one in row] for row in rows]
    assert "[bold]otter" in result.stdout


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"index": "otter where\n"}, "index.tsv:1: there is no tab"),
        ({"queries": f"{QUERIES}\n\twhere\n"}, "queries.tsv:10: there is no label"),
        ({"queries": "\n"}, "queries.tsv: holds no line"),
        ({"index": f"-\twhere\n{INDEX}"}, "index.tsv:1: the label '-'"),
        ({"tune": "otter\t\n"}, "tune.tsv:1: there is no text"),
    ],
)
def test_a_broken_line_is_told_with_its_file_and_number(
    files: dict[str, str], message: str, judge: Judge
) -> None:
    """Exit status 1, and no figures."""
    result = judge("--json", **files)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {message}")


def test_a_label_that_the_index_does_not_know_can_not_be_right(judge: Judge) -> None:
    """It is told once, with how many there are."""
    queries = QUERIES + "walrus\twhere is the walrus\nwalrus\tand the walrus\n"
    result = judge("--json", queries=queries)
    assert _figures(result)["top1"] == 0.8
    (line,) = result.stderr.splitlines()
    assert line.startswith("Warning: queries.tsv: 2 questions have a label")
    assert "'walrus'" in line


# -- tuning


def test_tuning_keeps_the_precision_it_is_asked_for(judge: Judge) -> None:
    """On the questions tuned by, with the lowest threshold, which answers what it can."""
    tune = QUERIES + FOREIGN + "-\twhere does the otter buy its shoes\n"
    figures = _figures(judge("--json", "--precision", "1", queries=tune, tune=tune))
    assert (figures["precision"], figures["right"]) == (1.0, 8)
    assert figures["threshold"] != _figures(judge("--json", queries=tune))["threshold"]


def test_a_precision_that_can_not_be_reached_is_told(judge: Judge) -> None:
    """With the threshold that comes nearest, and its precision."""
    wrong = QUERIES.replace("the otter", "the heron").replace("otter\t", "otter\t")
    tune = "".join(f"otter\twhere does the {one} live\n" for one in ANIMALS[1:])
    result = judge("--json", queries=wrong, tune=tune)
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert line.startswith("Warning: no threshold reaches a precision of 95.0%")
    assert line.endswith("reaches 0.0%")


def test_what_finds_nothing_tunes_nothing(judge: Judge) -> None:
    """It is told, and the threshold stays."""
    result = judge("--json", tune="otter\tzzkqx vbnwq\n")
    assert result.stderr.startswith("Warning: nothing can be tuned")
    assert _figures(result)["threshold"] == _figures(judge("--json"))["threshold"]


def test_lines_to_tune_by_never_become_phrasings(judge: Judge) -> None:
    """Asked word for word, they find nothing they would not find otherwise."""
    odd = "otter\tzorbly quux fnord\n"
    assert _figures(judge("--json", queries=odd, tune=odd * 20))["top1"] == 0


# -- the semantic extra


def test_meaning_is_judged_where_it_is_switched_on(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first question on, and tuned alike; a Chinese question finds English phrasings."""
    queries = "".join(
        f"{label}\t{text}\n"
        for label, text in (
            ("otter", "水獭住在哪里"),
            ("falcon", "猎鹰在哪里"),
            ("salmon", "鲑鱼在哪"),
        )
    )
    assert _figures(judge("--json", queries=queries))["top1"] < 0.5
    monkeypatch.setenv("VOCED_SEMANTIC", "on")
    figures = _figures(judge("--json", queries=queries, tune=queries + FOREIGN))
    assert figures["matcher"] == "semantic"
    assert figures["top1"] > 0.5


# -- wrong use

_HERE = ("--index", "here.tsv", "--queries", "here.tsv", "--tune", "here.tsv")


@pytest.mark.parametrize(
    "options",
    [
        ("--index", "here.tsv"),
        ("--queries", "here.tsv"),
        ("--tune", "here.tsv"),
        ("--index", "here.tsv", "--queries", "gone.tsv"),
        ("--index", "here.tsv", "--queries", "."),
        ("--index", "here.tsv", "--queries", "here.tsv", "--precision", "0.9"),
        (*_HERE, "--precision", "0"),
        (*_HERE, "--precision", "1.1"),
        (*_HERE, "--precision", "high"),
        ("here.tsv",),
    ],
)
def test_wrong_use_of_files_is_exit_status_2(
    options: tuple[str, ...], voced: Voced, tmp_path: Path
) -> None:
    """Index and queries go together, and files must be there."""
    (tmp_path / "here.tsv").write_text(INDEX, encoding="utf-8")
    result = voced("eval", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: voced eval" in result.stderr


# -- the knowledge itself


def test_without_files_the_knowledge_is_judged(voced: Voced) -> None:
    """By its hits, its misses and its small talk."""
    figures = _figures(voced("eval", "--json"))
    assert figures.keys() >= {*KEYS, "knowledge_version", "matcher", "confused"}
    groups = figures["groups"]
    assert groups["hits.zh"] == {"asked": 12, "right": 12, "failures": []}
    assert {groups[f"misses.{language}"]["asked"] for language in ("zh", "en")} == {6}
    assert all(group["right"] == group["asked"] > 0 for group in groups.values())
    assert {"chat.zh", "chat.en", "chat_misses.zh", "chat_misses.en"} <= groups.keys()
    assert (figures["questions"], figures["right"], figures["refused_rightly"]) == (36, 24, 12)
    assert len(figures["confused"]) <= 10


def test_a_line_that_does_not_do_what_it_must_is_named(
    voced: Voced, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its group, in JSON and in the table; the exit status stays 0."""
    folder = shutil.copytree(tiny_folder, tmp_path / "knowledge")
    file = folder / "answers" / "majors.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("总共有多少个专业", "今天天气好不好")
    text = text.replace("which majors suit girls", "how many different majors can be studied")
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(folder))
    figures = _figures(voced("eval", "--json"))
    assert figures["groups"]["hits.zh"]["failures"] == ["今天天气好不好"]
    assert figures["groups"]["misses.en"]["failures"] == [
        "how many different majors can be studied"
    ]
    assert (figures["wrong"], figures["refused_rightly"]) == (1, 11)
    shown = voced("eval")
    assert shown.exit_code == 0
    assert "今天天气好不好" in shown.stdout
