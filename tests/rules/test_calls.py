"""Who is reached by a person, and by whom."""

from dataclasses import replace

import pytest

from tests.rules_desk import book
from toolkit.book.tabs.clients import Client
from toolkit.rules.calls import caller_of, is_reachable, why_call

ASHA = Client("C001", row=2, email="asha@example.com", phone="+254712345678")
BOOK = book(
    Clients="""
    Client no. | Name | Manager
    C001       | Asha | Ben
    C002       | Omar |
    C003       | Zoe  |
    C004       | Ivan |
    """,
    Staff="""
    Staff no. | Name
    S1        | Ann Lee
    S2        | Ben Ray
    """,
    Purchases="""
    Purchase no. | Date       | Client no. | Amount | Staff
    P1           | 2026-01-01 | C001       | 1      | Ann
    P2           | 2026-01-02 | C002       | 1      | Ann
    P2           | 2026-01-02 | C002       | 1      | Ann
    P3           | 2026-01-03 | C002       | 1      | Ben
    P4           | 2026-01-04 | C002       | 1      | Ben
    P5           | 2026-01-01 | C003       | 1      | Ben
    P6           | 2026-01-05 | C003       | 1      | Ann
    """,
)


@pytest.mark.parametrize("prefers", ["phone", "post", "chat"])
def test_who_prefers_another_way_is_called(prefers: str) -> None:
    assert why_call(replace(ASHA, prefers=prefers)) == f"prefers-{prefers}"


def test_mail_goes_to_who_has_an_address_and_no_other_wish() -> None:
    assert why_call(ASHA) == ""
    assert why_call(replace(ASHA, prefers="email")) == ""


def test_without_an_address_a_person_calls_but_a_wrong_one_is_to_be_mended() -> None:
    assert why_call(replace(ASHA, email="")) == "no-email"
    assert why_call(replace(ASHA, email="", faults=frozenset({"email"}))) == ""


def test_a_person_needs_a_phone_in_any_spelling_or_an_address() -> None:
    assert not is_reachable(Client("C001", row=2))
    assert is_reachable(Client("C001", row=2, phone_as_written="88.60.15.31"))
    assert is_reachable(Client("C001", row=2, address="Moi Ave 1"))
    assert not is_reachable(Client("C001", row=2, faults=frozenset({"email"}), phone="+254712345678"))


@pytest.mark.parametrize(("client", "caller"), [("C001", "S2"), ("C002", "S2"), ("C003", "S1"), ("C004", "")])
def test_the_manager_calls_else_who_sold_most_often_else_who_sold_last(client: str, caller: str) -> None:
    found = next(one for one in BOOK.clients if one.number == client)
    assert caller_of(BOOK, found) == caller
