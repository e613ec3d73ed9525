"""A plan that looks wrong stops before the first letter; what another computer did is honoured."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import toolkit
from tests.channel_contract import MORNING, WORDS, a_letter, said
from tests.delivery.made_up import a_record
from toolkit.app.run_checks import check_sane, sizes_of
from toolkit.book.client_book import ClientBook
from toolkit.book.mapping import ColumnRef, Join, Mapped
from toolkit.book.parse.cells import ParseContext
from toolkit.book.tabs.clients import Client
from toolkit.channels.channel import Mode
from toolkit.clock import FixedClock
from toolkit.delivery.attempts import address_digest
from toolkit.delivery.eligibility import eligibility_in
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import LetterRecord, PastRun, State
from toolkit.delivery.loop import Hold
from toolkit.delivery.shared.remote_letters import remote_letters, suppressed_in
from toolkit.delivery.suppressed import SuppressedList, Suppression, together, why_closed
from toolkit.errors import RunStopped
from toolkit.plan import Plan
from toolkit.sheets.memory import MemoryWorkbook

if TYPE_CHECKING:
    from toolkit.book.grid import Tabs

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
READING = ParseContext()


def plan(number: int, address: str = "") -> Plan:
    return Plan(TODAY, letters=tuple(a_letter(f"C{n}", address=address or f"c{n}@example.com") for n in range(number)))


def last(**counts: int) -> tuple[PastRun, ...]:
    return (PastRun(Mode.LIVE, TODAY, NOW, NOW, counts),)


BOOK = ClientBook(clients=(Client("C1", 2),))


def test_a_tab_that_is_suddenly_empty_stops() -> None:
    with pytest.raises(RunStopped, match="purchases is suddenly empty"):
        check_sane(plan(1), BOOK, last(clients=10, purchases=40, planned=3))
    check_sane(plan(1), BOOK, last(clients=10, purchases=0, planned=3))


def test_ten_times_the_letters_of_last_time_stop_from_thirty_on() -> None:
    with pytest.raises(RunStopped, match="40 letters are due, and the last runs had at most 4"):
        check_sane(plan(40), BOOK, last(planned=4))
    check_sane(plan(29), BOOK, last(planned=2))
    check_sane(plan(40), BOOK, last(planned=5))
    check_sane(plan(40), BOOK, ())
    check_sane(plan(40), BOOK, (*last(planned=0), *last(planned=38)))


def test_one_address_for_many_clients_stops() -> None:
    with pytest.raises(RunStopped, match="5 clients have the same"):
        check_sane(plan(5, "office@example.com"), BOOK, ())
    check_sane(plan(4, "office@example.com"), BOOK, ())
    team = tuple(a_letter(f"staff:{n}", address="office@example.com") for n in range(5))
    check_sane(Plan(TODAY, letters=team), BOOK, ())


def test_clients_who_are_called_have_no_address_to_share() -> None:
    called = tuple(a_letter(f"C{n}", address="") for n in range(9))
    check_sane(Plan(TODAY, letters=called), BOOK, ())


def test_a_runs_figures_hold_the_sizes_of_its_tabs() -> None:
    assert sizes_of(BOOK) == {"clients": 1, "purchases": 0}


OUTBOX = ("Day", "Client no.", "Name", "Letter", "Subject", "State", "Words", "Key", "Channel")


def tabs(*rows: tuple[str, ...], suppressed: tuple[tuple[str, ...], ...] = ()) -> Mapping[str, object]:
    clients = [
        ("Client no.", "Name", "Email", "Letters", "Prefers", "Address"),
        ("C1", "Asha", "asha@example.com", "yes", "", ""),
        ("C2", "Ben", "ben@example.com", "no", "", ""),
        ("C3", "Cyd", "cyd@example.com", "yes", "phone", "Moi Ave 1"),
        ("C4", "Dan", "", "yes", "phone", ""),
        ("C5", "Eve", "eve@example.com", "yes", "", ""),
        ("C5", "Eva", "eva@example.com", "yes", "", ""),
    ]
    return {
        "Clients": clients,
        "Outbox": [OUTBOX, *rows],
        "Suppressed": [("Day", "Client no.", "Name", "Why", "Key"), *suppressed],
    }


def row(key: str, state: str, channel: str = "mail") -> tuple[str, ...]:
    return ("2026-11-20", "C1", "Asha", "thank-you", "Thanks", state, "250", key, channel)


def test_rows_of_other_computers_count_but_for_those_that_wait_or_were_rehearsed() -> None:
    book = tabs(row("a" * 16, "sent"), row("b" * 16, "planned"), row("c" * 16, "sent", "folder"), row("d" * 16, "??"))
    found = {one.key[0]: one.state for one in remote_letters(book, READING.lexicon)}  # type: ignore[arg-type]  # a small table
    assert found == {"a": State.SENT, "d": State.IN_DOUBT}


def test_what_another_computer_wrote_down_is_known_with_its_occasion_and_words() -> None:
    full = (*row("a" * 16, "sent"), "ben (1)", "newsletter 2026-11", "w1", "promotional")
    book = tabs(full, row("b" * 16, "sent"))
    one, old = (letter.past for letter in remote_letters(book, READING.lexicon))  # type: ignore[arg-type]  # a small table
    assert (one.campaign, one.occurrence, one.words_id, one.promotional) == ("newsletter", "2026-11", "w1", True)
    assert (old.campaign, old.occurrence, old.promotional) == ("", "b" * 16, False)


def entry(client: str = "C1", address: str = "asha@example.com", *, promotional: bool = True) -> LetterRecord:
    return a_record(client, address, promotional=promotional)


def hold_by(
    book: object, record: LetterRecord, lifted: tuple[Suppression, ...] = (), reading: Any = READING
) -> Hold | None:
    """Why a letter shall not go by some cells."""
    closed = together((), suppressed_in(book, reading), lifted)  # type: ignore[arg-type]  # a small table
    return eligibility_in(book, reading, closed)(record)  # type: ignore[arg-type]  # a small table


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (entry(), ""),
        (entry("C2", "ben@example.com"), "no longer consents"),
        (entry("C2", "ben@example.com", promotional=False), ""),
        (entry("C3", "cyd@example.com"), "the client no longer wants e-mail"),
        (entry("C3", ""), ""),
        (entry("C1", ""), "waiting: the address has changed"),
        (entry("C4", ""), f"waiting: {WORDS.say('held', 'unreachable')}"),
        (entry("C5", "eve@example.com"), f"waiting: {WORDS.say('held', 'number-twice')}"),
        (entry("C9"), "waiting: this client is no longer in the workbook"),
        (entry(address="old@example.com"), "waiting: the address has changed"),
    ],
)
def test_before_each_batch_the_book_says_who_is_still_written_to(one: LetterRecord, words: str) -> None:
    unwanted = hold_by(tabs(), one)
    assert (said(unwanted.words) if unwanted else "") == words
    assert unwanted is None or unwanted.for_good is not words.startswith("waiting")


def test_a_letter_that_another_computer_sent_meanwhile_and_a_suppressed_one_are_not_sent() -> None:
    sent = hold_by(tabs(row("e" * 16, "sent")), entry())
    assert sent is not None
    typed = tabs(suppressed=(("", "C1", "", "rang us", ""),))
    stopped = hold_by(typed, entry())
    assert stopped is not None
    assert said(stopped.words) == "suppressed: rang us"
    assert hold_by(typed, entry(), (Suppression("C1", "", READING.today, "rang us"),)) is None


def test_an_address_that_the_mapping_takes_from_another_tab_is_looked_at_there() -> None:
    boxes = [("No", "Box"), ("C1", "asha@example.com")]
    book = {"Clients": [("Client no.", "Name", "Letters"), ("C1", "Asha", "yes")], "Boxes": boxes}
    mapped = Mapped(
        "", {"email": (ColumnRef("Boxes", "Box"),)}, (Join(ColumnRef("", "Client no."), ColumnRef("Boxes", "No")),)
    )
    reading = replace(READING, mapped={"clients": mapped})
    assert hold_by(book, entry(), reading=reading) is None
    assert hold_by(book, entry(address="old@example.com"), reading=reading) is not None


def test_a_closed_address_opens_again_when_the_client_has_another() -> None:
    dead = Suppression("C1", address_digest("asha@example.com"), TODAY, "dead-address")
    assert why_closed([dead], "C1", " Asha@Example.com ") == "dead-address"
    assert why_closed([dead], "C1", "new@example.com") is None
    assert why_closed([replace(dead, place="")], "C1", "new@example.com") == "dead-address"


def test_the_journals_list_and_the_tabs_are_one_and_what_is_lifted_goes(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        own = SuppressedList(journal)
        own.add(Suppression("C1", "", TODAY, "asked"))
        own.add(Suppression("C2", "", TODAY, "asked"))
        wrote = ("2026-11-20", "C2", "", "asked on paper", "")
        own.lift("C2", TODAY, "asked again", [Suppression("C2", "", date(2026, 11, 20), "asked on paper")])
        tab = suppressed_in(tabs(suppressed=(wrote, ("", "C3", "", "", ""))), READING)  # type: ignore[arg-type]  # a small table
        together_now = together(own.all(), tab, own.lifted())
        assert {one.client: one.why for one in together_now} == {"C1": "asked", "C3": "Suppressed"}


def test_after_a_lift_a_new_stop_counts_and_once_the_tab_was_written_the_same_one_too(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        own, first = SuppressedList(journal), Suppression("C1", "", TODAY, "asked")
        own.add(first)
        own.lift("C1", TODAY, "asked again", [first])
        assert together(own.all(), [first], own.lifted()) == ()
        anew = replace(first, why="asked again by phone")
        assert together(own.all(), [first, anew], own.lifted()) == (anew,)
        own.tab_was_written()
        assert together(own.all(), [first], own.lifted()) == (first,)
        assert own.all() == ()


def test_a_lifted_dead_address_is_known_again_by_the_words_that_the_tab_has_for_it(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        own, dead = SuppressedList(journal), Suppression("C1", "p", TODAY, "dead-address")
        own.add(dead)
        own.lift("C1", TODAY, "has a new box", [])
        assert together(own.all(), [replace(dead, why="the address is dead")], own.lifted()) == ()


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("dead-address", "dead-address"),
        ("refused-twice", "refused-twice"),
        ("mailbox-full", "mailbox-full"),
        ("rang us", "suppressed"),
    ],
)
def test_a_suppressed_clients_letter_is_held_with_the_reason(why: str, code: str) -> None:
    rows: Tabs = {
        "Clients": [("Client no.", "Name", "Email"), ("C1", "Asha", "asha@example.com")],
        "Purchases": [("Purchase no.", "Date", "Client no.", "Amount"), ("P1", TODAY, "C1", 100)],
    }
    with toolkit.open_shop(MemoryWorkbook(rows), clock=FixedClock(MORNING)) as shop:
        assert len(shop.plan_week(TODAY).letters) == 1
        SuppressedList(shop.desk.outbox.journal).add(Suppression("C1", "", TODAY, why))
        (held,) = shop.plan_week(TODAY).held
        assert held.code == code
        assert held.values == ({"why": why} if code == "suppressed" else {})
