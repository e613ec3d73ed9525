"""Who calls a client."""

import pytest

from tests.rules_desk import book
from toolkit.rules.calls import caller_of

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


@pytest.mark.parametrize(("client", "caller"), [("C001", "S2"), ("C002", "S2"), ("C003", "S1"), ("C004", "")])
def test_the_manager_calls_else_who_sold_most_often_else_who_sold_last(client: str, caller: str) -> None:
    found = next(one for one in BOOK.clients if one.number == client)
    assert caller_of(BOOK, found) == caller
