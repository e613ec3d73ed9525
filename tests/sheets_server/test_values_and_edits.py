from collections.abc import Mapping
from typing import Any

import pytest
from requests import Session

from tests.shared_data import needs_shared
from tests.sheets_server.a1 import column_letters, column_number, read_range, write_range
from tests.sheets_server.clients import session_of
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer


class Line:
    """Bare requests about one spreadsheet."""

    def __init__(self, session: Session, url: str) -> None:
        self._session, self._url = session, url

    def get(self, rest: str = "", **query: Any) -> Any:
        return self._session.get(self._url + rest, params=query).json()

    def put(self, text: str, grid: Any, how: str = "RAW", **query: Any) -> Any:
        asked = {"valueInputOption": how, **query}
        return self._session.put(f"{self._url}/values/{text}", params=asked, json={"values": grid}).json()

    def post(self, rest: str, body: Any, **query: Any) -> Any:
        return self._session.post(self._url + rest, params=query, json=body).json()

    def append(self, text: str, grid: Any, **query: Any) -> Any:
        return self.post(f"/values/{text}:append", {"values": grid}, valueInputOption="RAW", **query)

    def edit(self, *requests: Mapping[str, Any]) -> Any:
        return self.post(":batchUpdate", {"requests": list(requests)})


@pytest.fixture
def shop(server: SheetsServer) -> People:
    return server.spreadsheet("Shop", {"Outbox": [["Key", "State"], ["k1", "sent"]]})


@pytest.fixture
def line(server: SheetsServer, shop: People) -> Any:
    with session_of(server) as session:
        yield Line(session, f"{server.url}/v4/spreadsheets/{shop.id}")


def message(answer: Any) -> str:
    return str(answer["error"]["message"])


def cells(shop: People, **place: int) -> dict[str, int]:
    return {"sheetId": shop.book.sheets[0].id, **place}


def test_reading_can_be_unformatted_formatted_or_the_formula(shop: People, line: Line) -> None:
    for cell, typed in {"A4": "2026-03-31", "B4": "=1+1", "C4": "5%"}.items():
        shop.type("Outbox", cell, typed)

    def read(**query: str) -> Any:
        return line.get("/values/Outbox!A4:C4", **query)["values"][0]

    assert read() == ["2026-03-31", "2", "5%"]
    assert read(valueRenderOption="UNFORMATTED_VALUE") == [46112, 2, 0.05]
    assert read(valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING") == [
        "2026-03-31",
        2,
        0.05,
    ]
    assert read(valueRenderOption="FORMULA") == [46112, "=1+1", 0.05]
    assert "value_render_option" in message(line.get("/values/Outbox", valueRenderOption="PRETTY"))


def test_reading_by_columns_turns_the_grid(line: Line) -> None:
    answer = line.get("/values:batchGet", ranges=["Outbox!A1:B", "Outbox!D1:E2"], majorDimension="COLUMNS")

    assert answer["valueRanges"][0]["values"] == [["Key", "k1"], ["State", "sent"]]
    assert "values" not in answer["valueRanges"][1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nowhere!A1", "Unable to parse range: Nowhere!A1"),
        ("Outbox!A", "Unable to parse range: Outbox!A"),
        ("Outbox!A1001", "Range (Outbox!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("Outbox!AA1:AB2", "Range (Outbox!AA1:AB2) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ],
)
def test_a_range_that_is_not_there_is_refused(line: Line, text: str, words: str) -> None:
    assert message(line.get(f"/values/{text}")) == words
    assert message(line.put(text, [[1]])) == words


