"""A workbook that people work in: open elsewhere at the wrong moment, and mended cell by cell."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

import toolkit
from tests.shop_parts import with_channels
from tests.stories.test_week_of_a_shop import SATURDAY, SHOP, as_xlsx
from toolkit.channels.channel import Mode, Receipt
from toolkit.channels.memory import MemoryChannel
from toolkit.delivery.letter_record import State
from toolkit.errors import WorkbookBusy, WorkbookUnsafe
from toolkit.letters.letter import Envelope
from toolkit.report.render_run import as_json, unwritten_line
from toolkit.sheets.xlsx import XlsxWorkbook, read_tabs


@dataclass
class ChannelThatOpensTheBook(MemoryChannel):
    """Somebody opens the workbook while the first letter is on its way."""

    lock: Path = field(default_factory=Path)
    content: bytes = b"Asha"

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        self.lock.write_bytes(self.content)
        return super().send(envelope, on_the_way)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with ExitStack() as closing:
        as_xlsx(tmp_path, SHOP, closing)
    return tmp_path / "clients.xlsx"


@contextmanager
def opened(path: Path) -> Iterator[toolkit.Shop]:
    clock = toolkit.FixedClock(datetime(2026, 11, 21, 6, tzinfo=UTC))
    with toolkit.open_shop(XlsxWorkbook(path), clock=clock) as shop:
        yield shop


def outbox(path: Path) -> list[tuple[object, object]]:
    """Each letter of the Outbox tab: the client, and what became of it."""
    return sorted((row[1], row[5]) for row in read_tabs(path)["Outbox"][1:])


def test_where_the_book_gets_busy_after_letters_went_out_the_next_run_writes_what_became_of_them(path: Path) -> None:
    lock = path.with_name("~$clients.xlsx")
    with opened(path) as shop:
        toolkit.weekly_run(shop, SATURDAY, limit=1)
    one_letter = path.read_bytes()

    with opened(path) as shop:
        channel = ChannelThatOpensTheBook(mode=Mode.REHEARSAL, lock=lock)
        report = toolkit.weekly_run(with_channels(shop, channel), SATURDAY)

    assert isinstance(report.unwritten, WorkbookBusy)
    assert unwritten_line(report.unwritten).endswith(
        f"its lock file {lock.name} stands beside it; the next run writes it"
    )
    assert [one.state for one in report.handled] == [State.SENT]
    assert (len(channel.envelopes), path.read_bytes()) == (1, one_letter)
    sent = (channel.envelopes[0].header.client, "Done")

    lock.unlink()
    with opened(path) as shop:
        channel = ChannelThatOpensTheBook(mode=Mode.REHEARSAL, lock=lock)
        report = toolkit.weekly_run(with_channels(shop, channel), SATURDAY)

    assert (report.unwritten, report.handled, channel.envelopes) == (None, (), [])
    assert len(outbox(path)) == 2
    assert sent in outbox(path)


def test_where_only_a_person_can_let_the_results_in_the_reason_and_the_next_step_are_told(path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0 as Excel writes a file with a password"
    with opened(path) as shop:
        channel = ChannelThatOpensTheBook(mode=Mode.REHEARSAL, lock=path, content=locked)
        report = toolkit.weekly_run(with_channels(shop, channel), SATURDAY)
        numbers = json.loads("".join(as_json(shop, report)))

    assert isinstance(report.unwritten, WorkbookUnsafe)
    assert unwritten_line(report.unwritten) == (
        "Not written yet: clients.xlsx cannot be read, it is locked with a password, or is an old .xls file; "
        "before a run can write it: save it as .xlsx without password, then run again"
    )
    assert numbers["unwritten"]["next"] == "save it as .xlsx without password, then run again"
    assert path.read_bytes() == locked


def test_a_row_of_problems_leads_to_its_cell_and_goes_away_when_that_is_mended(path: Path) -> None:
    with opened(path) as shop:
        toolkit.weekly_run(shop, SATURDAY)
    book = load_workbook(path)
    where = {cell.value: cell.hyperlink for (cell,) in book["Problems"].iter_rows(min_row=2, max_col=1)}
    link = where["Clients!D3"]
    assert link is not None
    assert link.location is not None
    assert link.location.replace("'", "") == "Clients!D3"
    assert book["Clients"]["D3"].value == "peter@gmail"

    book["Clients"]["D3"] = "peter@gmail.com"
    book.save(path)
    with opened(path) as shop:
        toolkit.weekly_run(shop, SATURDAY)

    assert "Clients!D3" not in [row[0] for row in read_tabs(path)["Problems"]]
    assert "Purchases!B5" in [row[0] for row in read_tabs(path)["Problems"]]
