from typing import Any

import gspread
import pytest

from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer

CLIENTS = [["Client no.", "Name"], ["C001", "Asha"], ["C002", "Ben"], ["C003", "Zoë"]]


@pytest.fixture
def shop(server: SheetsServer) -> People:
    return server.spreadsheet("Shop", {"Clients": CLIENTS})


def tag_row(shop: People, google: gspread.Client, row: int, number: int) -> None:
    place = {"sheetId": shop.book.sheet("Clients").id, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}
    tag = {"metadataId": number, "metadataKey": "row", "location": {"dimensionRange": place}, "visibility": "DOCUMENT"}
    change(shop, google, {"createDeveloperMetadata": {"developerMetadata": tag}})


def change(shop: People, google: gspread.Client, *requests: dict[str, Any]) -> Any:
    return google.http_client.batch_update(shop.id, {"requests": list(requests)})


def tagged_rows(shop: People) -> dict[int, int]:
    return {one["metadataId"]: one["location"]["dimensionRange"]["startIndex"] + 1 for one in shop.book.metadata}


def test_people_see_what_the_client_wrote(shop: People, google: gspread.Client) -> None:
    google.open_by_key(shop.id).sheet1.update([["C009", 12.5, True, "=1+1"]], "A5")

    assert shop.values("Clients")[4] == ["C009", 12.5, True, "=1+1"]
    assert shop.shown("Clients")[4] == ["C009", "12.5", "TRUE", "=1+1"]


def test_the_client_sees_what_people_typed(shop: People, google: gspread.Client) -> None:
    for cell, typed in {
        "A5": "0712",
        "B5": "2026-03-31",
        "C5": "12 %",
        "D5": "'007",
        "E5": "yes",
        "F5": "3/31/2026",
    }.items():
        shop.type("Clients", cell, typed)

    read = google.open_by_key(shop.id).sheet1.get(
        "A5:F5", value_render_option=gspread.utils.ValueRenderOption.unformatted
    )

    assert read == [[712, 46112, 0.12, "007", "yes", 46112]]
    assert shop.shown("Clients")[4] == ["712", "2026-03-31", "12%", "007", "yes", "3/31/2026"]


def test_a_sort_moves_the_cells_below_the_heading(shop: People) -> None:
    shop.type("Clients", "B3", "Aaron")
    shop.sort("Clients", 2)
    assert shop.values("Clients") == [["Client no.", "Name"], ["C002", "Aaron"], ["C001", "Asha"], ["C003", "Zoë"]]

    shop.sort("Clients", 2, down=True)
    assert [row[0] for row in shop.values("Clients")] == ["Client no.", "C003", "C001", "C002"]


def test_a_sort_puts_numbers_before_words_and_blanks_last(server: SheetsServer) -> None:
    shop = server.spreadsheet("Shop", {"Mixed": [["No."], ["b"], [""], [10], ["A"], [2], [True]]})

    shop.sort("Mixed", 1)
    assert shop.values("Mixed") == [["No."], [2], [10], ["A"], ["b"], [True]]


def test_a_note_goes_with_its_cell_when_people_sort(shop: People, google: gspread.Client) -> None:
    google.open_by_key(shop.id).sheet1.insert_note("B2", "likes tea")

    shop.sort("Clients", 2, down=True)

    assert shop.mark("Clients", "B4", "note") == "likes tea"
    assert shop.mark("Clients", "B2", "note") is None


def test_metadata_goes_with_its_row_when_rows_come_and_go(shop: People, google: gspread.Client) -> None:
    tag_row(shop, google, 3, 7)

    shop.insert_rows("Clients", 2, 2)
    assert tagged_rows(shop) == {7: 5}
    assert shop.values("Clients")[4] == ["C002", "Ben"]

    shop.delete_rows("Clients", 2, 1)
    assert tagged_rows(shop) == {7: 4}

    shop.move_rows("Clients", 4, 1, before=2)
    assert tagged_rows(shop) == {7: 2}
    assert shop.values("Clients")[1] == ["C002", "Ben"]


