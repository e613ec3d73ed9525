"""How fast our tabs are written back, beside openpyxl's load, change and save; prints ratios from one run.

python -m tests.bench.bench_workbook            10,000 clients, 100,000 purchases, 10,000 rows of Standing
python -m tests.bench.bench_workbook 1000       a tenth of it
"""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from toolkit.book.grid import OwnTab
from toolkit.book.ours import HEADINGS, STANDING
from toolkit.sheets.xlsx import XlsxWorkbook

CLIENTS = 10_000
PURCHASES_A_CLIENT = 10
DAY = date(2026, 1, 1)


def make_book(path: Path, clients: int) -> None:
    """A workbook of 18 columns of clients and 11 of purchases."""
    book = Workbook(write_only=True)
    tab = book.create_sheet("Clients")
    tab.append([f"Column {number}" for number in range(18)])
    for number in range(clients):
        words = [
            f"C{number:05}",
            f"Asha Juma {number}",
            "Asha",
            "Juma",
            "",
            "Ms",
            "yes",
            "",
            f"asha{number}@example.com",
        ]
        more = [f"+2547{number:08}", f"Street {number}", "KE", "en", "email", "yes", DAY, DAY, "S1"]
        tab.append([*words, *more])
    tab = book.create_sheet("Purchases")
    tab.append([f"Column {number}" for number in range(11)])
    for number in range(clients * PURCHASES_A_CLIENT):
        day, client = DAY + timedelta(days=number % 300), f"C{number % clients:05}"
        tab.append([f"P{number:06}", day, client, f"Product {number % 40}", 2, 12.5, None, 0.1, 7.5, "Ann", "paid"])
    book.save(path)


def standing(clients: int, tier: str) -> OwnTab:
    """As many rows of Standing as there are clients."""
    rows = tuple(
        (
            f"C{n:05}",
            f"Asha Juma {n}",
            tier,
            Decimal(n),
            Decimal(9),
            Decimal("0.05"),
            "ok",
            Decimal(n),
            "Gold",
            DAY,
            DAY,
        )
        for n in range(clients)
    )
    return OwnTab(STANDING, HEADINGS[STANDING], rows)


def by_openpyxl(path: Path, tab: OwnTab) -> None:
    """Load everything, change our tab, save everything: no backup, no comparison, no fsync."""
    book = load_workbook(path)
    with suppress(KeyError):
        book.remove(book[tab.name])
    sheet = book.create_sheet(tab.name)
    sheet.append(list(tab.headings))
    for row in tab.rows:
        sheet.append(list(row))
    book.save(path)


def by_expat(path: Path) -> None:
    """Look at every part and do nothing: what reading cannot be faster than."""
    with ZipFile(path) as file:
        for name in file.namelist():
            if name.endswith(".xml"):
                parser = ParserCreate()
                parser.StartElementHandler = lambda *_: None
                parser.Parse(file.read(name), True)  # noqa: FBT003  expat takes no name


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object], times: int = 3) -> float:
    return min(seconds(work) for _ in range(times))


def main(clients: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "clients.xlsx", Path(folder) / "other.xlsx"
        make_book(path, clients)
        other.write_bytes(path.read_bytes())
        book = XlsxWorkbook(path)
        read = seconds(book.rows)
        ours = best(lambda: book.write([standing(clients, "Gold")]))
        cold = seconds(lambda: XlsxWorkbook(path).write([standing(clients, "Silver")]))
        expat = best(lambda: by_expat(path))
        theirs = best(lambda: by_openpyxl(other, standing(clients, "Gold")), 1)
    say = sys.stdout.write
    say(f"{clients:,} clients, {clients * PURCHASES_A_CLIENT:,} purchases\n")
    say(f"read within bounds             {read:6.2f} s   {read / expat:5.1f} times a pass of expat ({expat:.2f} s)\n")
    say(f"write back after a read        {ours:6.2f} s   openpyxl {theirs:.2f} s: {theirs / ours:5.1f} times faster\n")
    say(f"write back, file never seen    {cold:6.2f} s   {theirs / cold:5.1f} times faster\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLIENTS)
