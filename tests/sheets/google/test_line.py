"""How the line to Google waits, asks again, and gives up; each fault is one that the test server really makes."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.contracts import STANDING, TABS
from tests.sheets.google.sheet_desk import MORNING, Waiting, first_column, line_to, made_of, sheet_of
from tests.sheets_server.faults import (
    Fault,
    half_reply,
    lost_reply,
    lost_request,
    next_ones,
    now_and_then,
    refuse,
    slow,
)
from tests.sheets_server.server import SheetsServer
from toolkit.clock import SystemClock
from toolkit.errors import WorkbookBusy
from toolkit.sheets.google.http_client import MOST_WAITING, TIME_OUTS, RetryPolicy

ROW = {"values": [["K1", "mine"]]}
INSERTED = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}


def test_it_waits_as_long_as_google_asks_for(server: SheetsServer, waiting: Waiting) -> None:
    book = sheet_of(server, made_of(server, TABS), waiting)
    server.weather = next_ones(refuse(429, retry_after=30), times=2)

    assert "Clients" in book.rows()

    assert waiting.clock.waits == [30.5, 30.5]


def test_without_a_word_it_waits_twice_as_long_each_time_and_some_by_chance(
    server: SheetsServer, waiting: Waiting
) -> None:
    book = sheet_of(server, made_of(server, TABS), waiting)
    server.weather = next_ones(refuse(503), times=4)

    book.rows()

    assert waiting.clock.waits == [1.5, 2.5, 4.5, 8.5]


def test_five_minutes_without_quota_are_told_at_once_and_waited_out_and_no_row_stands_twice(
    server: SheetsServer, waiting: Waiting
) -> None:
    people = made_of(server, TABS)
    book = sheet_of(server, people, waiting)
    book.rows()
    told_at: list[timedelta] = []
    over = MORNING + timedelta(minutes=5)
    server.weather = lambda seen: refuse(429) if seen.deed == "write" and waiting.clock.now() < over else None
    book._client._policy = RetryPolicy(
        waiting.clock.wait, lambda: 0.5, lambda _: told_at.append(waiting.clock.now() - MORNING)
    )

    book.write([STANDING])

    assert told_at[0] <= timedelta(seconds=10)
    assert all(later - earlier <= timedelta(seconds=65) for earlier, later in pairwise(told_at))
    assert first_column(people, "Standing") == ["Client no.", "C001", "C003"]


def test_quota_that_never_comes_back_ends_by_itself(server: SheetsServer, waiting: Waiting) -> None:
    people = made_of(server, TABS)
    book = sheet_of(server, people, waiting)
    server.weather = lambda seen: refuse(429) if seen.deed == "write" else None

    with pytest.raises(WorkbookBusy) as told:
        book.write([STANDING])

    assert 300 < sum(waiting.clock.waits) <= MOST_WAITING
    assert "60 writes a minute" in told.value.why
    assert "Standing" not in people.titles()


def test_each_wait_is_told_with_its_reason(server: SheetsServer, waiting: Waiting) -> None:
    book = sheet_of(server, made_of(server, TABS), waiting)
    server.weather = next_ones(refuse(429), times=3, deed="read")

    assert "Clients" in book.rows()
    assert len(waiting.told) == 3
    assert waiting.told[0].startswith("waiting for Google: Google takes 60 reads and 60 writes a minute")


@pytest.mark.parametrize(
    "fault",
    [refuse(500), refuse(503, applied=True), refuse(502, html=True), lost_reply(), lost_request(), half_reply()],
)
def test_a_write_whose_answer_got_lost_is_asked_again_and_comes_to_the_same(
    server: SheetsServer, waiting: Waiting, fault: Fault
) -> None:
    people = made_of(server, TABS)
    book = sheet_of(server, people, waiting)
    server.weather = next_ones(fault, deed="write")

    book.write([STANDING])

    assert people.titles() == ["Clients", "Purchases", "Standing"]
    assert first_column(people, "Standing") == ["Client no.", "C001", "C003"]
    assert waiting.told


def test_an_append_whose_answer_got_lost_is_not_asked_again(server: SheetsServer, waiting: Waiting) -> None:
    people = made_of(server, {"Outbox": (("Key", "SheetAccess"),)})
    line = line_to(server, waiting)
    server.weather = next_ones(lost_reply(), deed="write")

    with pytest.raises(WorkbookBusy):
        line.values_append(people.id, "'Outbox'!A1", dict(INSERTED), ROW)

    assert people.values("Outbox") == [["Key", "SheetAccess"], ["K1", "mine"]]
    assert waiting.clock.waits == []


def test_an_append_that_google_surely_did_not_do_is_asked_again(server: SheetsServer, waiting: Waiting) -> None:
    people = made_of(server, {"Outbox": (("Key", "SheetAccess"),)})
    server.weather = next_ones(refuse(429, retry_after=7), times=2, deed="write")

    line_to(server, waiting).values_append(people.id, "'Outbox'!A1", dict(INSERTED), ROW)

    assert people.values("Outbox") == [["Key", "SheetAccess"], ["K1", "mine"]]
    assert waiting.clock.waits == [7.5, 7.5]


def test_a_line_that_is_bad_now_and_then_brings_everything_in_the_end(server: SheetsServer, waiting: Waiting) -> None:
    people = made_of(server, TABS)
    server.weather = now_and_then(lost_reply(), 0.3, seed="3")

    for _ in range(10):
        sheet_of(server, people, waiting).write([STANDING])

    assert people.titles() == ["Clients", "Purchases", "Standing"]


def test_somebody_is_told_when_no_answer_comes(server: SheetsServer, waiting: Waiting) -> None:
    people = made_of(server, TABS)
    line = line_to(server, waiting)
    line._policy = RetryPolicy(waiting.clock.wait, lambda: 0.0, waiting.told.append, slow=0.05)
    server.weather = next_ones(slow(0.4))

    line.spreadsheets_get(people.id, {"fields": "properties.title"})

    assert waiting.told == ["waiting for Google: no answer yet"]


def test_a_token_that_ran_out_is_renewed_without_a_word(server: SheetsServer, waiting: Waiting) -> None:
    book = sheet_of(server, made_of(server, TABS), waiting)
    book.rows()
    server.expire_tokens()

    assert "Clients" in book.rows()
    assert waiting.told == []


def test_every_request_has_time_outs(server: SheetsServer) -> None:
    assert line_to(server).timeout == TIME_OUTS


def test_the_line_knows_what_time_it_is_at_google(server: SheetsServer) -> None:
    people, line = made_of(server, TABS), line_to(server)
    server.now = (SystemClock().now() + timedelta(minutes=3)).timestamp

    line.spreadsheets_get(people.id, {"fields": "properties.title"})

    assert line.server_now is not None
    assert timedelta(minutes=2) < line.server_now - SystemClock().now() < timedelta(minutes=4)
