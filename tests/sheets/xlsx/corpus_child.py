"""One strange workbook in a process with limits: python corpus_child.py BOOK FOLDER; prints what came of it as JSON.

FOLDER gets `added.xlsx`, with our tabs put in, and `changed.xlsx`, with one of them changed.
"""

import json
import resource
import shutil
import sys
from decimal import Decimal
from pathlib import Path

from toolkit.book.grid import Link, OwnTab
from toolkit.errors import ToolkitError
from toolkit.sheets.xlsx import XlsxWorkbook

STANDING = OwnTab("Standing", ("Client no.", "Tier", "Spent"), (("C001", "Gold", Decimal(12)), ("C003", "", 12.5)))
PROBLEMS = OwnTab("Problems", ("Where", "What"), ((Link("Clients!C3", "Clients", "C3"), "=1+1"),))
MEMORY = 512 << 20
SECONDS = 20


def main(book: Path, folder: Path) -> dict[str, str]:
    path = folder / f"book{book.suffix}"
    shutil.copyfile(book, path)
    workbook = XlsxWorkbook(path)
    try:
        workbook.rows()
    except ToolkitError as error:
        return {"refused to read": str(error)}
    try:
        workbook.check_writable()
    except ToolkitError as error:
        return {"refused to write": str(error)}
    workbook.write([STANDING, PROBLEMS])
    shutil.copyfile(path, folder / "added.xlsx")
    workbook.write([OwnTab("Standing", ("Client no.", "Name", "Tier"), (("C002", "Асель", "Silver"),) * 40)])
    shutil.copyfile(path, folder / "changed.xlsx")
    return {"read": ", ".join(workbook.rows())}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