@pytest.mark.parametrize(
    ("text", "grid", "words"),
    [
        ("Outbox!A1:B2", [[1], [2], [3]], "within range [Outbox!A1:B2], but tried writing to row [3]"),
        ("Outbox!A1:B2", [[1, 2, 3]], "within range [Outbox!A1:B2], but tried writing to column [C]"),
        ("Outbox!A1000", [[1], [2]], "Range (Outbox!A1000:A1001) exceeds grid limits."),
        ("Outbox!A1", [[{"x": 1}]], "Invalid values[0][0]: struct_value"),
        ("Outbox!A1", [[[1]]], "Invalid values[0][0]: list_value"),
        ("Outbox!A1", [1], "Invalid value at 'data.values[0]'"),
        ("Outbox!A1", [["x" * 50_001]], "more than the maximum of 50000 characters in a single cell"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    shop: People, line: Line, text: str, grid: Any, words: str
) -> None:
    assert words in message(line.put(text, grid))
    assert shop.values("Outbox") == [["Key", "State"], ["k1", "sent"]]


def test_a_write_must_say_how_it_is_meant(line: Line) -> None:
    assert "'valueInputOption' is required" in message(line.put("Outbox!A1", [[1]], how=""))


def test_a_write_can_tell_what_it_wrote(line: Line) -> None:
    assert line.put("Outbox!A3", [["k2"]], includeValuesInResponse="true")["updatedData"] == {
        "range": "Outbox!A3",
        "majorDimension": "ROWS",
        "values": [["k2"]],
    }


def test_a_null_skips_a_cell_and_an_empty_text_clears_it(shop: People, line: Line) -> None:
    line.put("Outbox!A2:B2", [[None, ""]])

    assert shop.values("Outbox") == [["Key", "State"], ["k1"]]


def test_clearing_keeps_notes_and_formats(shop: People, line: Line) -> None:
    shop.type("Outbox", "A2", "2026-03-31")

    line.post("/values:batchClear", {"ranges": ["Outbox!A2:B", "Outbox!A1"]})

    assert shop.values("Outbox") == [[None, "State"]]
    assert shop.mark("Outbox", "A2", "userEnteredFormat") == {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}


@pytest.mark.parametrize(("option", "below"), [("OVERWRITE", "k2"), ("INSERT_ROWS", None)])
def test_an_append_writes_over_or_pushes_down_what_stands_below(
    shop: People, line: Line, option: str, below: str | None
) -> None:
    shop.type("Outbox", "A4", "total")

    answer = line.append("Outbox!A1", [["k2", "claimed"], ["k2", "claimed"]], insertDataOption=option)

    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Outbox!A1:B2", "Outbox!A3:B4")
    assert [row[0] if row else None for row in shop.values("Outbox")[3:6]] == (
        ["k2"] if below else ["k2", None, "total"]
    )
    assert shop.book.sheet("Outbox").row_count == (1000 if below else 1002)


def test_an_append_at_the_end_of_the_grid_makes_it_longer(shop: People, line: Line) -> None:
    shop.book.sheet("Outbox").properties["gridProperties"]["rowCount"] = 2

    assert line.append("Outbox!A1", [["k2"]])["updates"]["updatedRange"] == "Outbox!A3"
    assert shop.book.sheet("Outbox").row_count == 3


def test_an_append_goes_behind_the_block_of_its_anchor_and_not_behind_a_gap(shop: People, line: Line) -> None:
    shop.lay("Outbox", [["Key"], ["k1"], [], ["k2"]])

    assert line.append("Outbox!A1", [["k3"]], insertDataOption="INSERT_ROWS")["tableRange"] == "Outbox!A1:B2"
    assert line.append("Outbox", [["k4"]])["tableRange"] == "Outbox!A5"


def test_an_append_to_a_blank_tab_starts_at_its_range(shop: People, line: Line) -> None:
    shop.lay("Calls", [[]])

    answer = line.append("Calls!B2", [["x"]], includeValuesInResponse="true")

    assert "tableRange" not in answer
    assert answer["updates"]["updatedData"]["range"] == "Calls!B2"


def test_a_block_with_a_gap_in_it_is_found_whole(shop: People, line: Line) -> None:
    shop.lay("Wide", [["", "b", ""], ["a", "", "c"], ["", "", "d"]])

    assert line.append("Wide!B1", [["x"]])["tableRange"] == "Wide!A1:C3"


def test_only_the_tabs_of_the_ranges_are_told(shop: People, line: Line) -> None:
    shop.lay("Calls", [["x"]])

    told = line.get(ranges="Calls!A1:B2", includeGridData="true")["sheets"]

    assert [tab["properties"]["title"] for tab in told] == ["Calls"]
    assert told[0]["data"][0]["rowData"] == [
        {
            "values": [
                {
                    "userEnteredValue": {"stringValue": "x"},
                    "effectiveValue": {"stringValue": "x"},
                    "formattedValue": "x",
                }
            ]
        }
    ]


def test_cells_tell_formulas_and_truths(shop: People, line: Line) -> None:
    shop.type("Outbox", "B5", "=1=1")

    mask = "sheets(data(startRow,startColumn,rowData.values(userEnteredValue,effectiveValue)))"
    told = line.get(ranges="Outbox!B5:C9", fields=mask)["sheets"][0]["data"][0]

    assert (told["startRow"], told["startColumn"]) == (4, 1)
    assert told["rowData"][0]["values"][0] == {
        "userEnteredValue": {"formulaValue": "=1=1"},
        "effectiveValue": {"boolValue": True},
    }


@pytest.mark.parametrize("fields", ["sheets(", "sheets)", "a b", "sheets.properties..title)"])
def test_a_mask_that_cannot_be_read_is_refused(line: Line, fields: str) -> None:
    assert message(line.get(fields=fields)).startswith("Invalid field selection")


def test_cells_are_written_with_value_note_format_and_check(shop: People, line: Line) -> None:
    cell = {
        "userEnteredValue": {"stringValue": "=1+1"},
        "note": "ours",
        "userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}},
    }
    start = cells(shop, rowIndex=2, columnIndex=0)
    line.edit({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "*"}})

    assert shop.values("Outbox")[2] == ["=1+1"]
    assert shop.formula("Outbox", "A3") == ""
    assert shop.mark("Outbox", "A3", "note") == "ours"

    line.edit(
        {
            "updateCells": {
                "start": start,
                "rows": [{"values": [{}]}],
                "fields": "userEnteredFormat.textFormat.bold,note",
            }
        }
    )
    assert shop.mark("Outbox", "A3", "note") is None
    assert set(shop.mark("Outbox", "A3", "userEnteredFormat")) == {"backgroundColor", "backgroundColorStyle"}


def test_cells_of_a_range_that_are_not_given_are_emptied(shop: People, line: Line) -> None:
    rows = [{"values": [{"userEnteredValue": {"numberValue": 7}}]}]
    whole = cells(shop, startRowIndex=0, endRowIndex=3, startColumnIndex=0, endColumnIndex=2)

    line.edit({"updateCells": {"range": whole, "rows": rows, "fields": "userEnteredValue"}})

    assert shop.values("Outbox") == [[7]]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"rowIndex": 1000}, "GridCoordinate.rowIndex[1000] is after last row in grid[1000]"),
        ({"columnIndex": 26}, "GridCoordinate.columnIndex[26] is after last column in grid[26]"),
        ({"rowIndex": 999}, "Attempting to write row: 1000, beyond the last requested row of: 999"),
        ({"columnIndex": 25}, "Attempting to write column: 26, beyond the last requested column of: 25"),
    ],
)
def test_cells_outside_the_grid_are_refused(shop: People, line: Line, place: dict[str, int], words: str) -> None:
    rows = [{"values": [{"note": "x"}, {"note": "y"}]}] * 2
    asked = {"start": cells(shop, **place), "rows": rows, "fields": "note"}

    assert message(line.edit({"updateCells": asked})) == f"Invalid requests[0].updateCells: {words}"


