"""Promised days kept and missed."""

from datetime import date

from tests.rules_desk import book
from toolkit.rules.deliveries import Deliveries, awaited, deliveries

BOOK = book(
    Clients="Client no. | Name\nC001 | Asha",
    Purchases="""
    Purchase no. | Date       | Client no. | Amount | Status    | Promised for | Delivered on | Return of
    P1           | 2026-03-01 | C001       | 1      | delivered | 2026-03-05   | 2026-03-05   |
    P2           | 2026-03-01 | C001       | 1      | delivered | 2026-03-05   | 2026-03-06   |
    P2           | 2026-03-01 | C001       | 1      | delivered | 2026-03-05   | 2026-03-05   |
    P3           | 2026-03-01 | C001       | 1      | paid      | 2026-03-05   |              |
    P4           | 2026-03-01 | C001       | 1      | paid      | 2026-03-20   |              |
    P5           | 2026-03-01 | C001       | 1      | cancelled | 2026-03-02   |              |
    P6           | 2026-03-01 | C001       | 1      | paid      |              |              |
    P7           | 2026-03-09 | C001       | -1     | paid      | 2026-03-02   |              | P1
    P8           | 2026-03-01 | C001       | 1      | delivered | 2026-03-05   |              |
    P9           | 2026-03-11 | C001       | 1      | paid      | 2026-03-05   |              |
    """,
)


def test_each_purchase_is_late_open_or_overdue_once() -> None:
    assert deliveries(BOOK.purchases, date(2026, 3, 10)) == Deliveries(6, ("P2",), 2, ("P3",))


def test_a_past_day_knows_nothing_of_later_deliveries() -> None:
    assert deliveries(BOOK.purchases, date(2026, 3, 5)) == Deliveries(6, (), 3, ())


def test_the_promised_day_itself_is_in_time() -> None:
    assert "P1" not in deliveries(BOOK.purchases, date(2026, 3, 10)).late


def test_without_promises_nothing_is_said() -> None:
    assert deliveries((), date(2026, 3, 10)) == Deliveries(0)


def test_a_line_is_awaited_until_it_is_delivered_or_cancelled() -> None:
    found = awaited(BOOK.purchases, date(2026, 3, 5))
    assert [(day.day, one.number) for day, one in found] == [(5, "P2"), (5, "P3"), (20, "P4")]
    assert [one.number for _, one in awaited(BOOK.purchases, date(2026, 3, 11))] == ["P3", "P4", "P9"]
