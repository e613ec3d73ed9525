import json
import stat
import threading
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError
from gspread.utils import InsertDataOption

from tests.shared_data import needs_shared
from tests.sheets_server.accounts import EMAIL
from tests.sheets_server.clients import signed_in
from tests.sheets_server.faults import (
    Fault,
    Seen,
    Weather,
    first_of,
    half_reply,
    lost_reply,
    lost_request,
    next_ones,
    now_and_then,
    refuse,
    slow,
)
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer

TABS = {"Outbox": [["Key", "State"], ["k1", "claimed"]]}


@pytest.fixture
def shop(server: SheetsServer) -> People:
    return server.spreadsheet("Shop", TABS)


@pytest.fixture
def tab(shop: People, google: gspread.Client) -> gspread.Worksheet:
    return google.open_by_key(shop.id).sheet1


def refused(call: Callable[[], object]) -> Any:
    with pytest.raises(gspread.exceptions.APIError) as error:
        call()
    return error.value.response


def append(tab: gspread.Worksheet, key: str) -> Any:
    return tab.append_row([key, "claimed"], table_range="A1", insert_data_option=InsertDataOption.insert_rows)


def test_a_quota_answer_has_googles_words_and_tells_when_to_come_back(
    server: SheetsServer, tab: gspread.Worksheet
) -> None:
    server.weather = next_ones(refuse(429, retry_after=30), times=2)

    reading, writing = refused(lambda: tab.get("A1")), refused(lambda: append(tab, "k2"))

    assert (reading.status_code, reading.headers["Retry-After"]) == (429, "30")
    assert "'Read requests per minute per user'" in reading.json()["error"]["message"]
    assert writing.json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert "'Write requests per minute per user'" in writing.json()["error"]["message"]
    assert append(tab, "k2")["updates"]["updatedRange"] == "Outbox!A3:B3"


def test_the_quota_is_counted_over_a_minute_of_the_servers_clock(server: SheetsServer, tab: gspread.Worksheet) -> None:
    started = server.now()
    server.now = lambda: started
    server.quota(reads=60, writes=2)
    append(tab, "k2")
    append(tab, "k3")

    assert refused(lambda: append(tab, "k4")).status_code == 429
    assert tab.get("A1") == [["Key"]]
    server.now = lambda: started + 60
    assert append(tab, "k4")["updates"]["updatedRange"] == "Outbox!A5:B5"


@pytest.mark.parametrize(("code", "status"), [(500, "INTERNAL"), (503, "UNAVAILABLE")])
def test_googles_own_trouble_changes_nothing(
    server: SheetsServer, shop: People, tab: gspread.Worksheet, code: int, status: str
) -> None:
    server.weather = next_ones(refuse(code))

    assert refused(lambda: append(tab, "k2")).json()["error"]["status"] == status
    assert len(shop.values("Outbox")) == 2


def test_trouble_may_come_as_a_page_and_after_the_change(
    server: SheetsServer, shop: People, tab: gspread.Worksheet
) -> None:
    server.weather = next_ones(refuse(503, applied=True, html=True))

    answer = refused(lambda: append(tab, "k2"))

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=UTF-8")
    assert shop.values("Outbox")[2] == ["k2", "claimed"]


@pytest.mark.parametrize(
    ("fault", "rows"), [(lost_reply(), 3), (half_reply(), 3), (lost_request(), 2)], ids=["reply", "half", "request"]
)
def test_a_cut_line_leaves_the_change_made_or_not_made(
    server: SheetsServer, shop: People, tab: gspread.Worksheet, fault: Fault, rows: int
) -> None:
    server.weather = next_ones(fault)

    with pytest.raises(requests.exceptions.RequestException):
        append(tab, "k2")

    assert len(shop.values("Outbox")) == rows
    assert append(tab, "k3")["updates"]["updatedRows"] == 1
    assert server.seen[-2].code == (200 if fault.half else 0)


def test_a_slow_answer_comes_in_the_end_or_too_late(server: SheetsServer, tab: gspread.Worksheet) -> None:
    server.weather = next_ones(slow(0.3), times=2)

    assert tab.get("A1") == [["Key"]]
    tab.client.set_timeout(0.05)
    with pytest.raises(requests.exceptions.ReadTimeout):
        tab.get("A1")


