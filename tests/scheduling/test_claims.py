from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.delivery.agenda import Occurrence
from toolkit.errors import SetupError
from toolkit.scheduling.claims import FolderClaims

NINE = datetime(2026, 11, 23, 6, tzinfo=UTC)
MONDAY = Occurrence("order/status", "2026-11-23", NINE, NINE)


def test_of_many_that_ask_at_once_one_gets_it(tmp_path: Path) -> None:
    many = [FolderClaims(tmp_path / "timetable", f"laptop {number}") for number in range(16)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda one: one.take(MONDAY), many))
    assert answers.count("") == 1
    assert set(answers) == {"", f"laptop {answers.index('')}"}
    assert [one.name for one in (tmp_path / "timetable").iterdir()] == ["order_status@2026-11-23.json"]


def test_a_claim_that_cannot_be_read_is_never_taken_for_ours(tmp_path: Path) -> None:
    mine = FolderClaims(tmp_path, "a")
    assert (mine.holder(MONDAY), mine.take(MONDAY), mine.holder(MONDAY)) == ("", "", "")
    (tmp_path / "order_status@2026-11-23.json").write_text("{")
    assert mine.take(MONDAY) == "another computer"


def test_a_claim_under_the_name_of_an_earlier_version_is_ours(tmp_path: Path) -> None:
    FolderClaims(tmp_path, "0f1e2d3c").take(MONDAY)
    assert FolderClaims(tmp_path, "laptop (ab12cd34)").take(MONDAY) == "0f1e2d3c"
    assert FolderClaims(tmp_path, "laptop (ab12cd34)", "0f1e2d3c").take(MONDAY) == ""
    (tmp_path / "order_status@2026-11-23.json").write_text('{"computer": "", "who": "somebody"}')
    assert FolderClaims(tmp_path, "laptop (ab12cd34)").take(MONDAY) == "somebody"


def test_on_a_disk_without_links_one_gets_it_too(tmp_path: Path) -> None:
    path = tmp_path / "weekly@2026-11-23.json"
    assert [FolderClaims(tmp_path, name)._is_written(path) for name in ("a", "b")] == [True, False]
    assert FolderClaims(tmp_path, "b")._other(path) == "a"


def test_a_folder_that_cannot_hold_a_claim_is_told(tmp_path: Path) -> None:
    (tmp_path / "timetable").write_text("a file")
    with pytest.raises(SetupError, match="cannot be written"):
        FolderClaims(tmp_path / "timetable", "a").take(MONDAY)
