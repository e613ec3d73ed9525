from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from toolkit import open_shop, weekly_run
from toolkit.clock import FixedClock
from toolkit.errors import WorkbookUnsafe
from toolkit.wiring import make_shop

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
