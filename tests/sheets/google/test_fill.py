"""Blank cells of people's tabs in a Google Sheet are filled in one step, and nothing else changes."""

from datetime import datetime
from typing import Any

import pytest

from tests.contracts import LACKING, filling, text_form
from tests.sheets.google.sheet_desk import made_of, sheet_of
from tests.sheets_server.batch import batch_update
from tests.sheets_server.faults import Fault, Seen, lost_reply, next_ones
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.book.filling import FORMULA, MERGED, TAKEN
from toolkit.errors import WorkbookBusy, WorkbookChanged


@pytest.fixture
def people(server: SheetsServer) -> People:
    return made_of(server, LACKING)


def merge(people: People, first: int, last: int) -> None:
    """Merge cells of column A, rows counted from 1."""
    box = {"sheetId": people.book.sheet("Clients").id, "startRowIndex": first - 1, "endRowIndex": last}
    area = {**box, "startColumnIndex": 0, "endColumnIndex": 1}
    draft = people.book.draft()
    batch_update(draft, [{"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}], lambda: 1)
    people._shelf.put(draft)


def test_one_request_fills_all_cells_and_their_words_stay_words(server: SheetsServer, people: People) -> None:
    book = sheet_of(server, people)
    asked = [filling(book, 2, "007"), filling(book, 4, "008")]
    looks = people.mark("Clients", "C3", "userEnteredFormat")
    server.forget()

    filled = book.fill(asked)

    assert [(one.place, one.text) for one in filled.done] == [("Clients!A3", "007"), ("Clients!A5", "008")]
    assert server.count("write") == 1
    assert server.count("read") == 5
    assert [people.values("Clients")[at][0] for at in (2, 4)] == ["007", "008"]
    assert people.mark("Clients", "A3", "userEnteredFormat") == {"numberFormat": {"type": "TEXT"}}
    assert people.mark("Clients", "C3", "userEnteredFormat") == looks
    assert book.fill([]).done == ()


def test_a_formula_and_merged_cells_are_left_and_told(server: SheetsServer, people: People) -> None:
    people.type("Clients", "A3", '=IF(1=1;"";"")')
    merge(people, 5, 6)
    book = sheet_of(server, people)
    before = text_form(book.rows())

    filled = book.fill([filling(book, 2), filling(book, 4, "C005")])

    assert [why for _, why in filled.left] == [FORMULA, MERGED]
    assert text_form(book.rows()) == before
    assert people.formula("Clients", "A3")


def test_a_cell_that_a_formula_above_may_fill_is_left(server: SheetsServer, people: People) -> None:
    people.type("Clients", "A1", '=ARRAYFORMULA(IF(ROW(A:A)=1;"Client no.";""))')
    book = sheet_of(server, people)

    filled = book.fill([filling(book, 2)])

    assert [why for _, why in filled.left] == ["the formula in A1 may fill it"]


def test_a_formula_beside_is_in_nobodys_way(server: SheetsServer, people: People) -> None:
    people.type("Clients", "E1", '=ARRAYFORMULA(IF(ROW(A:A)=1;"Has";A:A&"!"))')
    book = sheet_of(server, people)

    assert len(book.fill([filling(book, 2)]).done) == 1
    assert people.values("Clients")[2][4] == "C004!"


def test_rows_that_people_sort_before_the_yes_are_found_again(server: SheetsServer, people: People) -> None:
    book = sheet_of(server, people)
    asked = filling(book, 2)
    people.sort("Clients", 4)
    people.insert_rows("Clients", 2)

    (done,) = book.fill([asked]).done

    row = people.values("Clients")[done.row]
    assert (row[0], row[1]) == ("C004", LACKING["Clients"][2][1])


def test_rows_with_moments_as_a_form_leaves_them_are_found_again(server: SheetsServer) -> None:
    moment = {"numberFormat": {"type": "DATE_TIME", "pattern": "M/d/yyyy H:mm:ss"}}
    people = made_of(server, {"Clients": (("Client no.", "Timestamp", "Name"), ("", 46_112.123456789, "Asha"))})
    people.book.sheet("Clients").put_mark(1, 1, "userEnteredFormat", moment)
    book = sheet_of(server, people)
    asked = filling(book, 1)
    assert isinstance(asked.beside[1], datetime)

    assert len(book.fill([asked]).done) == 1
    assert people.values("Clients")[1] == ["C004", 46_112.123456789, "Asha"]


def test_a_number_that_somebody_typed_meanwhile_is_not_given_twice(server: SheetsServer, people: People) -> None:
    book = sheet_of(server, people)
    asked = [filling(book, 2), filling(book, 4, "C005")]
    people.type("Clients", "A5", "C004")

    assert next(why for _, why in book.fill(asked).left) == TAKEN
    assert book.fill(asked).done == ()


def test_rows_that_are_moved_at_the_very_moment_are_told(server: SheetsServer, people: People) -> None:
    book = sheet_of(server, people)
    asked = filling(book, 2)
    server.weather = before_the_write(lambda: people.move_rows("Clients", 4, 1, 2))

    with pytest.raises(WorkbookChanged) as told:
        book.fill([asked])

    assert "Clients!A3" in told.value.what
    assert "Version history" in told.value.next_step


def before_the_write(act: Any) -> Any:
    """People act when the request that writes has come, before it is carried out."""

    def weather(seen: Seen) -> Fault | None:
        if seen.deed == "write":
            act()
        return None

    return weather


def test_an_answer_that_got_lost_fills_once(server: SheetsServer, people: People) -> None:
    book = sheet_of(server, people)
    asked = filling(book, 2)
    server.weather = next_ones(lost_reply(), deed="write")

    assert len(book.fill([asked]).done) == 1
    assert people.values("Clients")[2][0] == "C004"


def test_a_sheet_that_may_only_be_looked_at_is_not_filled(server: SheetsServer, people: People) -> None:
    book = sheet_of(server, people)
    asked = filling(book, 2)
    people.share(server.email, "reader")

    with pytest.raises(WorkbookBusy):
        book.fill([asked])