def hits(weather: Weather, deed: str = "read") -> list[int]:
    return [number for number in range(1, 1001) if weather(Seen("GET", "/", deed, number))]


def test_a_share_of_the_requests_is_hit_and_the_same_seed_hits_the_same_ones() -> None:
    struck = hits(now_and_then(refuse(503), 0.10, seed="7"))

    assert 60 < len(struck) < 140
    assert struck == hits(now_and_then(refuse(503), 0.10, seed="7"))
    assert struck != hits(now_and_then(refuse(503), 0.10, seed="8"))


def test_weather_can_be_for_one_deed_only_and_never_for_tokens() -> None:
    both = first_of(next_ones(lost_reply(), times=1, deed="write"), now_and_then(refuse(503), 1, deed="read"))

    assert len(hits(both)) == 1000
    assert hits(both, "write") == [1]
    assert hits(next_ones(lost_reply(), times=5), "token") == []
    assert hits(now_and_then(lost_reply(), 1), "token") == []


def test_requests_are_counted_as_google_counts_them(server: SheetsServer, tab: gspread.Worksheet) -> None:
    server.forget()

    tab.get("A1")
    append(tab, "k2")
    tab.spreadsheet.fetch_sheet_metadata()

    assert (server.count("read"), server.count("write")) == (2, 1)
    assert [(one.method, one.deed, one.number) for one in server.seen] == [
        ("GET", "read", 1),
        ("POST", "write", 1),
        ("GET", "read", 2),
    ]
    assert server.bodies[-1] == {"values": [["k2", "claimed"]]}


def test_a_change_that_is_refused_in_part_is_not_made_at_all(shop: People, google: gspread.Client) -> None:
    asked = [{"addSheet": {"properties": {"title": "Calls"}}}, {"deleteSheet": {"sheetId": 5}}]

    answer = refused(lambda: google.http_client.batch_update(shop.id, {"requests": asked}))

    assert answer.json()["error"]["message"] == "Invalid requests[1].deleteSheet: No grid with id: 5"
    assert shop.titles() == ["Outbox"]


def test_a_sheet_that_is_not_shared_is_refused(server: SheetsServer, google: gspread.Client) -> None:
    strangers = server.spreadsheet("Strangers", TABS, shared=False)

    with pytest.raises(PermissionError) as error:
        google.open_by_key(strangers.id)

    assert isinstance(error.value.__cause__, gspread.exceptions.APIError)
    assert error.value.__cause__.error["message"] == "The caller does not have permission"


def test_a_sheet_shared_to_read_takes_no_writing(shop: People, server: SheetsServer, tab: gspread.Worksheet) -> None:
    shop.share(server.email, "reader")

    assert tab.get("A1") == [["Key"]]
    assert refused(lambda: append(tab, "k2")).status_code == 403

    shop.share(server.email, "")
    assert refused(lambda: tab.get("A1")).status_code == 403


def test_an_api_that_is_off_says_so_with_the_address_to_switch_it_on(
    server: SheetsServer, google: gspread.Client
) -> None:
    shop = server.spreadsheet()
    server.api_off = True

    with pytest.raises(PermissionError) as error:
        google.open_by_key(shop.id)

    assert isinstance(error.value.__cause__, gspread.exceptions.APIError)
    told = error.value.__cause__.response.json()["error"]
    assert "has not been used in project" in told["message"]
    assert [one["reason"] for one in told["details"] if "reason" in one] == ["SERVICE_DISABLED"]


def test_an_unknown_id_is_not_found(google: gspread.Client) -> None:
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        google.open_by_key("1NoSuchSheet")


def test_an_excel_file_in_drive_is_refused(server: SheetsServer, google: gspread.Client) -> None:
    shop = server.spreadsheet()
    server.office(shop.id)

    told = refused(lambda: google.open_by_key(shop.id)).json()["error"]

    assert (told["code"], told["status"]) == (400, "FAILED_PRECONDITION")
    assert told["message"].startswith("This operation is not supported for this document")


