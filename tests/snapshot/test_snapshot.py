"""A workbook as it was read: worked out once; our own tabs may be taken as they are now, or all be read anew."""

from dataclasses import replace
from datetime import date
from typing import Final

from tests.book.book_desk import LEXICON, READING, told
from tests.tables import table
from toolkit.book import own_tabs
from toolkit.book.grid import Tabs
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.snapshot import Snapshot

TODAY: Final = date(2026, 11, 21)
CLIENTS: Final = "Client no. | Name | Email\nC1 | Asha | asha@example.com"
STAFF: Final = "Staff no. | Name | Email\n1 | Ann Otieno | ann@example.com"
FALLING: Final = "From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 9 %\n2026-01-01 | sales | 100 | 5 %"
CELL_AND_RULE: Final = [("Bonus bands!D3", "rate-falls"), ("Bonus bands!D3", "cliff")]


def tabs(**typed: str) -> Tabs:
    return {name.replace("_", " "): table(text) for name, text in typed.items()}


def read(language: str = "en", **typed: str) -> Snapshot:
    reading = replace(READING, today=TODAY)
    return Snapshot(tabs(**typed), reading, LEXICON.words(language), Loyalty(), Usual("whole"))


def test_our_own_tabs_are_taken_as_they_are_now_and_the_teams_stay_as_they_were_read() -> None:
    book = read(Clients=CLIENTS, Outbox="Day | State\n2026-11-20 | sent")
    now = tabs(Clients="Client no. | Name\nC2 | Ben", Outbox="Day | State", Wiki="x | y")
    book.take_ours(now)

    assert book.tabs == {**now, "Clients": table(CLIENTS)}
    assert [client.number for client in book.book.clients] == ["C1"]


def test_only_those_of_our_tabs_are_taken_that_are_asked_for() -> None:
    book = read(Outbox="Day | State", Points="Day | Client no.")
    book.take_ours(tabs(Outbox="new", Points="new"), (own_tabs.OUTBOX,))

    assert book.tabs == tabs(Outbox="new", Points="Day | Client no.")


def test_with_other_tabs_all_that_follows_from_them_is_worked_out_anew() -> None:
    month = TODAY.replace(day=1)
    book = read(Clients=CLIENTS, Staff=STAFF, Bonus_bands=FALLING)
    assert (told(book.problems), len(book.bonuses.month(month))) == (CELL_AND_RULE, 1)
    book.read_again(tabs(Clients="Client no. | Name | Email\nC2 | Ben | ben@example.com"))

    assert [client.number for client in book.book.clients] == ["C2"]
    assert (book.problems, book.bonuses.month(month)) == ((), ())


def test_what_the_cells_and_what_the_rules_tell_to_mend_comes_together() -> None:
    assert told(read(Clients=CLIENTS, Bonus_bands=FALLING).problems) == CELL_AND_RULE


def test_the_book_is_read_once() -> None:
    book = read(Clients=CLIENTS, Bonus_bands=FALLING)

    assert book.book is book.book
    assert book.problems is book.problems
    assert book.bonuses is book.bonuses


def test_a_tab_of_ours_keeps_the_name_that_it_has_in_any_language() -> None:
    assert read("en", Wiki="").own_tab_name(own_tabs.WEEK) == "Wiki"
    assert read("sw").own_tab_name(own_tabs.WEEK) == "Wiki"
