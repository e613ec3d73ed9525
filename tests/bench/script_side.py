"""What a careful person writes with pandas and openpyxl for the same work: read, check, sum, write back.

python -m tests.bench.script_side BOOK CLIENTS
"""

import difflib
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import phonenumbers
from email_validator import EmailNotValidError, validate_email

from tests.bench.big_book import standing
from tests.bench.stopwatch import Stopwatch
from toolkit.book.grid import OwnTab

pd: Any = import_module("pandas")
STATUS = ("ordered", "paid", "delivered", "cancelled")
Problems = list[tuple[str, int, str, str]]


def read_and_check(path: Path) -> Problems:
    """Both tabs read, each distinct value of a column checked once, rows held against each other, spend summed."""
    tabs = pd.read_excel(path, sheet_name=["Clients", "Purchases"], dtype=object, engine="openpyxl")
    clients, purchases = tabs["Clients"], tabs["Purchases"]
    problems: Problems = []
    _check(problems, clients, "Email", _is_email)
    _check(problems, clients, "Phone", _is_phone)
    for column in ("Consent date", "Birthday", "First met"):
        _check(problems, clients, column, _is_day)
    for column in ("First name ok", "Letters"):
        _check(problems, clients, column, lambda one: str(one).casefold() in ("yes", "no"))
    for column in ("Client no.", "Email", "Phone"):
        twice = clients[column].notna() & clients[column].duplicated()
        problems += [("Clients", row + 2, column, "twice") for row in clients.index[twice]]
    _check(problems, purchases, "Date", _is_day)
    for column in ("Quantity", "Unit price", "Amount", "Discount", "Cost"):
        _check(problems, purchases, column, _is_number)
    _check(problems, purchases, "Status", lambda one: str(one).casefold() in STATUS)
    known = set(clients["Client no."])
    numbers = sorted(map(str, known))
    for row, number in purchases.loc[~purchases["Client no."].isin(known), "Client no."].items():
        near = difflib.get_close_matches(str(number), numbers, n=1, cutoff=0.6) if len(problems) < 100 else []
        problems.append(("Purchases", int(str(row)) + 2, "Client no.", f"unknown {near}"))
    amounts = pd.to_numeric(purchases["Amount"], errors="coerce").fillna(0)
    amounts.groupby(purchases["Client no."]).sum()
    return problems


def write_back(path: Path, tab: OwnTab) -> None:
    """A copy beside it, then everything loaded, our tab changed, everything saved."""
    shutil.copy2(path, path.with_suffix(".bak"))
    change(path, tab)


def change(path: Path, tab: OwnTab) -> None:
    """Load, change, save: no copy, no comparison, no fsync."""
    book = openpyxl.load_workbook(path)
    if tab.name in book.sheetnames:
        book.remove(book[tab.name])
    sheet = book.create_sheet(tab.name)
    sheet.append(list(tab.headings))
    for row in tab.rows:
        sheet.append(list(row))
    book.save(path)


def _check(problems: Problems, table: Any, column: str, is_right: Any) -> None:
    cells = table[column].dropna()
    right = {one: is_right(one) for one in cells.unique()}
    problems += [(column, row + 2, column, str(one)) for row, one in cells[~cells.map(right)].items()]


def _is_email(cell: object) -> bool:
    try:
        validate_email(str(cell), check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _is_phone(cell: object) -> bool:
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(str(cell), "KE")))
    except phonenumbers.NumberParseException:
        return False


def _is_day(cell: object) -> bool:
    return not pd.isna(pd.to_datetime(str(cell), errors="coerce", format="ISO8601"))


def _is_number(cell: object) -> bool:
    return not pd.isna(pd.to_numeric(str(cell), errors="coerce"))


def main(path: Path, clients: int) -> None:
    """Read, check and write back; then the change alone once more."""
    watch = Stopwatch()
    watch.time("read", lambda: read_and_check(path))
    watch.time("write", lambda: write_back(path, standing(clients, "Gold")))
    watch.time("change", lambda: change(path, standing(clients, "Silver")))
    watch.tell()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
