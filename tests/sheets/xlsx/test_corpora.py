"""Every strange workbook of POI and calamine, each in a process with 512 MB and 20 s.

All of them: SHEETCLERK_SOAK=1 pytest tests/sheets/xlsx/test_corpora.py; else every fifth.
"""

import json
import os
import re
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.shared_data import SHARED, needs_shared
from tests.sheets.xlsx.office import converted, needs_office
from tests.sheets.xlsx.raw_zip import changed_parts, lists_in
from toolkit.sheets.xlsx import read_tabs

pytestmark = [needs_shared, pytest.mark.skipif(sys.platform == "win32", reason="limits are set as Unix does")]

ROOT = Path(__file__).parents[3]
SOAK = bool(os.environ.get("SHEETCLERK_SOAK"))
IN_OFFICE = 20 if SOAK else 4
SHEET = re.compile(r"(xl/|xl\\)?worksheets/[^/]+\.xml")
LISTS = re.compile(r"\[Content_Types\]\.xml|(xl[/\\])?(_rels[/\\]workbook\.xml\.rels|workbook\.xml|styles\.xml)")
SUFFIXES = {".xlsx", ".xlsm", ".ooxml"}


@dataclass(frozen=True)
class Tried:
    """One workbook and what came of it."""

    book: Path
    folder: Path
    exit_code: int
    errors: str
    said: Mapping[str, str]

    @property
    def is_written(self) -> bool:
        return "read" in self.said


def books() -> list[Path]:
    folders = [SHARED / "corpora" / name for name in ("poi", "calamine")]
    found = sorted(
        path for folder in folders for path in folder.iterdir() if path.suffix in {".xlsx", ".xlsm", ".ooxml"}
    )
    return found if SOAK else found[::5]


def tried(folder: Path, book: Path) -> Tried:
    own = folder / book.name
    own.mkdir()
    command = [sys.executable, "-m", "tests.sheets.xlsx.corpus_child", str(book), str(own)]
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
    )
    return Tried(book, own, done.returncode, done.stderr[-2000:], json.loads(done.stdout or "{}"))


@pytest.fixture(scope="module")
def all_tried(tmp_path_factory: pytest.TempPathFactory) -> list[Tried]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(partial(tried, tmp_path_factory.mktemp("corpora")), books()))


@pytest.fixture(scope="module")
def written(all_tried: list[Tried]) -> list[Tried]:
    return [one for one in all_tried if one.is_written]


def test_every_workbook_is_answered_and_nothing_raw_gets_out(all_tried: list[Tried]) -> None:
    assert [(one.book.name, one.exit_code, one.errors) for one in all_tried if one.exit_code or one.errors] == []
    refusals = [text for one in all_tried for kind, text in one.said.items() if kind != "read"]
    assert [text for text in refusals if text.count("\n") != 2] == []
    assert sum(one.is_written for one in all_tried) > len(all_tried) * 0.85


def test_adding_our_tabs_changes_only_the_lists_and_by_additions_only(written: list[Tried]) -> None:
    for one in written:
        changed, came, went = changed_parts(one.book, one.folder / "added.xlsx")
        assert [name for name in changed if not LISTS.fullmatch(name)] == [], one.book.name
        assert sum(bool(SHEET.fullmatch(name)) for name in came) == 2, one.book.name
        assert {name for name in came if not SHEET.fullmatch(name)} <= {"xl/styles.xml", "styles.xml"}, one.book.name
        assert went == set(), one.book.name
        for part in changed:
            assert_only_added(one.book, one.folder / "added.xlsx", part)


def assert_only_added(old: Path, new: Path, part: str) -> None:
    before, after = lists_in(old, part), lists_in(new, part)
    for name, items in before.items():
        assert after[name][: len(items)] == items, (old.name, part, name)
    assert list(before) == [name for name in after if name in before]


def test_changing_our_tabs_changes_only_their_own_parts(written: list[Tried]) -> None:
    for one in written:
        changed, came, went = changed_parts(one.folder / "added.xlsx", one.folder / "changed.xlsx")
        sheets = {name for name in changed if SHEET.fullmatch(name)}
        assert (len(sheets), came, went) == (1, set(), set()), one.book.name
        assert changed - sheets <= {name for name in changed if name.endswith("workbook.xml")}, one.book.name


def test_the_cells_of_the_team_read_as_before(written: list[Tried]) -> None:
    for one in written:
        before, after = read_tabs(one.book), read_tabs(one.folder / "changed.xlsx")
        assert repr({name: after[name] for name in before}) == repr(before), one.book.name
        assert list(after) == [*before, "Standing", "Problems"], one.book.name


def test_what_opens_in_openpyxl_still_does(written: list[Tried]) -> None:
    seen = Counter((opens_in_openpyxl(one.book), opens_in_openpyxl(one.folder / "changed.xlsx")) for one in written)

    assert seen[True, False] == 0
    assert seen[True, True] > 20


def opens_in_openpyxl(path: Path) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with path.open("rb") as file:
                book = load_workbook(file)
                return bool(book.sheetnames)
        except Exception:  # noqa: BLE001  it lets many kinds out
            return False


@needs_office
def test_our_tabs_stand_in_libreoffice(written: list[Tried], tmp_path: Path) -> None:
    chosen = written[:: max(len(written) // IN_OFFICE, 1)][:IN_OFFICE]
    for place, one in enumerate(chosen):
        (tmp_path / f"{place}.xlsx").write_bytes((one.folder / "changed.xlsx").read_bytes())

    made = converted(sorted(tmp_path.glob("*.xlsx")), tmp_path / "made")

    assert len(made) == len(chosen) == IN_OFFICE
    for path in made:
        assert read_tabs(path)["Standing"][1] == ["C002", "Асель", "Silver"], path.name
