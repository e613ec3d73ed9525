"""Books for tests, written as small text tables, as a person types them into the tabs."""

from collections.abc import Mapping
from datetime import date

from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext
from toolkit.book.problem import Problem

TODAY = date(2026, 11, 21)
LADDER = """
    From date  | Tier   | From amount | Discount | Points rate
    2020-01-01 | Bronze | 0           | 0 %      | 0
    2020-01-01 | Silver | 100         | 5 %      | 0
    2020-01-01 | Gold   | 200         | 10 %     | 0
"""


def grid(table: str) -> list[list[Cell]]:
    rows = [line for line in table.splitlines() if line.strip()]
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def read(tabs: Mapping[str, str], today: date = TODAY) -> tuple[ClientBook, tuple[Problem, ...]]:
    """The book of some tabs by their names, and what is to be mended."""
    whole = {"Clients": "Client no. | Name\nC1 | Asha Juma", **tabs}
    return read_book({name: grid(table) for name, table in whole.items()}, ParseContext(today=today))


def book_of(tabs: Mapping[str, str], today: date = TODAY) -> ClientBook:
    """The book of tabs in which nothing is to be mended."""
    book, problems = read(tabs, today)
    assert [one for one in problems if not one.is_hint] == []
    return book


def purchases(*lines: str) -> str:
    """Lines of client C1: "2026-01-05 120", or with a number "2026-01-05 120 P7", or a return "... -20 R1 of P7"."""
    rows = ["Date | Client no. | Amount | Purchase no. | Return of"]
    for place, line in enumerate(lines):
        day, amount, *rest = line.split()
        number = rest[0] if rest else f"N{place}"
        rows.append(f"{day} | C1 | {amount} | {number} | {rest[2] if len(rest) > 2 else ''}")
    return "\n".join(rows)


def said(problems: tuple[Problem, ...]) -> list[str]:
    """Problems as people point at them: Tiers!C3 threshold-twice."""
    return [f"{one.place} {one.code}" for one in problems]
