"""A small IMAP server in a thread: one account, its folders, and answers as told."""

import re
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from tests.mail.post_office import PASSWORD, USER

HANG_UP: Final = "hang up"
_LITERAL: Final = re.compile(r"\{(\d+)\}$")


def _all_well(command: str) -> str:  # noqa: ARG001 - the shape of every rule
    return ""


@dataclass
class ReadingRoom:
    """Use it in a `with`; `rule(command)` may give another answer (NO no, BAD what) or HANG_UP.

    Args:
        tls: the server's certificate; None speaks plain.
        folders: the flags and the name of each folder as LIST tells them, with the Message-IDs that lie in it.
        tls_first: whether TLS comes before the first word.
        offers_starttls: whether it takes STARTTLS.
        finds_all: whether its search answers with every letter, as lazy servers do.
    """

    tls: ssl.SSLContext | None
    folders: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    tls_first: bool = True
    rule: Callable[[str], str] = _all_well
    offers_starttls: bool = True
    finds_all: bool = False
    heard: list[str] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        room = self

        class Desk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError, EOFError), _visit(room, self.request) as visit:
                    visit.serve()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

        self._server = Server(("127.0.0.1", 0), Desk)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def _visit(room: ReadingRoom, line: Any) -> Iterator["_Visit"]:
    visit = _Visit(room, line)
    try:
        yield visit
    finally:
        visit.read.close()
        visit.line.close()


class _Visit:
    """One connection."""

    def __init__(self, room: ReadingRoom, line: Any) -> None:
        self.room, self.line = room, line
        self.read: Any = None
        self.ids: list[str] = []
        self._secured(at_once=room.tls_first)

    def _secured(self, *, at_once: bool) -> None:
        if self.read is not None:
            self.read.close()
        if at_once and self.room.tls:
            self.line = self.room.tls.wrap_socket(self.line, server_side=True)
        self.read = self.line.makefile("rb")

    def _say(self, words: str) -> None:
        self.line.sendall(words.encode() + b"\r\n")

    def _asked(self) -> str:
        asked = self.read.readline().decode().rstrip("\r\n")
        if not asked:
            raise EOFError
        while literal := _LITERAL.search(asked):
            self._say("+ go on")
            more = self.read.read(int(literal.group(1))) + self.read.readline()
            asked = asked[: literal.start()] + more.decode().rstrip("\r\n")
        self.room.heard.append(asked)
        return str(asked)

    def serve(self) -> None:
        self._say("* OK ready")
        going = True
        while going:
            tag, _, rest = self._asked().partition(" ")
            command = rest.removeprefix("UID ").partition(" ")[0].upper()
            other = self.room.rule(command)
            if other == HANG_UP:
                return
            answer = other or getattr(self, f"_{command.lower()}", self._unknown)(rest)
            self._say(f"{tag} {answer}")
            if command == "STARTTLS" and answer.startswith("OK"):
                self._secured(at_once=True)
            going = command != "LOGOUT"

    def _unknown(self, rest: str) -> str:
        return f"BAD {rest.partition(' ')[0]} is unknown"

    def _capability(self, _rest: str) -> str:
        self._say("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2" + " STARTTLS" * self.room.offers_starttls)
        return "OK done"

    def _starttls(self, _rest: str) -> str:
        return "OK begin"

    def _login(self, rest: str) -> str:
        fits = rest.replace('"', "").split() == ["LOGIN", USER, PASSWORD]
        return "OK hello" if fits else "NO [AUTHENTICATIONFAILED] Invalid credentials"

    def _authenticate(self, _rest: str) -> str:
        self._say("+ ")
        self.room.heard.append(self.read.readline().decode().strip())
        return "OK hello"

    def _list(self, rest: str) -> str:
        pattern = rest.rpartition(" ")[2].strip('"')
        for flags, name in self.room.folders:
            if pattern in ("*", name):
                self._say(f'* LIST ({flags}) "/" "{name}"')
        return "OK done"

    def _examine(self, rest: str) -> str:
        name = rest.partition(" ")[2].strip('"')
        self.ids = next(ids for (_, known), ids in self.room.folders.items() if known == name)
        self._say(f"* {len(self.ids)} EXISTS")
        return "OK [READ-ONLY] done"

    def _search(self, rest: str) -> str:
        hits = [str(n) for n, one in enumerate(self.ids, 1) if self.room.finds_all or one in rest]
        self._say(" ".join(["* SEARCH", *hits]))
        return "OK done"

    def _fetch(self, rest: str) -> str:
        for number in map(int, rest.split()[2].split(",")):
            head = f"Message-ID: {self.ids[number - 1]}\r\n\r\n"
            told = f"BODY[HEADER.FIELDS (MESSAGE-ID)] {{{len(head)}}}\r\n{head}"
            self._say(f"* {number} FETCH (UID {number} {told})")
        return "OK done"

    def _logout(self, _rest: str) -> str:
        self._say("* BYE")
        return "OK bye"
