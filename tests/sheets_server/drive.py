"""The little of Google Drive that a spreadsheet needs: create, list, look at, copy, export, delete."""

import csv
import io
import re
from typing import Any, Final, Protocol

from tests.sheets_server.masks import masked, read_mask
from tests.sheets_server.model import Book, new_sheet
from tests.sheets_server.refusal import Json, Refusal
from tests.sheets_server.values import Query, get_values, one

SHEET: Final = "application/vnd.google-apps.spreadsheet"
ASKED_NAME: Final = re.compile(r'name\s*=\s*"([^"]*)"')


class Shelf(Protocol):
    """Where the books stand."""

    books: dict[str, Book]

    def new_key(self) -> str: ...

    def moment(self) -> str: ...


def file_not_found(key: str) -> Refusal:
    """Drive's own 404."""
    words = f"File not found: {key}."
    return Refusal(404, words, "NOT_FOUND")


def create(shelf: Shelf, body: Json, caller: str) -> Json:
    """files.create."""
    moment = shelf.moment()
    book = Book(shelf.new_key(), body["name"], [new_sheet("Sheet1")], {caller: "writer"})
    book.mime, book.created, book.modified = body.get("mimeType", SHEET), moment, moment
    shelf.books[book.id] = book
    return described(book)


def described(book: Book) -> Json:
    return {"kind": "drive#file", "id": book.id, "name": book.title, "mimeType": book.mime}


def times(book: Book) -> Json:
    return {"createdTime": book.created, "modifiedTime": book.modified}


def look(book: Book, query: Query) -> Json:
    """files.get."""
    mask = read_mask(one(query, "fields", "kind,id,name,mimeType"))
    return masked(described(book) | times(book), mask)  # type: ignore[no-any-return]  # a mask of a dict gives a dict


def listed(shelf: Shelf, query: Query, caller: str) -> Json:
    """files.list: what the caller may open, the newest first."""
    wanted = ASKED_NAME.search(one(query, "q", ""))
    books = [book for book in shelf.books.values() if caller in book.roles]
    books = [book for book in books if wanted is None or book.title == wanted[1]]
    newest = sorted(books, key=lambda book: book.created, reverse=True)
    answer: Json = {"kind": "drive#fileList", "files": [described(book) | times(book) for book in newest]}
    return masked(answer, read_mask(one(query, "fields", "kind,files(kind,id,name,mimeType)")))  # type: ignore[no-any-return]  # the same


def copied(shelf: Shelf, book: Book, body: Json) -> Json:
    """files.copy."""
    twin = book.draft()
    twin.id, twin.title = shelf.new_key(), body.get("name") or f"Copy of {book.title}"
    twin.created = twin.modified = shelf.moment()
    shelf.books[twin.id] = twin
    return described(twin)


def exported(book: Book) -> str:
    """files.export as text/csv: the first tab."""
    grid: list[list[Any]] = get_values(book, book.sheets[0].title, {}).get("values", [])
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(grid)
    return text.getvalue().removesuffix("\r\n")
