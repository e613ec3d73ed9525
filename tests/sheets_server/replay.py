"""Recordings of real traffic, played again to the test server."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from tests.shared_data import SHARED
from tests.sheets_server.clients import session_of
from tests.sheets_server.model import Book, new_sheet
from tests.sheets_server.refusal import Json
from tests.sheets_server.server import SheetsServer

CASSETTES: Final = SHARED / "sheets-api" / "cassettes"
RECORDED_AS: Final = "telegram-budgeter@telegram-budgeter.iam.gserviceaccount.com"
MOMENTS: Final = ("createdTime", "modifiedTime")
KEY: Final = re.compile(r"/(?:spreadsheets|files)/([\w-]{30,})")


@dataclass(frozen=True)
class Recorded:
    """One request and the answer that Google gave."""

    name: str
    method: str
    path: str
    body: str | None
    code: int
    told: Any

    @property
    def answer(self) -> Any:
        """What Google told, without its moments."""
        return without_moments(self.told)


@dataclass(frozen=True)
class Played:
    """A recorded answer beside the server's."""

    recorded: Recorded
    code: int
    answer: Any

    def agrees(self) -> bool:
        return self.code == self.recorded.code and self.answer == self.recorded.answer


def names() -> list[str]:
    return sorted(path.stem for path in CASSETTES.glob("*.json"))


def recordings(name: str) -> list[Recorded]:
    """The requests of one cassette in their order, named cassette#number from 1."""
    tape = json.loads((CASSETTES / f"{name}.json").read_text(encoding="utf-8"))
    return [_recorded(f"{name}#{at}", one) for at, one in enumerate(tape["interactions"], 1)]


def _recorded(name: str, one: Json) -> Recorded:
    asked, told = one["request"], one["response"]
    url = urlsplit(asked["uri"])
    path = f"{url.path}?{url.query}" if url.query else url.path
    words = told["body"]["string"]
    return Recorded(name, asked["method"], path, asked["body"], told["status"]["code"], as_json(words))


def as_json(text: str) -> Any:
    """An answer as JSON, or the text that it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def without_moments(answer: Any) -> Any:
    """An answer whose moments are left out: nobody can draw them again."""
    if isinstance(answer, list):
        return [without_moments(one) for one in answer]
    if isinstance(answer, dict):
        return {name: "" if name in MOMENTS else without_moments(one) for name, one in answer.items()}
    return answer


def play(name: str) -> Iterator[Played]:
    """Play one cassette to a server of its own, over real HTTP with a real token."""
    tape = recordings(name)
    made = {one.told["id"] for one in tape if one.method == "POST" and one.path.startswith("/drive/v3/files")}
    with SheetsServer() as server:
        server.email = RECORDED_AS
        server.accounts.known.add(RECORDED_AS)
        with session_of(server) as session:
            for one in tape:
                lay_what_was_there(server, one, made)
                hand_out_numbers(server, one.told)
                headers = {"Content-Type": "application/json"}
                told = session.request(one.method, server.url + one.path, data=one.body, headers=headers)
                yield Played(one, told.status_code, without_moments(as_json(told.content.decode())))


def lay_what_was_there(server: SheetsServer, one: Recorded, made: set[str]) -> None:
    """A file that Google opens or lists and that the cassette never made was there; a refused one was not shared."""
    told = one.told if isinstance(one.told, dict) else {}
    for file in told.get("files", []):
        if file["id"] not in made and file["id"] not in server.books:
            lay(server, file["id"], file["name"], created=file["createdTime"])
    found = KEY.search(one.path)
    if found and found[1] not in made and found[1] not in server.books:
        lay(server, found[1], told.get("properties", {}).get("title", ""), shared=one.code != 403)


def lay(server: SheetsServer, key: str, title: str, *, created: str = "", shared: bool = True) -> None:
    roles = {RECORDED_AS: "writer"} if shared else {}
    server.books[key] = Book(key, title, [new_sheet("Sheet1")], roles, created=created)


def hand_out_numbers(server: SheetsServer, answer: Any) -> None:
    """The numbers that Google drew are drawn again."""
    if not isinstance(answer, dict):
        return
    if answer.get("kind") == "drive#file":
        server.keys.append(answer["id"])
    for reply in answer.get("replies", []):
        server.numbers.extend(_drawn(reply))


def _drawn(reply: Any) -> Iterator[int]:
    if isinstance(reply, dict):
        for name, value in reply.items():
            if name in ("sheetId", "namedRangeId", "protectedRangeId") and not isinstance(value, dict):
                yield int(value)
                return
            yield from _drawn(value)