def test_more_cells_than_the_range_holds_are_refused(shop: People, line: Line) -> None:
    one = cells(shop, startRowIndex=0, endRowIndex=1, startColumnIndex=0, endColumnIndex=1)

    def told(rows: list[Any]) -> str:
        return message(line.edit({"updateCells": {"range": one, "rows": rows, "fields": "note"}}))

    assert "beyond the last requested row of: 0" in told([{}, {}])
    assert "beyond the last requested column of: 0" in told([{"values": [{}, {}]}])


def test_a_range_may_end_outside_the_grid_but_not_start_there(shop: People, line: Line) -> None:
    def repeat(**place: int) -> Any:
        cell = {"userEnteredFormat": {"textFormat": {"italic": True}}}
        return line.edit({"repeatCell": {"range": cells(shop, **place), "cell": cell, "fields": "userEnteredFormat"}})

    assert repeat(startRowIndex=999, endRowIndex=1003, startColumnIndex=0, endColumnIndex=1)["replies"] == [{}]
    assert repeat(startRowIndex=3, endRowIndex=3)["replies"] == [{}]
    words = "Range (Outbox!A1001:B1001) exceeds grid limits. Max rows: 1000, max columns: 26"
    refused = repeat(startRowIndex=1000, endRowIndex=1001, startColumnIndex=0, endColumnIndex=2)
    assert message(refused) == f"Invalid requests[0].repeatCell: {words}"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (
            {"addSheet": {"properties": {"title": "Calls", "sheetId": 9}}},
            {"addSheet": {"properties": {"title": "calls"}}},
            'addSheet: A sheet with the name "calls" already exists. Please enter another name.',
        ),
        (
            {"addSheet": {"properties": {"title": "Calls", "sheetId": 9}}},
            {"addSheet": {"properties": {"title": "More", "sheetId": 9}}},
            "a sheet with that ID already exists",
        ),
        (
            {"addNamedRange": {"namedRange": {"name": "lease", "namedRangeId": "x", "range": {"sheetId": 101}}}},
            {"addNamedRange": {"namedRange": {"name": "lease", "range": {"sheetId": 101}}}},
            "Cannot add named range with name lease, a named range with that name already exists.",
        ),
        (
            {"addNamedRange": {"namedRange": {"name": "lease", "namedRangeId": "x", "range": {"sheetId": 101}}}},
            {"addNamedRange": {"namedRange": {"name": "other", "namedRangeId": "x", "range": {"sheetId": 101}}}},
            "a named range with that ID already exists",
        ),
        (
            {"addProtectedRange": {"protectedRange": {"protectedRangeId": 5, "range": {"sheetId": 101}}}},
            {"addProtectedRange": {"protectedRange": {"protectedRangeId": 5, "range": {"sheetId": 101}}}},
            "a protected range with that ID already exists",
        ),
    ],
)
def test_an_id_or_name_that_is_taken_is_refused_and_undoes_its_batch(
    shop: People, line: Line, first: Any, second: Any, words: str
) -> None:
    assert shop.book.sheets[0].id == 101
    assert "error" not in line.edit(first)

    refused = line.edit({"addSheet": {"properties": {"title": "Not this"}}}, second)

    assert words in message(refused)
    assert "Not this" not in shop.titles()


