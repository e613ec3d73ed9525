"""gspread signed in at the test server with a real key."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import gspread
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials
from requests import PreparedRequest, Session
from requests.auth import AuthBase

from tests.sheets_server.refusal import Json
from tests.sheets_server.server import SheetsServer

GOOGLE: Final = ("https://sheets.googleapis.com", "https://www.googleapis.com")
SCOPES: Final = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")


class Token(AuthBase):
    """The token of a key on each request, a new one where the old one has run out.

    google-auth's own session asks real hosts in the background about the key's region (seen in 2.62), so it has no
    place in a test.
    """

    def __init__(self, account: Json) -> None:
        self._credentials: Any = Credentials.from_service_account_info(account, scopes=SCOPES)  # type: ignore[no-untyped-call]  # google-auth has no types there
        self._session = Session()

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.text()}"
        return request

    def text(self) -> str:
        if not self._credentials.valid:
            self._credentials.refresh(Request(self._session))
        return str(self._credentials.token)

    def close(self) -> None:
        self._session.close()


@contextmanager
def signed_in(server: SheetsServer) -> Iterator[gspread.Client]:
    """A client of gspread's own, whose requests for Google go to the server."""
    with session_of(server) as session:
        yield gspread.Client(auth=None, session=session)  # type: ignore[arg-type]  # the session signs in by itself


@contextmanager
def session_of(server: SheetsServer) -> Iterator[Session]:
    """A session with a real token, whose requests for Google go to the server."""
    token = Token(server.account())
    with Session() as session:
        session.auth = token
        for host in GOOGLE:
            session.mount(host, server.detour())
        try:
            yield session
        finally:
            token.close()
