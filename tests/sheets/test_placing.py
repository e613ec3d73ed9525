from pathlib import Path

import pytest

from toolkit.errors import WorkbookBusy, WorkbookUnsafe
from toolkit.sheets.files import check_file, check_folder, put_all


def refuse(staged: Path) -> None:
    assert staged.read_bytes() == b"new"
    raise WorkbookUnsafe("it would change", why="a test says so", next_step="look")


def test_files_are_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    put_all({tmp_path / "a": b"new", tmp_path / "b": b"new"})

    assert [(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())] == [("a", b"new"), ("b", b"new")]


def test_a_file_that_fails_its_check_is_not_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    with pytest.raises(WorkbookUnsafe):
        put_all({tmp_path / "a": b"new"}, refuse)

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_where_one_file_cannot_be_replaced_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").mkdir()

    with pytest.raises(WorkbookBusy):
        put_all({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(WorkbookBusy) as told:
        check_folder(tmp_path / "nowhere")
    assert str(told.value).count("\n") == 2
    with pytest.raises(WorkbookBusy):
        check_file(tmp_path / "nowhere" / "a")
    with pytest.raises(WorkbookBusy):
        put_all({tmp_path / "nowhere" / "a": b"new"})


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    check_folder(tmp_path)
    check_file(tmp_path / "a")

    assert list(tmp_path.iterdir()) == []
