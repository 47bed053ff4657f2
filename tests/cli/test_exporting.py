"""`voced knowledge export`: live additions come into the files as if written there by hand."""

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from storage import open_store
from storage.editing import Change, NewAddition

Voced = Callable[..., Result]
Add = Callable[..., None]

PHRASING = NewAddition(
    kind="phrasing", target="school-tuition", content="念中专要花多少", language="zh"
)
CLAIM = NewAddition(
    kind="claim",
    target="notice",
    content="  notice-03:\n    as_of: 2026-01\n    says: {zh: 有食堂。, en: There is a canteen.}\n"
    "    confidence: medium\n",
)
ENTRY = NewAddition(
    kind="entry",
    target="canteen",
    content="""\
- id: canteen
  topic: fees
  live: true
  title: {zh: 学校有食堂吗, en: Is there a canteen}
  asks:
    zh:
      - 学校有食堂吗
    en: []
  hits:
    zh: []
    en: []
  misses:
    zh: []
    en: []
  says:
    zh: >-
      有食堂。
    en: >-
      There is a canteen.
  cites: [notice-03]
  review_by: 9999-12-31
""",
)


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a knowledge folder that may be written to, in force."""
    copied = shutil.copytree(tiny_folder, tmp_path / "knowledge")
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(copied))
    return copied


@pytest.fixture
def add(data_dir: Path) -> Add:
    """Return what puts live additions into the database, all of one decision."""

    def add_(*additions: NewAddition) -> None:
        async def write() -> None:
            async with open_store(f"sqlite:///{data_dir / 'voced.sqlite'}") as store:
                decided = await store.editing.decide(
                    Change(
                        at=datetime(2026, 3, 1, tzinfo=UTC),
                        editor=11,
                        action="answer",
                        additions=additions,
                    )
                )
                assert isinstance(decided, int)

        asyncio.run(write())

    return add_


def _texts(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_only_the_files_with_something_new_change_and_by_nothing_else(
    voced: Voced, add: Add, folder: Path
) -> None:
    """What was there stays byte for byte, and the knowledge is still in order."""
    before = _texts(folder)
    add(CLAIM, ENTRY)
    add(PHRASING)
    result = voced("knowledge", "export")
    assert (result.exit_code, result.stderr) == (0, "added: 3, there already: 0\n")
    assert result.stdout == "written    answers/fees.yaml\nwritten    sources/notice.yaml\n"
    after = _texts(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"answers/fees.yaml", "sources/notice.yaml"}
    fees = after["answers/fees.yaml"].decode()
    assert "上中专要交多少学费, 念中专要花多少]" in fees
    as_before = fees.replace(", 念中专要花多少", "").partition(f"\n{ENTRY.content}")[0]
    assert as_before.rstrip("\n") == before["answers/fees.yaml"].decode().rstrip("\n")
    assert after["sources/notice.yaml"] == before["sources/notice.yaml"] + CLAIM.content.encode()
    assert voced("knowledge", "check").exit_code == 0


def test_a_second_export_changes_nothing(voced: Voced, add: Add, folder: Path) -> None:
    """What stands in the files is known there, also before the bot has let go of it."""
    add(CLAIM, ENTRY, PHRASING)
    voced("knowledge", "export")
    once = _texts(folder)
    result = voced("knowledge", "export")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "added: 0, there already: 3\n"
    assert _texts(folder) == once


def test_a_dry_run_shows_the_lines_and_writes_nothing(voced: Voced, add: Add, folder: Path) -> None:
    """As a diff, which git can apply."""
    before = _texts(folder)
    add(CLAIM)
    result = voced("knowledge", "export", "--dry-run")
    assert (result.exit_code, result.stderr) == (
        0,
        "to be added: 1, there already: 0\n",
    )
    lines = result.stdout.splitlines()
    assert lines[:2] == ["--- a/sources/notice.yaml", "+++ b/sources/notice.yaml"]
    added = [line[1:] for line in lines[2:] if line.startswith("+")]
    assert added == CLAIM.content.splitlines()
    assert not [line for line in lines[2:] if line.startswith("-")]
    assert _texts(folder) == before


def test_another_folder_can_be_named(voced: Voced, add: Add, folder: Path, tmp_path: Path) -> None:
    """A checkout to review in, while the bot answers from its own files."""
    before = _texts(folder)
    checkout = shutil.copytree(folder, tmp_path / "checkout")
    add(PHRASING)
    assert voced("knowledge", "export", "--folder", str(checkout)).exit_code == 0
    assert "念中专要花多少" in (checkout / "answers" / "fees.yaml").read_text(encoding="utf-8")
    assert _texts(folder) == before


def test_what_has_no_place_any_more_is_named_and_the_rest_is_written(
    voced: Voced, add: Add, folder: Path
) -> None:
    """A decision comes in whole or not at all; exit status 1 says that something is left."""
    add(ENTRY)  # cites a claim that is nowhere
    add(PHRASING)
    result = voced("knowledge", "export")
    assert (result.exit_code, result.stdout) == (1, "written    answers/fees.yaml\n")
    assert "added: 1, there already: 0" in result.stderr
    assert "Error: not exported:\ndecision 1: " in result.stderr
    assert "notice-03" in result.stderr
    text = (folder / "answers" / "fees.yaml").read_text(encoding="utf-8")
    assert "念中专要花多少" in text
    assert "canteen" not in text


def test_files_that_are_broken_already_are_left_alone(voced: Voced, add: Add, folder: Path) -> None:
    """The fault is told as the loader tells it."""
    (folder / "answers" / "series.yaml").write_text("- id: [", encoding="utf-8")
    before = _texts(folder)
    add(PHRASING)
    result = voced("knowledge", "export")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "\n  answers/series.yaml:2: not valid YAML" in result.stderr
    assert _texts(folder) == before


def test_a_file_that_can_not_be_written_is_named(voced: Voced, add: Add, folder: Path) -> None:
    """Exit status 1, and nothing half written is left."""
    content = "id: canteens\nkind: article\ntitle: {zh: 食堂, en: Canteens}\n"
    content += (
        "publisher: {zh: 校报, en: School paper}\nlanguage: zh\nreliability: other\nclaims: {}\n"
    )
    add(NewAddition(kind="source", target="canteens", content=content))
    file = folder / "sources" / "canteens.yaml"
    (file / "a folder in its place").mkdir(parents=True)
    before = _texts(folder)
    result = voced("knowledge", "export")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: can't write {file}: Is a directory\n"
    assert _texts(folder) == before
    assert [one.name for one in file.parent.iterdir() if one.name.startswith(".")] == []


def test_a_folder_that_is_not_there_is_wrong_use(voced: Voced) -> None:
    assert voced("knowledge", "export", "--folder", "nowhere").exit_code == 2
