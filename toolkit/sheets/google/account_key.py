"""The key of a service account and its log-in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials
from requests import PreparedRequest, Session
from requests.auth import AuthBase

from toolkit.errors import SecretMissing
from toolkit.sheets.google.errors import NEW_KEY

FIELDS: Final = ("project_id", "private_key_id", "private_key", "client_email", "token_uri")


@dataclass(frozen=True, slots=True)
class AccountKey:
    """A service account's key.

    Args:
        account: the address with which the sheet must be shared.
        project: the project in which the Sheets API must be on.
        content: the whole file, which is a secret.
    """

    account: str
    project: str
    content: Mapping[str, Any] = field(repr=False)


def read_key(text: str, name: str) -> AccountKey:
    """Return the key that a file holds.

    Args:
        text: the file's content.
        name: the file's name, for the errors.

    Raises:
        SecretMissing: it holds no key of a service account.
    """
    content = _json(text, name)
    if content.get("type") != "service_account":
        raise _wrong(name, _other_kind(content))
    missing = [key for key in FIELDS if not isinstance(content.get(key), str) or not content[key].strip()]
    if missing:
        raise _wrong(name, f"{', '.join(missing)} is missing in it: it was cut, or changed by hand")
    try:
        Credentials.from_service_account_info(content)  # type: ignore[no-untyped-call]  # google-auth has no types there
    except ValueError:
        raise _wrong(name, "its private key is damaged: it was cut, or changed by hand") from None
    return AccountKey(content["client_email"], content["project_id"], content)


def _json(text: str, name: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except ValueError:
        raise _wrong(name, "it is no JSON file") from None
    if not isinstance(content, dict):
        raise _wrong(name, "it is no key of Google's")
    return content


def _other_kind(content: Mapping[str, Any]) -> str:
    if "installed" in content or "web" in content:
        return "it is the secret of an OAuth app, whose log-in ends after 7 days; a weekly run needs a service account"
    if content.get("type") == "authorized_user":
        return "it is somebody's own log-in, which ends; a weekly run needs a service account"
    return "it is not the key of a service account"


def _wrong(name: str, why: str) -> SecretMissing:
    return SecretMissing(f"{name} is not the key that opens a Google Sheet", why=why, next_step=NEW_KEY)


SCOPES: Final = ("https://www.googleapis.com/auth/spreadsheets",)
"""Sheets alone.

A service account can create no files on a personal Drive any more, so Drive would bring nothing.
"""


class Login(AuthBase):
    """Puts the token of a key on each request.

    google-auth's AuthorizedSession is not used: in the background it asks another host for the regions that the key
    may use (2.63, seen 2026-11).

    Args:
        key: the key file's content.
    """

    def __init__(self, key: Mapping[str, Any]) -> None:
        self._credentials: Any = Credentials.from_service_account_info(dict(key), scopes=SCOPES)  # type: ignore[no-untyped-call]  # google-auth has no types there
        self._ask: Any = partial(Request(Session()), timeout=60)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put the token on a request."""
        if not self._credentials.valid:
            self._credentials.refresh(self._ask)
        request.headers["Authorization"] = f"Bearer {self._credentials.token}"
        return request

    def renew(self) -> None:
        """Get a new token with the next request, since Google refused this one."""
        self._credentials.token = None


def session_of(login: Login) -> Session:
    """Return a session whose requests carry the token."""
    session = Session()
    session.auth = login
    return session