def test_a_token_that_ran_out_is_refused(server: SheetsServer, tab: gspread.Worksheet) -> None:
    server.expire_tokens()

    assert refused(lambda: tab.get("A1")).json()["error"]["status"] == "UNAUTHENTICATED"


def test_a_token_lives_an_hour_of_the_servers_clock(server: SheetsServer, tab: gspread.Worksheet) -> None:
    assert tab.get("A1") == [["Key"]]

    later = server.now() + 3601
    server.now = lambda: later

    assert refused(lambda: tab.get("A1")).status_code == 401


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda server: server.revoke_key(), "Invalid JWT Signature."),
        (lambda server: server.accounts.known.clear(), "Invalid grant: account not found"),
        (lambda server: setattr(server, "now", lambda: 1_000_000_000.0), "reasonable timeframe"),
    ],
    ids=["key deleted", "account deleted", "clock wrong"],
)
def test_a_key_that_google_refuses_gets_no_token(
    server: SheetsServer, spoil: Callable[[SheetsServer], object], words: str
) -> None:
    shop = server.spreadsheet()
    spoil(server)

    with signed_in(server) as client, pytest.raises(RefreshError, match=words):
        client.open_by_key(shop.id)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Invalid grant_type"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "x.y.z"}, "Invalid JWT Signature"),
    ],
)
def test_the_token_endpoint_takes_only_a_signed_assertion(
    server: SheetsServer, form: dict[str, str], words: str
) -> None:
    answer = requests.post(f"{server.url}/token", data=form, timeout=10)

    assert answer.status_code == 400
    assert words in answer.json()["error_description"]


def test_the_key_file_is_a_real_one_that_only_its_owner_reads(server: SheetsServer, tmp_path: Path) -> None:
    path = server.account_file(tmp_path / "key.json")

    account = json.loads(path.read_text(encoding="utf-8"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (account["type"], account["client_email"]) == ("service_account", EMAIL)
    assert account["token_uri"] == f"{server.url}/token"
    assert gspread.service_account(filename=path) is not None


def test_the_date_of_an_answer_is_the_servers_clock(server: SheetsServer) -> None:
    server.now = lambda: 1_900_000_000.0

    answer = requests.get(f"{server.url}/v4/spreadsheets/x", timeout=10)

    assert parsedate_to_datetime(answer.headers["Date"]).timestamp() == 1_900_000_000
    assert answer.json()["error"]["code"] == 401


def test_a_body_that_is_no_json_is_refused(server: SheetsServer, tab: gspread.Worksheet) -> None:
    address = f"{server.url}/v4/spreadsheets/{tab.spreadsheet.id}:batchUpdate"

    answer = tab.client.session.post(address, data=b"{", timeout=10)

    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"


def test_many_at_once_each_get_a_row_of_their_own(shop: People, server: SheetsServer) -> None:
    def add(name: str) -> None:
        with signed_in(server) as client:
            tab = client.open_by_key(shop.id).sheet1
            for number in range(5):
                append(tab, f"{name}{number}")

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = [row[0] for row in shop.values("Outbox")]
    assert sorted(map(str, rows[2:])) == sorted(f"{name}{number}" for name in "abcd" for number in range(5))


def read_with_colour(server: SheetsServer) -> None:
    shop = server.spreadsheet()
    shop.book.properties["colour"] = "green"
    with signed_in(server) as client:
        client.open_by_key(shop.id)


def read_among_clumsy_people(server: SheetsServer) -> None:
    shop = server.spreadsheet()
    server.between = lambda _: shop.sort("Nowhere", 1)
    with signed_in(server) as client, pytest.raises(gspread.exceptions.APIError):
        client.open_by_key(shop.id)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        pytest.param(read_with_colour, "unknown colour", marks=needs_shared),
        (read_among_clumsy_people, "StopIteration"),
    ],
)
def test_what_goes_wrong_in_the_server_fails_the_test(deed: Callable[[SheetsServer], None], words: str) -> None:
    server = SheetsServer()

    with server:
        deed(server)
        told, server.faulty = server.faulty, []

    assert words in told[0]
    server.faulty = told
    with pytest.raises(AssertionError, match="the server went wrong"):
        server.check()
