"""Letters that a person carries, listed by manager."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import quote

from toolkit.book import ClientBook, Words
from toolkit.channels.channel import NO_RULES, ChannelPolicy, ChannelStopped, Mode, Receipt, SendResult
from toolkit.channels.folder import stem_of
from toolkit.channels.index_page import html_language
from toolkit.channels.parts import parts_of
from toolkit.channels.status_text import remark
from toolkit.letters.letter import Envelope, LetterHeader
from toolkit.rules.calls import caller_of
from toolkit.rules.contact import RouteKind, why_call

ROWS: Final = "calls.jsonl"
_STYLE: Final = """
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,"Noto Sans",sans-serif;margin:24px auto;max-width:60rem;
padding:0 16px}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:6px 8px;
border-bottom:1px solid #8888}h2{break-before:page}h2:first-of-type{break-before:auto}
"""


_HEADS: Final = ("Name", "Phone", "Address", "Why", "Call by", "Subject")
"""Those of the Calls tab, whose words every language has."""


@dataclass(frozen=True, slots=True)
class Callee:
    """A client to call, as the book has them now.

    Args:
        caller: the name of the manager, or of who sells to the client; "" where nobody is known.
        phone: the number to dial, in words.
        address: where paper goes.
        why: why no mail goes, in words.
    """

    caller: str = ""
    phone: str = ""
    address: str = ""
    why: str = ""


def callee_of(number: str, book: ClientBook, words: Words) -> Callee:
    """Return who is called with a client's letter.

    It is blank for a client who is not in the book.

    Args:
        number: the client number.
        book: what the workbook says.
        words: of the shop's language.
    """
    client = next((client for client in book.clients if client.number == number), None)
    if client is None:
        return Callee()
    caller = book.staff_by_number.get(caller_of(book, client))
    return Callee(
        caller=(caller.name or caller.number) if caller else "",
        phone=client.phone or client.phone_as_written,
        address=" ".join(client.address.split()),
        why=words.say("held", why_call(client)) if why_call(client) else "",
    )


@dataclass
class CallList:
    """A day's folder of letters with a list by manager.

    It has no rules: the people who call choose their own hours, and no account limits them.

    Args:
        folder: where the days' folders lie; made where missing.
        callee: finds by client number who is to be called.
        words: of the shop's language, for the list.
        mode: what its letters count for.
    """

    folder: Path
    callee: Callable[[str], Callee]
    words: Words
    mode: Mode = Mode.REHEARSAL
    routes: ClassVar[frozenset[RouteKind]] = frozenset({RouteKind.PERSON})
    policy: ClassVar[ChannelPolicy] = NO_RULES
    _days: set[Path] = field(default_factory=set, init=False, repr=False)

    @property
    def name(self) -> str:
        """One word."""
        return "call_list"

    def carries(self, header: LetterHeader) -> bool:
        """True for letters that a person carries."""
        return header.route.kind in self.routes

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        """Write the letter and its row into its day's folder.

        Raises:
            ChannelStopped: the folder cannot be written.
        """
        header, day = envelope.header, self.folder / envelope.dated.date().isoformat()
        stem, callee = stem_of(header), self.callee(header.client)
        try:
            day.mkdir(parents=True, exist_ok=True)
            laid_ready = day / f"{stem}.part"
            laid_ready.write_bytes(parts_of(envelope.message).html.encode(errors="replace"))
            on_the_way()
            laid_ready.replace(day / f"{stem}.html")
            _add(day / ROWS, {**asdict(callee), **_shown(header), "page": f"{stem}.html"})
        except OSError as error:
            raise _stopped(day, error) from error
        self._days.add(day)
        page = f"{day.name}/index.html"
        words = remark("on-list", who=callee.caller, page=page) if callee.caller else remark("on-no-list", page=page)
        return Receipt(SendResult.SENT, words)

    def close(self) -> None:
        """Write the list of each day from all of its rows.

        Raises:
            ChannelStopped: a list could not be written; the letters lie there.
        """
        for day in self._days:
            try:
                laid_ready = day / "index.part"
                laid_ready.write_bytes(_page(day, self.words).encode(errors="replace"))
                laid_ready.replace(day / "index.html")
            except OSError as error:
                raise _stopped(day, error) from error
        self._days.clear()


def _shown(header: LetterHeader) -> dict[str, str]:
    expires = header.expires.isoformat()
    return {"client": header.client, "name": header.name, "subject": header.subject, "by": expires}


def _add(path: Path, row: dict[str, str]) -> None:
    with path.open("a", encoding="ascii") as file:
        file.write(json.dumps(row) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _rows(day: Path) -> list[dict[str, str]]:
    lines = (day / ROWS).read_text(encoding="ascii").splitlines()
    by_page = {row["page"]: row for row in map(json.loads, lines)}
    return sorted(by_page.values(), key=lambda row: (not row["caller"], row["caller"], row["by"], row["name"]))


def _page(day: Path, words: Words) -> str:
    lists = (_list(caller, list(rows), words) for caller, rows in groupby(_rows(day), key=lambda row: row["caller"]))
    title = escape(words.say("pages", "calls_of", day=day.name))
    return (
        f'<!doctype html>\n<html lang="{html_language(words)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>{title}</h1>\n{''.join(lists)}</body></html>\n"
    )


def _list(caller: str, rows: Sequence[dict[str, str]], words: Words) -> str:
    head = "".join(f'<th scope="col">{escape(words.heading(heading))}</th>' for heading in _HEADS)
    body = "\n".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    who = escape(caller or words.say("pages", "no_manager"))
    return f"<h2>{who}</h2>\n<table><tr>{head}</tr>\n{body}</table>\n"


def _cells(row: dict[str, str]) -> Iterable[str]:
    yield f"<td>{escape(row['name'] or row['client'])}</td>"
    yield from (f"<td>{escape(row[name])}</td>" for name in ("phone", "address", "why", "by"))
    yield f'<td><a href="{quote(row["page"])}">{escape(row["subject"])}</a></td>'


def _stopped(day: Path, error: OSError) -> ChannelStopped:
    return ChannelStopped(
        f"{day}: the call list cannot be written there",
        why=error.strerror or type(error).__name__,
        next_step="make that folder writable, or free some space, then: sheetclerk run",
    )