def test_a_lease_is_made_once_found_renewed_and_taken_away(line: Line) -> None:
    made = {"metadataId": 12, "metadataKey": "lease", "metadataValue": "Ann", "location": {"spreadsheet": True}}
    create = {"createDeveloperMetadata": {"developerMetadata": made | {"visibility": "DOCUMENT"}}}
    look = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "lease"}}]}

    assert line.edit(create)["replies"][0]["createDeveloperMetadata"]["developerMetadata"]["metadataId"] == 12
    assert "already exists" in message(line.edit(create))
    assert line.post("/developerMetadata:search", look)["matchedDeveloperMetadata"][0]["developerMetadata"] == {
        "metadataId": 12,
        "metadataKey": "lease",
        "metadataValue": "Ann",
        "location": {"locationType": "SPREADSHEET", "spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    line.edit(
        {"updateDeveloperMetadata": look | {"developerMetadata": {"metadataValue": "Ben"}, "fields": "metadataValue"}}
    )
    assert line.get("/developerMetadata/12")["metadataValue"] == "Ben"
    assert line.get(fields="developerMetadata.metadataValue") == {"developerMetadata": [{"metadataValue": "Ben"}]}
    line.edit({"deleteDeveloperMetadata": {"dataFilter": look["dataFilters"][0]}})
    assert line.post("/developerMetadata:search", look) == {}
    assert line.get("/developerMetadata/12")["error"]["code"] == 404


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({}, "No location specified"),
        ({"sheetId": 5}, "No grid with id: 5"),
        ({"dimensionRange": {"sheetId": 101, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}}, "a single row"),
    ],
)
def test_metadata_needs_one_place(shop: People, line: Line, place: Any, words: str) -> None:
    made = {"metadataKey": "x", "location": place, "visibility": "DOCUMENT"}

    assert words in message(line.edit({"createDeveloperMetadata": {"developerMetadata": made}}))
    assert shop.book.metadata == []


