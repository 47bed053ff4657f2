"""`voced knowledge`: what those who look after the answers check and count."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Voced = Callable[..., Result]


def test_knowledge_in_order_passes_the_check(voced: Voced) -> None:
    """Six answers and their held-out phrasings; nothing on standard output."""
    result = voced("knowledge", "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "6 answers and 36 held-out phrasings are in order\n"


def test_a_held_out_phrasing_that_fails_fails_the_check(
    voced: Voced, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each failure stands on standard output, their number on standard error."""
    folder = shutil.copytree(tiny_folder, tmp_path / "knowledge")
    file = folder / "answers" / "majors.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("总共有多少个专业", "今天天气好不好"), encoding="utf-8")
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(folder))
    result = voced("knowledge", "check")
    assert result.exit_code == 1
    (failure,) = result.stdout.splitlines()
    assert failure.startswith("number-of-majors.hits.zh: '今天天气好不好' was not answered")
    assert result.stderr == "Error: 1 of 36 held-out phrasings fail\n"


def test_what_is_in_the_knowledge_is_counted(voced: Voced) -> None:
    """Answers, phrasings, claims and sources, and the answers of each topic in both languages."""
    result = voced("knowledge", "stats")
    assert result.exit_code == 0
    lines = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    assert ["answers", "6, found by 60 phrasings"] in lines
    assert ["claims", "4, 4 of them cited"] in lines
    assert ["sources", "2"] in lines
    assert ["2", "Fees, grants and loans / 学费"] in lines
    assert "uncited" not in result.stdout


def test_claims_that_nothing_cites_are_named(
    voced: Voced, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor sees what is known and never said."""
    folder = shutil.copytree(tiny_folder, tmp_path / "knowledge")
    file = folder / "answers" / "fees.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("cites: [notice-02]", "cites: [notice-01]"), encoding="utf-8")
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(folder))
    result = voced("knowledge", "stats")
    assert result.stdout.splitlines()[-1].split() == ["uncited", "notice-02"]
