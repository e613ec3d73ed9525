from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from toolkit import open_shop, weekly_run
from toolkit.app.commands.new_shop import make_shop
from toolkit.clock import FixedClock
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.xlsx import read_tabs

NOON = FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "shop", "ru", NOON).folder


def typed_into(folder: Path, tab: str, *headings: str) -> None:
    book = load_workbook(folder / "clients.xlsx")
    sheet = book[tab]
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(headings)
    sheet.append(["precious"] * len(headings))
    book.save(folder / "clients.xlsx")


def run(folder: Path) -> None:
    with open_shop(folder, clock=NOON) as shop:
        assert weekly_run(shop, shop.today).unwritten is None


def names(folder: Path) -> list[str]:
    return load_workbook(folder / "clients.xlsx").sheetnames


def test_our_own_tabs_are_known_in_every_language_run_after_run(folder: Path) -> None:
    run(folder)
    before = names(folder)
    run(folder)

    assert names(folder) == before


def test_a_tab_of_the_teams_with_the_name_of_ours_stops_the_run_before_anything_is_sent(folder: Path) -> None:
    ours = names(folder)[-3]
    typed_into(folder, ours, "When", "Who complained", "How it ended")
    before = (folder / "clients.xlsx").read_bytes()

    with pytest.raises(WorkbookUnsafe) as told, open_shop(folder, clock=NOON) as shop:
        weekly_run(shop, shop.today)

    assert '"When"' in told.value.why
    assert ours in told.value.next_step
    assert (folder / "clients.xlsx").read_bytes() == before
    assert not (folder / "outbox").exists()


def test_a_tab_of_ours_that_was_emptied_is_filled_again(folder: Path) -> None:
    book = load_workbook(folder / "clients.xlsx")
    sheet = book[names(folder)[-3]]
    sheet.delete_rows(1, sheet.max_row)
    book.save(folder / "clients.xlsx")

    run(folder)


def test_a_column_that_people_put_into_a_tab_of_ours_is_named_by_its_cell(folder: Path) -> None:
    run(folder)
    book = load_workbook(folder / "clients.xlsx")
    standing = book[names(folder)[-8]]
    standing.insert_cols(3)
    standing["C1"] = "call him"
    book.save(folder / "clients.xlsx")

    with pytest.raises(WorkbookUnsafe, match="C1 says") as told:
        run(folder)
    assert "move it into a tab of your own" in told.value.next_step


def test_rows_and_columns_that_people_put_into_tabs_of_ours_without_words_go_again(folder: Path) -> None:
    run(folder)
    before = read_tabs(folder / "clients.xlsx")
    book = load_workbook(folder / "clients.xlsx")
    for name in names(folder)[-8:]:
        book[name].insert_cols(2)
        book[name].insert_rows(1)
    book.save(folder / "clients.xlsx")
    run(folder)

    after = read_tabs(folder / "clients.xlsx")
    assert {name: [row[:9] for row in after[name]] for name in names(folder)[-4:-1]} == {
        name: [row[:9] for row in before[name]] for name in names(folder)[-4:-1]
    }


def test_a_tab_of_ours_that_people_gave_another_name_stops_the_run_and_a_copy_does_not(folder: Path) -> None:
    run(folder)
    book, outbox = load_workbook(folder / "clients.xlsx"), names(folder)[-3]
    book.copy_worksheet(book[outbox])
    book.save(folder / "clients.xlsx")
    run(folder)
    book = load_workbook(folder / "clients.xlsx")
    book.remove(book[outbox])
    book.save(folder / "clients.xlsx")

    with pytest.raises(WorkbookUnsafe, match=f"there is no tab {outbox}") as told:
        run(folder)
    assert f"rename it back to {outbox}" in told.value.next_step
