"""Each raw failure of Google's says what it is, why, and what to do: a table over all of them."""

import inspect
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import google.auth.exceptions
import gspread.exceptions
import pytest
import requests.exceptions
from requests import Response

from tests.contracts import TABS
from tests.sheets.google.sheet_desk import Waiting, line_to, made_of
from tests.sheets_server.faults import Fault, lost_request, refuse
from tests.sheets_server.people import People
from tests.sheets_server.refusal import Refusal
from tests.sheets_server.server import SheetsServer
from toolkit.clock import SystemClock
from toolkit.errors import (
    NotShared,
    SecretMissing,
    SetupError,
    ToolkitError,
    WorkbookBusy,
    WorkbookChanged,
    WorkbookNotFound,
    WorkbookUnsafe,
)
from toolkit.sheets.google.errors import SheetAccess, failure_of_answer, failure_of_connection
from toolkit.sheets.google.workbook import GoogleWorkbook

ACCESS: Final = SheetAccess("the team's sheet", "sheetclerk@shop-123456.iam.gserviceaccount.com", "shop-123456")


@dataclass
class World:
    """The server, the people and our line to them, before something goes wrong."""

    server: SheetsServer
    people: People

    def always(self, fault: Fault) -> None:
        self.server.weather = lambda seen: None if seen.deed == "token" else fault

    def three_hours_ahead(self) -> None:
        self.server.now = (SystemClock().now() + timedelta(hours=3)).timestamp


def said(code: int, words: str) -> Fault:
    """Google refuses in these words."""
    return Fault(lambda _: Refusal(code, words))


FAILURES: Final[dict[str, tuple[Callable[[World], object], type[ToolkitError], str, str]]] = {
    "not shared": (lambda w: w.people.share(w.server.email, ""), NotShared, "is not shared", "add sheetclerk@shop"),
    "API off": (
        lambda w: setattr(w.server, "api_off", True),
        NotShared,
        "API is switched off",
        "library/sheets.googleapis.com?project=shop-123456",
    ),
    "deleted": (lambda w: w.server.books.pop(w.people.id), WorkbookNotFound, "is not there", "whole address"),
    "an .xlsx in Drive": (
        lambda w: w.server.office(w.people.id),
        WorkbookUnsafe,
        "is an Excel file in Google Drive",
        "Save as Google Sheets",
    ),
    "key deleted": (lambda w: w.server.revoke_key(), SecretMissing, "does not know the key", "connect google"),
    "clock wrong": (World.three_hours_ahead, SetupError, "clock is wrong", "set date and time"),
    "quota": (lambda w: w.always(refuse(429)), WorkbookBusy, "cannot be read or written now", "same key"),
    "trouble of theirs": (lambda w: w.always(refuse(503)), WorkbookBusy, "cannot be read", "wait some minutes"),
    "a page of the network": (
        lambda w: w.always(refuse(503, html=True)),
        WorkbookBusy,
        "cannot be read",
        "wants a log-in",
    ),
    "no line": (lambda w: w.always(lost_request()), WorkbookBusy, "cannot be read", "see that the internet works"),
    "token refused for good": (
        lambda w: w.always(said(401, "Request had invalid authentication credentials.")),
        SecretMissing,
        "no longer takes the key",
        "connect google",
    ),
    "tab protected": (
        lambda w: w.always(said(400, "You are trying to edit a protected cell or object.")),
        WorkbookBusy,
        "cannot be read or written",
        "Protect sheets and ranges",
    ),
    "sheet full": (
        lambda w: w.always(
            said(400, "This action would increase the number of cells above the limit of 10000000 cells.")
        ),
        WorkbookUnsafe,
        "is full",
        "delete tabs or blank rows",
    ),
    "tabs changed": (
        lambda w: w.always(said(400, "Unable to parse range: 'Standing'")),
        WorkbookChanged,
        "refused our request",
        "run again",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_says_what_it_is_and_what_to_do(server: SheetsServer, waiting: Waiting, failure: str) -> None:
    go_wrong, kind, what, next_step = FAILURES[failure]
    people = made_of(server, TABS)
    go_wrong(World(server, people))

    with pytest.raises(ToolkitError) as told:
        GoogleWorkbook(people.id, line_to(server, waiting)).rows()

    assert type(told.value) is kind
    assert what in told.value.what
    assert next_step in told.value.next_step
    assert str(told.value).count("\n") == 2
    assert "ya29" not in str(told.value)


def answer_with(code: int, body: object, **headers: str) -> Response:
    answer = Response()
    answer.status_code = code
    answer.raw = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return answer


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"error": "invalid_request"}, "invalid_request"),
        ({"error": "invalid_request", "error_description": "no such thing"}, "no such thing"),
        ({"error": {"code": 400}}, "error 400"),
        ({"nothing": 1}, "not Google's API answered"),
        ([1, 2], "not Google's API answered"),
        (b"<html>log in</html>", "not Google's API answered"),
        (b"\xff\xfe", "not Google's API answered"),
    ],
)
def test_an_answer_of_any_shape_is_understood(body: object, says: str) -> None:
    assert says in failure_of_answer(answer_with(400, body), ACCESS).error.why


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ({"Retry_After": "30"}, 30.0),
        ({"Retry_After": "Sat, 21 Nov 2026 06:00:20 GMT", "Date": "Sat, 21 Nov 2026 06:00:00 GMT"}, 20.0),
        ({"Retry_After": "Sat, 21 Nov 2026 05:00:00 GMT", "Date": "Sat, 21 Nov 2026 06:00:00 GMT"}, 0.0),
        ({"Retry_After": "soon"}, 0.0),
        ({}, 0.0),
    ],
)
def test_how_long_google_asks_to_wait_is_read_both_ways(asked: dict[str, str], rest: float) -> None:
    assert failure_of_answer(answer_with(429, {"error": {"code": 429}}, **asked), ACCESS).retry_after == rest


