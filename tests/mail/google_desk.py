"""Google's two pages of a permission (OAuth2) in a thread, over HTTPS with the tests' own certificate."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.mail.authority import Authority

REVOKED: Final = (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."})
UNKNOWN_APP: Final = (401, {"error": "invalid_client", "error_description": "The OAuth client was not found."})
DENIED: Final = "access_denied"


@dataclass
class GoogleDesk:
    """Use it in a `with`.

    Args:
        authority: whom its certificate comes from.
        lasts: for how many seconds a token is good.
        answer: another status and body than a token.
        denies: what the page that asks a person answers instead of a code.
        asked: what it was asked for tokens, oldest first.
    """

    authority: Authority
    lasts: int = 3600
    answer: tuple[int, dict[str, str]] | None = None
    denies: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _page_of(self))
        self._server.socket = self.authority.server().wrap_socket(self._server.socket, server_side=True)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def token(self) -> dict[str, Any]:
        """A new token; each has the number of the time it was asked for."""
        named = {"access_token": f"ya29.token-{len(self.asked)}", "token_type": "Bearer", "expires_in": self.lasts}
        return {**named, "refresh_token": "1//refresh", "scope": "https://mail.google.com/"}

    @property
    def page(self) -> str:
        """Its address."""
        return f"https://localhost:{self.port}"

    @property
    def permission(self) -> dict[str, str]:
        """A permission that was given before, as yagmail writes it down, with the address of this desk."""
        parts = {"client_id": "app", "client_secret": "app-secret", "refresh_token": "1//refresh"}
        return {f"google_{name}": one for name, one in parts.items()} | {"token_uri": f"{self.page}/token"}

    @property
    def client_file(self) -> dict[str, dict[str, str]]:
        """What Google's console gives for an app on a desk."""
        parts = {"client_id": "app", "client_secret": "app-secret", "project_id": "duka"}
        pages = {"auth_uri": f"{self.page}/auth", "token_uri": f"{self.page}/token"}
        return {"installed": {**parts, **pages}}


def _page_of(desk: GoogleDesk) -> type[BaseHTTPRequestHandler]:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            given = {"error": desk.denies} if desk.denies else {"code": "4/code", "scope": asked["scope"]}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({**given, 'state': asked['state']})}")
            self.end_headers()

        def do_POST(self) -> None:
            words = self.rfile.read(int(self.headers["Content-Length"])).decode()
            desk.asked.append({name: values[0] for name, values in parse_qs(words).items()})
            status, body = desk.answer or (200, desk.token())
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing is told."""

    return Page
