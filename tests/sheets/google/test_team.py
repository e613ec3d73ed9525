"""The lease and the appends by which computers at one sheet keep out of each other's way."""

from datetime import timedelta

import pytest

from tests.contracts import STANDING, TABS
from tests.sheets.google.sheet_desk import Waiting, made_of, sheet_of
from tests.sheets_server.accounts import Accounts
from tests.sheets_server.faults import Fault, lost_reply, next_ones, refuse
from tests.sheets_server.people import People
from tests.sheets_server.refusal import Refusal
from tests.sheets_server.server import SheetsServer
from toolkit.book.grid import Tabs
from toolkit.clock import SystemClock
from toolkit.errors import RunLocked, WorkbookBusy, WorkbookChanged
from toolkit.sheets.google.lease import FIRST_LEASE, LEASE_LIFE, LEASES_KEPT, leases_in
from toolkit.sheets.google.team import LEASE_TRIES
from toolkit.sheets.google.workbook import GoogleWorkbook
from toolkit.sheets.workbook import Holder

ANN = Holder("laptop-3 (a1b2)", "Ann on laptop-3")
BEN = Holder("desk-7 (c3d4)", "Ben on desk-7")
OUTBOX: Tabs = {"Outbox": (("Key", "Who"), ("k1", "Ann"))}


@pytest.fixture
def people(server: SheetsServer) -> People:
    return made_of(server, {**TABS, **OUTBOX})


def later(server: SheetsServer, by: timedelta) -> None:
    """Google's clock goes on; tokens are given by the real one."""
    server.accounts = Accounts(lambda: SystemClock().now().timestamp())
    server.now = (SystemClock().now() + by).timestamp


def said(code: int, words: str) -> Fault:
    """Google refuses in these words."""
    return Fault(lambda _: Refusal(code, words))


def opened(server: SheetsServer, people: People, waiting: Waiting | None = None) -> GoogleWorkbook:
    book = sheet_of(server, people, waiting)
    book.rows()
    return book


def test_a_google_sheet_is_shared_by_computers(server: SheetsServer, people: People) -> None:
    assert opened(server, people).capabilities.team is not None


def test_the_second_is_told_who_sends_since_when_and_how_far(server: SheetsServer, people: People) -> None:
    ann, ben = opened(server, people), opened(server, people)
    assert ann.team.take(ANN) is False
    ann.team.beat("37 of 120")

    with pytest.raises(RunLocked) as told:
        ben.team.take(BEN)

    assert told.value.what.startswith("Ann on laptop-3 is sending since ")
    assert told.value.what.endswith(" (37 of 120)")
    ann.team.release()
    assert ben.team.take(BEN) is True, "Ann was at work since Ben read the sheet"


def test_of_two_that_take_at_once_one_has_it(server: SheetsServer, people: People) -> None:
    ann, ben = opened(server, people), opened(server, people)
    assert ann.tabs().leases == ben.tabs().leases == (), "both saw that nobody has it"

    assert ann.team.take(ANN) is False
    with pytest.raises(RunLocked, match="Ann"):
        ben.team.take(BEN)


def test_a_lease_that_google_always_refuses_comes_to_an_end(server: SheetsServer, people: People) -> None:
    ann = opened(server, people)
    server.weather = lambda seen: said(400, "Too much developer metadata") if seen.deed == "write" else None
    server.forget()

    with pytest.raises(WorkbookChanged) as told:
        ann.team.take(ANN)

    assert "Too much developer metadata" in told.value.why
    assert server.count("write") == LEASE_TRIES


def test_a_lease_whose_answer_got_lost_is_ours_all_the_same(
    server: SheetsServer, people: People, waiting: Waiting
) -> None:
    ann = opened(server, people, waiting)
    server.weather = next_ones(lost_reply(), deed="write")

    assert ann.team.take(ANN) is False

    ann.team.beat("1 of 2")
    assert [one.told for one in leases_in(people.book.metadata)] == ["1 of 2"]


def test_a_computer_that_broke_off_takes_its_own_lease_over_at_once(server: SheetsServer, people: People) -> None:
    opened(server, people).team.take(ANN)

    assert opened(server, people).team.take(ANN) is False


def test_a_lease_without_a_sign_of_life_is_taken_over_and_its_holder_notices(
    server: SheetsServer, people: People
) -> None:
    ann = opened(server, people)
    ann.team.take(ANN)
    later(server, LEASE_LIFE - timedelta(minutes=1))
    ben = opened(server, people)
    with pytest.raises(RunLocked):
        ben.team.take(BEN)
    later(server, LEASE_LIFE + timedelta(minutes=1))

    ben.team.take(BEN)

    assert [one.id for one in leases_in(people.book.metadata)] == [FIRST_LEASE + 1, FIRST_LEASE + 2]
    with pytest.raises(WorkbookBusy, match="Ben on desk-7 took over"):
        ann.write([STANDING])
    assert "Standing" not in people.titles()
    with pytest.raises(RunLocked, match="Ben"):
        opened(server, people).team.take(ANN)
    ben.write([STANDING])
    assert "Standing" in people.titles()


def test_a_holder_that_lost_the_lease_hears_it_at_its_next_sign_of_life(server: SheetsServer, people: People) -> None:
    ann = opened(server, people)
    ann.team.take(ANN)
    later(server, LEASE_LIFE + timedelta(minutes=1))
    opened(server, people).team.take(BEN)

    with pytest.raises(RunLocked, match="Ben on desk-7 took over"):
        ann.team.beat("2 of 3")
    ann.team.release()
    assert [one.is_over for one in leases_in(people.book.metadata)] == [False, False]


def test_signs_of_life_keep_a_lease(server: SheetsServer, people: People) -> None:
    ann = opened(server, people)
    ann.team.take(ANN)
    for minutes in range(1, 40, 5):
        later(server, timedelta(minutes=minutes))
        ann._client.spreadsheets_get(people.id, {"fields": "properties.title"})  # an answer, and Google's clock with it
        ann.team.beat(f"{minutes} of 40")

    with pytest.raises(RunLocked):
        opened(server, people).team.take(BEN)


def test_only_the_last_marks_are_kept(server: SheetsServer, people: People) -> None:
    for _ in range(LEASES_KEPT + 5):
        book = opened(server, people)
        book.team.take(ANN)
        book.team.release()

    found = leases_in(people.book.metadata)
    assert (len(found), found[-1].generation) == (LEASES_KEPT, LEASES_KEPT + 5)


def test_a_mark_that_nobody_can_read_keeps_nobody_out(server: SheetsServer, people: People) -> None:
    opened(server, people).team.take(ANN)
    people.book.metadata[0]["metadataValue"] = "{broken"

    assert opened(server, people).team.take(BEN) is False


def test_rows_are_appended_below_the_last_one_and_come_back(server: SheetsServer, people: People) -> None:
    book = opened(server, people)

    place = book.team.append("Outbox", [["=k2", "Ann"], ["k3", "Ann"]])

    assert place == 3
    assert book.team.fresh(["Outbox", "Nowhere"]) == {
        "Outbox": [["Key", "Who"], ["k1", "Ann"], ["=k2", "Ann"], ["k3", "Ann"]]
    }
    assert people.formula("Outbox", "A3") == ""


def test_an_append_of_which_nobody_knows_says_so(server: SheetsServer, people: People, waiting: Waiting) -> None:
    book = opened(server, people, waiting)
    server.weather = next_ones(refuse(503, applied=True), deed="write")

    with pytest.raises(WorkbookBusy):
        book.team.append("Outbox", [["k2", "Ann"]])

    assert people.values("Outbox")[-1] == ["k2", "Ann"]
