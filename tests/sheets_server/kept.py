"""A spreadsheet as a text file and back: a line for the book, one for each tab, one for each row."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.sheets_server.model import BLANK, Book, Row, Sheet
from tests.sheets_server.refusal import Json


def keep(book: Book, path: Path) -> None:
    """Write a spreadsheet into a file, with who may open it and all that its cells have."""
    lines = (json.dumps(line, ensure_ascii=False) for line in _lines(book))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def kept(path: Path) -> Book:
    """Read the spreadsheet that `keep` wrote."""
    first, *rest = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    book = Book(**first["book"], sheets=[])
    for line in rest:
        if "tab" in line:
            book.sheets.append(_sheet(line["tab"]))
        else:
            book.sheets[-1].rows.append(Row(tuple(line["row"]), _by_number(line.get("marks", {}))))
    return book


def _lines(book: Book) -> Iterator[Json]:
    yield {"book": {name: value for name, value in vars(book).items() if name != "sheets"}}
    for sheet in book.sheets:
        yield {"tab": {name: value for name, value in vars(sheet).items() if name != "rows"}}
        last = max((at for at, row in enumerate(sheet.rows) if row != BLANK), default=-1)
        for row in sheet.rows[: last + 1]:
            yield {"row": row.values} | ({"marks": row.marks} if row.marks else {})


def _sheet(tab: Json) -> Sheet:
    return Sheet(**tab | {name: _by_number(tab[name]) for name in ("widths", "heights")})


def _by_number(marks: Json) -> dict[int, Json]:
    """JSON names everything by text; columns and rows have numbers."""
    return {int(at): mark for at, mark in marks.items()}
