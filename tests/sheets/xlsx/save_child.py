"""A save that is killed from outside: python -m tests.sheets.xlsx.save_child FILE; saves when it reads a line."""

import sys
from pathlib import Path

from toolkit.book.grid import OwnTab
from toolkit.sheets.xlsx import XlsxWorkbook

ROWS = 2_000


def tab(words: str) -> OwnTab:
    return OwnTab("Standing", ("Client no.", "Tier", "Spent"), tuple((f"C{n:05}", words, n / 8) for n in range(ROWS)))


if __name__ == "__main__":
    book = XlsxWorkbook(Path(sys.argv[1]))
    book.check_writable()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    book.write([tab("new")])
