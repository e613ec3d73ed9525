"""What people do to the workbook between two runs: nobody gets a letter twice, nobody whom they stopped gets one."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from toolkit import open_shop, weekly_run
from toolkit.app.commands.new_shop import make_shop
from toolkit.clock import FixedClock

NOON = FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
Edit = Callable[[Workbook], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "shop", "en", NOON).folder


def after(folder: Path, edit: Edit) -> None:
    """The workbook after somebody worked on it in another program."""
    book = load_workbook(folder / "clients.xlsx")
    edit(book)
    book.save(folder / "clients.xlsx")


def run(folder: Path) -> list[str]:
    """Who gets which letter by mail, by a run."""
    with open_shop(folder, clock=NOON) as shop:
        report = weekly_run(shop, shop.today)
    assert report.unwritten is None
    return sorted(
        f"{one.header.campaign} {one.header.client}" for one in report.plan.letters if one.header.route.is_email
    )


def numbered(change: Callable[[str], object]) -> Edit:
    """Client numbers that are all changed alike."""

    def edit(book: Workbook) -> None:
        for tab, columns in (("Clients", "AX"), ("Purchases", "C")):
            for column in columns:
                for cell in book[tab][column][1:]:
                    cell.value = cell.value and change(str(cell.value))

    return edit


@pytest.mark.parametrize("change", [int, lambda old: f"K-{old}"])
def test_nobody_gets_a_letter_again_because_the_client_numbers_were_changed(
    folder: Path, change: Callable[[str], object]
) -> None:
    after(folder, numbered(lambda old: old.replace("C", "")))
    assert "thank_you 001" in run(folder)
    after(folder, numbered(change))

    assert run(folder) == []


def test_whom_people_stopped_gets_no_letter_though_they_put_a_column_first(folder: Path) -> None:
    def stop(book: Workbook) -> None:
        tab = book["Suppressed"]
        tab["B2"], tab["D2"] = "c001", "asked on the phone"
        tab.insert_cols(1)
        tab.title = "Suppressed "

    after(folder, stop)

    assert not [one for one in run(folder) if one.endswith("C001")]
