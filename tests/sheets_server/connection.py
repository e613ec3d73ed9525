"""One connection to the Sheets server: reads requests, writes answers, or breaks off."""

import contextlib
import json
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from tests.sheets_server.accounts import NoToken
from tests.sheets_server.faults import Fault
from tests.sheets_server.refusal import Refusal, wrong
from tests.sheets_server.routes import Answer, Asked

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

BIGGEST: Final = 64 * 1024 * 1024
PAGE: Final = (
    "<!DOCTYPE html><html lang=en><title>Error {code} (Server Error)!!1</title>"
    "<p><b>{code}.</b> <ins>That's an error.</ins><p>The server encountered a temporary error.</html>"
)


class Connection(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 and keeps the line open."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "ESF", ""
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    timeout = 60

    @property
    def house(self) -> "SheetsServer":
        return self.server.house  # type: ignore[attr-defined, no-any-return]  # the listener carries it

    def handle(self) -> None:
        """A line cut by the other side, or by the test's end, is no error."""
        with contextlib.suppress(OSError, ValueError):
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(self.house.now() if timestamp is None else timestamp, usegmt=True)

    def log_message(self, *_: Any) -> None:
        """The list of requests is in `server.seen`."""

    def do_GET(self) -> None:
        self._meet()

    def do_POST(self) -> None:
        self._meet()

    def do_PUT(self) -> None:
        self._meet()

    def do_DELETE(self) -> None:
        self._meet()

    def _meet(self) -> None:
        url = urlsplit(self.path)
        raw = self._body()
        if raw is None:
            self._say(413, as_json(wrong("Request payload size exceeds the limit").body()))
        elif url.path == "/token":
            self._token(parse_qs(raw.decode()))
        else:
            self._api(url.path, parse_qs(url.query, keep_blank_values=True), raw)

    def _body(self) -> bytes | None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > BIGGEST:
            self.close_connection = True
            return None
        return self.rfile.read(length)

    def _token(self, form: dict[str, list[str]]) -> None:
        house = self.house
        with house.lock:
            house.meet(Asked("POST", "/token", {}, None), "")
            try:
                code, body = 200, house.accounts.token(form, f"{house.url}/token")
            except NoToken as error:
                code, body = 400, error.body
        self._say(code, as_json(body))

    def _api(self, path: str, query: dict[str, list[str]], raw: bytes) -> None:
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            self._say(400, as_json(wrong("Invalid JSON payload received. Unexpected token.").body()))
            return
        asked = Asked(self.command, path, query, body)
        shown, fault = self.house.meet(asked, self.headers.get("Authorization", ""))
        self._with_fault(shown, fault)

    def _with_fault(self, shown: Answer | Refusal, fault: Fault) -> None:
        if fault.seconds:
            threading.Event().wait(fault.seconds)
        if fault.cut:
            self.close_connection = True
        elif isinstance(shown, Refusal):
            self._refuse(shown, html=fault.html)
        else:
            text = shown.body.encode() if isinstance(shown.body, str) else as_json(shown.body)
            self._say(shown.code, text, half=fault.half)

    def _refuse(self, refusal: Refusal, *, html: bool) -> None:
        page = PAGE.format(code=refusal.code).encode()
        self._say(refusal.code, page if html else as_json(refusal.body()), refusal.headers, html=html)

    def _say(
        self, code: int, body: bytes, headers: dict[str, str] | None = None, *, half: bool = False, html: bool = False
    ) -> None:
        self.send_response(code)
        kind = "text/html" if html else "application/json"
        for name, value in {"Content-Type": f"{kind}; charset=UTF-8", **(headers or {})}.items():
            self.send_header(name, value)
        if code != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)
        self.wfile.flush()
        if half:
            self.close_connection = True


def as_json(body: Any) -> bytes:
    """The bytes of an answer."""
    return json.dumps(body, ensure_ascii=False).encode()
