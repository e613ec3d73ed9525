"""Log in with a service account's key: the line gets a token, and a new one before it runs out."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials
from requests import PreparedRequest, Session
from requests.auth import AuthBase

SCOPES: Final = ("https://www.googleapis.com/auth/spreadsheets",)
"""Sheets alone: the key needs nothing else of Drive."""


class Login(AuthBase):
    """Writes the token of a key on each request.

    google-auth's own session is not used, since it asks other hosts in the background for regions of the key.

    Args:
        key: the key file's content.
    """

    def __init__(self, key: Mapping[str, Any]) -> None:
        self._credentials: Any = Credentials.from_service_account_info(dict(key), scopes=SCOPES)  # type: ignore[no-untyped-call]  # google-auth has no types there
        self._ask: Any = partial(Request(Session()), timeout=60)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put the token on a request that is about to leave."""
        if not self._credentials.valid:
            self._credentials.refresh(self._ask)
        request.headers["Authorization"] = f"Bearer {self._credentials.token}"
        return request

    def renew(self) -> None:
        """Take a new token with the next request, since Google refused this one."""
        self._credentials.token = None


def session_of(login: Login) -> Session:
    """A session whose requests carry the token."""
    session = Session()
    session.auth = login
    return session