def exceptions_in(module: object, above: type[Exception] = Exception) -> list[type[Exception]]:
    found = [one for _, one in inspect.getmembers(module, inspect.isclass)]
    return [one for one in found if issubclass(one, above) and not issubclass(one, Warning)]


OF_REQUESTS: Final = exceptions_in(requests.exceptions, requests.exceptions.RequestException)


@pytest.mark.parametrize("kind", OF_REQUESTS, ids=lambda kind: str(kind.__name__))
def test_no_exception_of_requests_gets_out_raw(kind: type[Exception]) -> None:
    error = kind("bad", "doc", 0) if kind is requests.exceptions.JSONDecodeError else kind("line cut")

    assert str(failure_of_connection(error, ACCESS).error).count("\n") == 2


@pytest.mark.parametrize("kind", exceptions_in(google.auth.exceptions), ids=lambda kind: str(kind.__name__))
def test_no_exception_of_google_auth_gets_out_raw(kind: type[Exception]) -> None:
    assert str(failure_of_connection(kind("no token"), ACCESS).error).count("\n") == 2


def test_a_bad_certificate_is_no_matter_of_waiting() -> None:
    failure = failure_of_connection(requests.exceptions.SSLError("certificate verify failed"), ACCESS)

    assert not failure.is_temporary
    assert "clock is wrong" in failure.error.why


def test_gspreads_own_exceptions_are_those_that_we_know() -> None:
    """Our line answers in our own words before gspread can raise any of these."""
    assert {kind.__name__ for kind in exceptions_in(gspread.exceptions)} == {
        "APIError",
        "GSpreadException",
        "IncorrectCellLabel",
        "InvalidInputValue",
        "NoValidUrlKeyFound",
        "SpreadsheetNotFound",
        "UnSupportedExportFormat",
        "WorksheetNotFound",
    }