def test_metadata_goes_when_its_row_is_deleted(shop: People, google: gspread.Client) -> None:
    tag_row(shop, google, 3, 7)
    tag_row(shop, google, 4, 8)

    shop.delete_rows("Clients", 3)

    assert tagged_rows(shop) == {8: 3}


def test_metadata_stays_with_the_row_and_not_with_the_cells_when_people_sort(
    shop: People, google: gspread.Client
) -> None:
    tag_row(shop, google, 2, 7)

    shop.sort("Clients", 1, down=True)

    assert tagged_rows(shop) == {7: 2}
    assert shop.values("Clients")[1] == ["C003", "Zoë"]


def test_an_inserted_row_takes_the_dropdown_of_the_row_above_and_no_note(shop: People, google: gspread.Client) -> None:
    tab = google.open_by_key(shop.id).sheet1
    tab.add_validation("A2:A4", gspread.utils.ValidationConditionType.one_of_list, ["C001", "C002"])
    tab.insert_note("A2", "first")

    shop.insert_rows("Clients", 3)

    assert shop.mark("Clients", "A3", "dataValidation")["condition"]["type"] == "ONE_OF_LIST"
    assert shop.mark("Clients", "A3", "note") is None
    assert shop.values("Clients")[2] == []


def test_columns_come_and_go_with_all_that_is_in_them(shop: People) -> None:
    shop.insert_columns("Clients", 2)
    assert shop.values("Clients")[1] == ["C001", None, "Asha"]

    shop.delete_columns("Clients", 1)
    assert shop.values("Clients")[1] == [None, "Asha"]
    assert shop.book.sheet("Clients").column_count == 26


def test_protection_filter_and_rules_move_with_their_cells(shop: People, google: gspread.Client) -> None:
    here = {"sheetId": shop.book.sheet("Clients").id, "startRowIndex": 1, "endRowIndex": 4}
    rule = {"ranges": [here], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    change(
        shop,
        google,
        {"addProtectedRange": {"protectedRange": {"range": here, "warningOnly": True, "description": "ours"}}},
        {"setBasicFilter": {"filter": {"range": here}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"addNamedRange": {"namedRange": {"name": "People", "range": here}}},
    )

    shop.insert_rows("Clients", 1)
    shop.delete_rows("Clients", 5)

    tab = shop.book.sheet("Clients")
    found = [tab.protected[0], tab.basic_filter or {}, {"range": tab.conditional[0]["ranges"][0]}, shop.book.named[0]]
    assert [(one["range"]["startRowIndex"], one["range"]["endRowIndex"]) for one in found] == [(2, 4)] * 4


def test_what_lies_only_on_deleted_rows_is_gone(shop: People, google: gspread.Client) -> None:
    here = {"sheetId": shop.book.sheet("Clients").id, "startRowIndex": 2, "endRowIndex": 3}
    change(shop, google, {"addProtectedRange": {"protectedRange": {"range": here, "warningOnly": True}}})

    shop.delete_rows("Clients", 3)

    assert shop.book.sheet("Clients").protected == []


def test_people_work_between_any_two_requests(shop: People, server: SheetsServer, google: gspread.Client) -> None:
    server.between = lambda seen: shop.insert_rows("Clients", 2) if seen.deed == "read" else None

    tab = google.open_by_key(shop.id).sheet1

    assert tab.get("A1:A6") == [["Client no."], [], [], [], ["C001"], ["C002"]]


def test_people_may_rename_a_tab_and_take_one_away(shop: People, google: gspread.Client) -> None:
    shop.lay("Old", [["x"]])
    shop.rename("Clients", "Kunden")
    shop.delete_tab("Old")

    assert [tab.title for tab in google.open_by_key(shop.id).worksheets()] == ["Kunden"]


def test_a_cell_must_be_a_cell(shop: People) -> None:
    with pytest.raises(ValueError, match="A1:B2 is no cell"):
        shop.type("Clients", "A1:B2", "x")
