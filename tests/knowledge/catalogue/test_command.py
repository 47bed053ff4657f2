"""`voced knowledge` imports majors and counts them."""

import pytest
from click.testing import CliRunner

from bot.cli import main
from knowledge import checkout_folder


@pytest.fixture
def voced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOCED_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("VOCED_KNOWLEDGE_DIR", raising=False)
    return lambda *arguments: CliRunner().invoke(main, ["knowledge", *map(str, arguments)])


def test_a_table_is_written_to_the_knowledge_folder(voced, folder, tables, monkeypatch):
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(folder.path))

    first = voced("import-majors", tables / "majors.csv")
    again = voced("import-majors", tables / "majors.csv")

    assert first.stdout.splitlines() == [
        "written    majors/12-medicine-and-health.yaml",
        "written    majors/17-education-and-sports.yaml",
    ]
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "9 majors in 2 files, 2 unchanged\n"


def test_a_broken_table_is_told_plainly(voced, folder, tables, monkeypatch):
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(folder.path))
    table = tables / "majors.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("no,2024,", "no,2025,"), encoding="utf-8")

    result = voced("import-majors", table)

    assert result.exit_code == 1
    assert f"{table}:7: 570101.edition: unknown edition '2025'" in result.stderr


def test_a_knowledge_folder_that_is_not_there_is_named(voced, tables, tmp_path, monkeypatch):
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(tmp_path / "nowhere"))

    result = voced("import-majors", tables / "majors.csv")

    assert result.exit_code == 1
    assert "VOCED_KNOWLEDGE_DIR: there is no folder" in result.stderr


def test_an_installed_package_is_never_written_to(voced, tables, monkeypatch):
    monkeypatch.setattr("bot.cli.knowledge.folders.checkout_folder", lambda: None)

    result = voced("import-majors", tables / "majors.csv")

    assert result.exit_code == 1
    assert "VOCED_KNOWLEDGE_DIR: name the knowledge folder to write to" in result.stderr


def test_a_checkout_knows_its_knowledge_folder():
    folder = checkout_folder()

    assert folder is not None
    assert (folder / "majors" / "editions.yaml").is_file()


def test_help_says_that_edits_by_hand_are_overwritten(voced):
    assert "OVERWRITTEN" in voced("import-majors", "--help").stdout


def test_stats_count_majors_by_level(voced, tmp_path, lay_learned):
    lay_learned(tmp_path / "data", "real")

    assert "majors     1500: 368 secondary, 811 diploma, 321 bachelor" in voced("stats").stdout