def test_metadata_on_a_tab_is_told_with_the_tab_and_goes_with_it(shop: People, line: Line) -> None:
    shop.lay("Calls", [["x"]])
    made = {"metadataKey": "shop", "location": {"sheetId": shop.book.sheet("Calls").id}, "visibility": "DOCUMENT"}
    line.edit({"createDeveloperMetadata": {"developerMetadata": made}})

    assert line.get()["sheets"][1]["developerMetadata"][0]["location"]["locationType"] == "SHEET"
    line.edit({"deleteSheet": {"sheetId": shop.book.sheet("Calls").id}})
    assert shop.book.metadata == []


def test_protection_may_only_warn(shop: People, line: Line) -> None:
    here = cells(shop, startRowIndex=0, endRowIndex=1)
    line.edit({"addProtectedRange": {"protectedRange": {"range": here, "warningOnly": True, "description": "ours"}}})

    told = line.get()["sheets"][0]["protectedRanges"][0]

    assert (told["warningOnly"], told["description"], "editors" in told) == (True, "ours", False)
    change = {"protectedRangeId": told["protectedRangeId"], "description": "yours"}
    line.edit({"updateProtectedRange": {"protectedRange": change, "fields": "description"}})
    assert shop.book.sheets[0].protected[0]["description"] == "yours"
    assert "No protected range" in message(line.edit({"deleteProtectedRange": {"protectedRangeId": 1}}))


def test_filter_rules_and_bands_are_told_and_taken_away(shop: People, line: Line) -> None:
    here = cells(shop, startRowIndex=0, endRowIndex=2)
    rule = {"ranges": [here], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {}}}}
    made = line.edit(
        {"setBasicFilter": {"filter": {"range": here}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"addBanding": {"bandedRange": {"range": here, "rowProperties": {"headerColor": {"blue": 1}}}}},
    )
    band = made["replies"][2]["addBanding"]["bandedRange"]["bandedRangeId"]

    told = line.get()["sheets"][0]
    assert {"basicFilter", "conditionalFormats", "bandedRanges"} <= set(told)
    line.edit(
        {"clearBasicFilter": {"sheetId": 101}},
        {"deleteConditionalFormatRule": {"sheetId": 101, "index": 0}},
        {"deleteBanding": {"bandedRangeId": band}},
    )
    assert set(line.get()["sheets"][0]) == {"properties"}
    assert "No conditional format" in message(line.edit({"deleteConditionalFormatRule": {"sheetId": 101}}))
    assert "No ranges" in message(line.edit({"addConditionalFormatRule": {"rule": {}}}))


def test_rows_and_columns_come_go_and_move_by_request(shop: People, line: Line) -> None:
    def place(start: int, end: int, dimension: str = "ROWS") -> dict[str, Any]:
        return cells(shop) | {"dimension": dimension, "startIndex": start, "endIndex": end}

    line.edit(
        {"insertDimension": {"range": place(1, 3), "inheritFromBefore": True}},
        {"moveDimension": {"source": place(3, 4), "destinationIndex": 1}},
        {"deleteDimension": {"range": place(2, 4)}},
        {"moveDimension": {"source": place(0, 1, "COLUMNS"), "destinationIndex": 2}},
        {"appendDimension": cells(shop) | {"dimension": "COLUMNS", "length": 4}},
        {
            "updateDimensionProperties": {
                "range": place(0, 2, "COLUMNS"),
                "properties": {"pixelSize": 200},
                "fields": "*",
            }
        },
        {
            "appendCells": cells(shop)
            | {"rows": [{"values": [{"userEnteredValue": {"boolValue": True}}]}], "fields": "*"}
        },
    )

    assert shop.values("Outbox") == [["State", "Key"], ["sent", "k1"], [True]]
    assert shop.book.sheets[0].column_count == 30
    widths = line.get(fields="sheets.data.columnMetadata.pixelSize")["sheets"][0]["data"][0]["columnMetadata"]
    assert [one["pixelSize"] for one in widths[:3]] == [200, 200, 100]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"deleteDimension": {"range": {"sheetId": 101, "dimension": "ROWS"}}}, "can't delete all the rows"),
        ({"deleteDimension": {"range": {"sheetId": 101, "dimension": "ROWS", "startIndex": 2000}}}, "doesn't exist"),
        ({"deleteSheet": {"sheetId": 101}}, "You can't remove all the sheets in a document."),
        ({"updateSheetProperties": {"properties": {"sheetId": 5}, "fields": "title"}}, "No sheet with id: 5"),
        ({"updateSheetProperties": {"properties": {"sheetId": 101}}}, "At least one field must be listed in 'fields'."),
        (
            {
                "updateSheetProperties": {
                    "properties": {"sheetId": 101, "gridProperties": {"rowCount": 0}},
                    "fields": "gridProperties.rowCount",
                }
            },
            "You can't delete all the rows",
        ),
        (
            {"addSheet": {"properties": {"gridProperties": {"rowCount": 10_000_001, "columnCount": 1}}}},
            "above the limit",
        ),
        ({"addChart": {}}, "does not know this request"),
        pytest.param({"addCharm": {}}, 'Unknown name "addCharm"', marks=needs_shared),
    ],
)
def test_an_edit_that_cannot_be_is_refused(shop: People, line: Line, request_: Any, words: str) -> None:
    assert words in message(line.edit(request_))
    assert shop.titles() == ["Outbox"]


