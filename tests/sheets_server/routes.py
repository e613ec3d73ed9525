"""Which endpoint a request asks for, and what it answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import unquote

from tests.sheets_server import drive, objects, values, whole
from tests.sheets_server.batch import batch_update, without_nulls
from tests.sheets_server.discovery import check_request
from tests.sheets_server.model import Book
from tests.sheets_server.refusal import Json, not_found, not_shared, office_file
from tests.sheets_server.values import Query, one

SHEETS: Final = re.compile(r"/v4/spreadsheets/(?P<id>[\w-]+)(?P<rest>.*)")
DRIVE: Final = re.compile(r"/drive/v3/files(?:/(?P<id>[\w-]+))?(?P<rest>.*)")
VALUES: Final = re.compile(r"/values/(?P<range>.+?)(?P<verb>:append|:clear)?")
METADATA: Final = re.compile(r"/developerMetadata/(?P<id>\d+)")
READING_POSTS: Final = ("/developerMetadata:search",)


@dataclass(frozen=True)
class Asked:
    """A request, taken apart."""

    method: str
    path: str
    query: Query
    body: Any
    caller: str = ""

    def deed(self) -> str:
        """How Google counts it."""
        if not self.path.startswith("/v4/"):
            return "drive" if self.path.startswith("/drive/") else "token"
        reading = self.method == "GET" or self.path.endswith(READING_POSTS)
        return "read" if reading else "write"


@dataclass(frozen=True)
class Answer:
    """What is answered: JSON by the schema of this name, or text as it is."""

    body: Any
    schema: str = ""
    code: int = 200


class House(drive.Shelf, Protocol):
    """What the routes need of the server."""

    def put(self, draft: Book) -> None: ...

    def new_number(self) -> int: ...


def answer(house: House, asked: Asked) -> Answer:
    """Carry a request out."""
    if found := SHEETS.fullmatch(asked.path):
        book = opened(house, found["id"], asked)
        return _spreadsheet(house, book, found["rest"], asked)
    if found := DRIVE.fullmatch(asked.path):
        return _file(house, found["id"], found["rest"], asked)
    raise not_found()


def opened(house: House, key: str, asked: Asked) -> Book:
    """The book, where it is there and the caller may do this to it."""
    book = house.books.get(key)
    if book is None:
        raise not_found()
    if asked.caller not in book.roles or (asked.deed() == "write" and book.roles[asked.caller] != "writer"):
        raise not_shared()
    if book.mime != drive.SHEET:
        raise office_file()
    return book


def _spreadsheet(house: House, book: Book, rest: str, asked: Asked) -> Answer:
    reading = (asked.method, rest)
    if reading == ("GET", ""):
        return Answer(whole.get_spreadsheet(book, asked.query, asked.caller), "Spreadsheet")
    if reading == ("GET", "/values:batchGet"):
        return Answer(values.batch_get(book, asked.query), "BatchGetValuesResponse")
    if reading == ("POST", "/developerMetadata:search"):
        return _search(book, asked)
    if asked.method == "GET" and (found := METADATA.fullmatch(rest)):
        return _metadata(book, int(found["id"]))
    if asked.method == "GET" and (found := VALUES.fullmatch(rest)):
        return Answer(values.get_values(book, unquote(found["range"]), asked.query), "ValueRange")
    return _changed(house, book, rest, asked)


def _search(book: Book, asked: Asked) -> Answer:
    check_request("SearchDeveloperMetadataRequest", asked.body)
    filters = asked.body.get("dataFilters", [])
    matched = [{"developerMetadata": one, "dataFilters": filters} for one in objects.looked_up(book, filters)]
    return Answer({"matchedDeveloperMetadata": matched} if matched else {}, "SearchDeveloperMetadataResponse")


def _metadata(book: Book, wanted: int) -> Answer:
    for held in book.metadata:
        if held["metadataId"] == wanted:
            return Answer(held, "DeveloperMetadata")
    raise not_found()


def _changed(house: House, book: Book, rest: str, asked: Asked) -> Answer:
    """A writing request on a draft, which takes the book's place only when all went well."""
    draft = book.draft()
    done = _write(house, draft, rest, asked)
    draft.modified = house.moment()
    house.put(draft)
    return done


def _write(house: House, draft: Book, rest: str, asked: Asked) -> Answer:
    if (asked.method, rest) == ("POST", ":batchUpdate"):
        check_request("BatchUpdateSpreadsheetRequest", asked.body)
        replies = batch_update(draft, asked.body.get("requests", []), house.new_number)
        return Answer(replies, "BatchUpdateSpreadsheetResponse")
    if (asked.method, rest) == ("POST", "/values:batchUpdate"):
        body = without_empty(asked.body)
        check_request("BatchUpdateValuesRequest", body)
        return Answer(values.batch_update_values(draft, body), "BatchUpdateValuesResponse")
    if (asked.method, rest) == ("POST", "/values:batchClear"):
        cleared = [values.clear_values(draft, text)["clearedRange"] for text in asked.body.get("ranges", [])]
        return Answer({"spreadsheetId": draft.id, "clearedRanges": cleared}, "BatchClearValuesResponse")
    if found := VALUES.fullmatch(rest):
        verb = VERBS.get((asked.method, found["verb"] or ""))
        if verb:
            return verb(draft, unquote(found["range"]), asked)
    raise not_found()


def without_empty(body: Any) -> Json:
    """A values body without nulls at its top; nulls among the values mean "skip"."""
    return {name: value for name, value in (body or {}).items() if value is not None}


def _update(draft: Book, text: str, asked: Asked) -> Answer:
    how, echo = one(asked.query, "valueInputOption", ""), one(asked.query, "includeValuesInResponse", "false")
    body = without_empty(asked.body)
    return Answer(values.update_values(draft, text, body, how, echo=echo.lower() == "true"), "UpdateValuesResponse")


def _append(draft: Book, text: str, asked: Asked) -> Answer:
    return Answer(values.append_values(draft, text, without_empty(asked.body), asked.query), "AppendValuesResponse")


def _clear(draft: Book, text: str, _: Asked) -> Answer:
    return Answer(values.clear_values(draft, text), "ClearValuesResponse")


VERBS: Final[dict[tuple[str, str], Callable[[Book, str, Asked], Answer]]] = {
    ("PUT", ""): _update,
    ("POST", ":append"): _append,
    ("POST", ":clear"): _clear,
}


def _file(house: House, key: str | None, rest: str, asked: Asked) -> Answer:
    if key is None:
        if asked.method == "POST":
            return Answer(drive.create(house, without_nulls(asked.body), asked.caller))
        return Answer(drive.listed(house, asked.query, asked.caller))
    book = house.books.get(key)
    if book is None or asked.caller not in book.roles:
        raise drive.file_not_found(key)
    if asked.method == "DELETE":
        del house.books[key]
        return Answer("", code=204)
    return _one_file(house, book, rest, asked)


def _one_file(house: House, book: Book, rest: str, asked: Asked) -> Answer:
    if rest == "/copy" and asked.method == "POST":
        return Answer(drive.copied(house, book, without_nulls(asked.body)))
    if rest == "/export":
        return Answer(drive.exported(book))
    if rest == "/comments":
        return Answer({"comments": []})
    if not rest:
        return Answer(drive.look(book, asked.query))
    raise not_found()
