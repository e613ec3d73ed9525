"""Recordings of real traffic, played again to the test server."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import gspread

from tests.shared_data import SHARED
from tests.sheets_server.accounts import account_of
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
    answer: Any

    def spreadsheet(self) -> str | None:
        """The id in its path."""
        found = KEY.search(self.path)
        return found[1] if found else None


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
    return Recorded(
        name, asked["method"], path, asked["body"], told["status"]["code"], _comparable(told["body"]["string"])
    )


def _comparable(text: str) -> Any:
    """An answer as JSON, its moments left out: nobody can know them again."""
    try:
        return _without_moments(json.loads(text))
    except ValueError:
        return text


def _without_moments(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_without_moments(one) for one in answer]
    if isinstance(answer, dict):
        return {name: "" if name in MOMENTS else _without_moments(one) for name, one in answer.items()}
    return answer


def play(name: str) -> Iterator[Played]:
    """Play one cassette to a server of its own, over real HTTP with a real token."""
    tape = recordings(name)
    with SheetsServer() as server:
        server.email = RECORDED_AS
        server.accounts.known.add(RECORDED_AS)
        lay_what_was_there(server, tape)
        client = gspread.service_account_from_dict(account_of(server.url, RECORDED_AS))
        session = client.http_client.session
        try:
            for one in tape:
                hand_out_numbers(server, one.answer)
                headers = {"Content-Type": "application/json"}
                told = session.request(one.method, server.url + one.path, data=one.body, headers=headers)
                yield Played(one, told.status_code, _comparable(told.content.decode()))
        finally:
            session.close()


def lay_what_was_there(server: SheetsServer, tape: list[Recorded]) -> None:
    """Files that a cassette opens or lists and never made stood there before; a refused one was somebody else's."""
    made = {one.answer["id"] for one in tape if one.method == "POST" and one.path.startswith("/drive/v3/files")}
    for one in tape:
        key = one.spreadsheet()
        if key and key not in made and key not in server.books:
            title = one.answer.get("properties", {}).get("title", "") if isinstance(one.answer, dict) else ""
            roles = {RECORDED_AS: "writer"} if one.code != 403 else {}
            server.books[key] = Book(key, title, [new_sheet("Sheet1")], roles)


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


def path_of(name: str) -> Path:
    return CASSETTES / f"{name}.json"