def test_a_batch_needs_a_request(line: Line) -> None:
    assert message(line.edit()) == "Must specify at least one request."


def test_tabs_are_renamed_moved_and_cut(shop: People, line: Line) -> None:
    line.edit({"addSheet": {"properties": {"title": "Calls", "index": 0, "tabColor": {"red": 1}, "hidden": True}}})
    grid = {"rowCount": 1, "columnCount": 1, "frozenRowCount": 1}
    change = {"sheetId": 101, "title": "Sent", "index": 0, "gridProperties": grid}
    line.edit(
        {"updateSheetProperties": {"properties": change, "fields": "title,index,gridProperties"}},
        {
            "updateSpreadsheetProperties": {
                "properties": {"title": "Our shop", "timeZone": "Africa/Nairobi"},
                "fields": "*",
            }
        },
    )

    told = line.get(fields="properties(title,timeZone),sheets.properties(title,index,hidden,tabColorStyle)")
    assert told["properties"] == {"title": "Our shop", "timeZone": "Africa/Nairobi"}
    assert told["sheets"] == [
        {"properties": {"title": "Sent", "index": 0}},
        {"properties": {"title": "Calls", "index": 1, "hidden": True, "tabColorStyle": {"rgbColor": {"red": 1}}}},
    ]
    assert shop.values("Sent") == [["Key"]]
    taken = {"properties": {"sheetId": 101, "title": "Calls"}, "fields": "title"}
    assert "already exists" in message(line.edit({"updateSheetProperties": taken}))


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("A1", (0, 0, 1, 1)),
        ("'It''s'!B2:C", (1, 1, None, 3)),
        ("'It''s'!2:3", (1, 0, 3, None)),
        ("'It''s'!C3:A1", (0, 0, 3, 3)),
        ("It's", (0, 0, None, None)),
        ("'It''s'!A1:", None),
        ("'It''s'!", None),
        ("x!A1", None),
        ("", None),
    ],
)
def test_a_range_is_read(text: str, box: tuple[Any, ...] | None) -> None:
    found = read_range(text, ["It's"])

    assert (found and (found.top, found.left, found.bottom, found.right)) == box


def test_columns_have_letters() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letters(number)) == number for number in range(2000))
    assert write_range("D3", 0, 0, 1, 2) == "'D3'!A1:B1"
    assert write_range("Клиенты", 0, 0, 1, 1) == "'Клиенты'!A1"
