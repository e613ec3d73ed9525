"""The server is held to Google: 948 recorded requests of gspread's get the answers that Google gave."""

import json
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote

import pytest

from tests.shared_data import needs_shared
from tests.sheets_server.discovery import answer_faults, check_request
from tests.sheets_server.refusal import Refusal
from tests.sheets_server.replay import Recorded, names, play, recordings
from tests.sheets_server.routes import SHEETS

pytestmark = needs_shared

WIDTH: Final = "Google measures the words in the tab's font; the server guesses 9 pixels a letter"

DIFFERING: Final = {
    "WorksheetTest.test_auto_resize_columns#9": WIDTH,
    "WorksheetTest.test_auto_resize_columns#18": WIDTH,
}

USED: Final[dict[str, Callable[[Recorded], bool]]] = {
    "values get": lambda one: one.method == "GET" and "/values/" in one.path,
    "values batchGet": lambda one: "/values:batchGet" in one.path,
    "values update": lambda one: one.method == "PUT",
    "values batchUpdate": lambda one: "/values:batchUpdate" in one.path,
    "values append, table detected": lambda one: ":append" in one.path and "tableRange" in one.answer,
    "values clear": lambda one: ":clear" in one.path,
    "spreadsheets get with a field mask": lambda one: "/v4/" in one.path and "fields=" in one.path,
    "addSheet": lambda one: '"addSheet"' in str(one.body),
    "updateCells": lambda one: '"updateCells"' in str(one.body),
    "repeatCell": lambda one: '"repeatCell"' in str(one.body),
    "updateSheetProperties": lambda one: '"updateSheetProperties"' in str(one.body),
    "setDataValidation": lambda one: '"setDataValidation"' in str(one.body),
    "addProtectedRange": lambda one: '"addProtectedRange"' in str(one.body),
    "addNamedRange": lambda one: '"addNamedRange"' in str(one.body),
    "sortRange": lambda one: '"sortRange"' in str(one.body),
    "error 400": lambda one: one.code == 400,
    "error 403, not shared": lambda one: one.code == 403,
}

SCHEMA_ONLY: Final = {
    "insertDataOption": "neither OVERWRITE nor INSERT_ROWS was ever recorded by name, only the default",
    "createDeveloperMetadata": "no recording",
    "deleteDeveloperMetadata": "no recording",
    "developerMetadata:search": "no recording",
    "setBasicFilter": "no recording",
    "addConditionalFormatRule": "no recording",
    "updateProtectedRange": "no recording",
    "insertDimension": "no recording",
    "deleteDimension": "no recording",
    "moveDimension": "no recording",
    "appendDimension": "no recording",
    "updateDimensionProperties": "no recording",
    "SERIAL_NUMBER": "only the default was recorded",
    "FORMATTED_STRING": "only the default was recorded",
    "401": "no recording",
    "404": "no recording",
    "429": "no recording",
    "500": "no recording",
    "503": "no recording",
}
"""What only Google's schema holds: `doctor --live-locks` and a person with a real sheet must see the rest."""

SCHEMAS: Final = {
    ("GET", ""): "Spreadsheet",
    ("GET", "/values:batchGet"): "BatchGetValuesResponse",
    ("POST", ":batchUpdate"): "BatchUpdateSpreadsheetResponse",
    ("POST", "/values:batchUpdate"): "BatchUpdateValuesResponse",
    ("GET", "/values/"): "ValueRange",
    ("PUT", "/values/"): "UpdateValuesResponse",
    ("POST", "/values/:append"): "AppendValuesResponse",
    ("POST", "/values/:clear"): "ClearValuesResponse",
}


def everything() -> list[Recorded]:
    return [one for name in names() for one in recordings(name)]


@pytest.mark.parametrize("name", names())
def test_a_recorded_request_gets_the_recorded_answer(name: str) -> None:
    for one in play(name):
        assert one.agrees() == (one.recorded.name not in DIFFERING), (
            f"{one.recorded.name} {one.recorded.method} {unquote(one.recorded.path)}\n"
            f"Google: {one.recorded.code} {one.recorded.answer}\nserver: {one.code} {one.answer}"
        )


def test_all_recordings_are_played() -> None:
    played = everything()

    assert (len(names()), len(played)) == (56, 948)
    assert set(DIFFERING) <= {one.name for one in played}


def test_what_the_house_uses_was_recorded() -> None:
    played = everything()

    assert {name for name, is_it in USED.items() if not any(is_it(one) for one in played)} == set()


def test_what_is_said_to_have_no_recording_has_none() -> None:
    asked = "\n".join(f"{one.code} {unquote(one.path)} {one.body}" for one in everything())

    assert {name for name in SCHEMA_ONLY if re.search(rf"(?m){'^' if name.isdigit() else ''}{name}\b", asked)} == set()


def schema_of(one: Recorded) -> str:
    found = SHEETS.fullmatch(one.path.partition("?")[0])
    rest = found["rest"] if found else ""
    verb = re.sub(r"^/values/.*?(:append|:clear)?$", lambda part: f"/values/{part[1] or ''}", rest)
    return SCHEMAS[one.method, verb]


def to_sheets() -> list[Recorded]:
    return [one for one in everything() if one.path.startswith("/v4/") and one.code == 200]


def test_what_google_answered_is_right_by_its_own_description() -> None:
    faults = {one.name: answer_faults(schema_of(one), one.told) for one in to_sheets()}

    assert {name: found for name, found in faults.items() if found} == {}


def test_what_gspread_asked_is_right_by_googles_description() -> None:
    asked = [one for one in to_sheets() if one.path.endswith(":batchUpdate") and "/values" not in one.path]

    assert len(asked) == 87
    for one in asked:
        check_request("BatchUpdateSpreadsheetRequest", json.loads(one.body or ""))


@pytest.mark.parametrize(
    ("schema", "answer", "fault"),
    [
        ("ValueRange", {"range": "A1", "majorDimension": "SIDEWAYS"}, "ValueRange.majorDimension: string"),
        ("ValueRange", {"values": {"A1": 1}}, "ValueRange.values: list"),
        ("AppendValuesResponse", {"updates": {"updatedRows": "1"}}, "AppendValuesResponse.updates.updatedRows: int32"),
        ("Spreadsheet", {"sheets": [{"propertys": {}}]}, "Spreadsheet.sheets[0]: unknown propertys"),
        ("Spreadsheet", {"sheets": [7]}, "Spreadsheet.sheets[0]: object"),
        ("Spreadsheet", {"properties": {"title": 1}}, "Spreadsheet.properties.title: string"),
    ],
)
def test_an_answer_that_google_would_not_give_is_told(schema: str, answer: Any, fault: str) -> None:
    assert answer_faults(schema, answer) == [fault]


def test_a_request_that_google_does_not_know_is_refused_in_its_words() -> None:
    asked = {"requests": [{"addSheet": {"properties": {"gridProperties": {"frozenRows": 1}}}}]}

    with pytest.raises(Refusal) as refused:
        check_request("BatchUpdateSpreadsheetRequest", asked)

    words = "Unknown name \"frozenRows\" at 'requests[0].add_sheet.properties.grid_properties': Cannot find field."
    assert refused.value.code == 400
    assert refused.value.message == f"Invalid JSON payload received. {words}"
