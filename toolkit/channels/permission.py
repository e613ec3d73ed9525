"""Google's permission to send for an account (OAuth2), and its short-lived tokens."""

import json
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from toolkit.channels.channel import ChannelStopped
from toolkit.channels.redact import redacted
from toolkit.channels.replies import MEANINGS
from toolkit.errors import ConfigError

TOKEN_URI: Final = "https://oauth2.googleapis.com/token"  # noqa: S105 - a page
SCOPE: Final = "https://mail.google.com/"
CONNECT_AGAIN: Final = "sheetclerk connect mail --google FILE"

_KEPT: Final = "mail_permission"
_NEEDED: Final = ("client_id", "client_secret", "refresh_token")
_WORDS_LENGTH: Final = 200


@dataclass
class OAuthToken:
    """A standing permission, as Google's own JSON for a user.

    Args:
        read: gives the JSON, as `permission_in` and `permission_by_browser` made it, when a token is first wanted.
        keep: writes it down again once its token is another.
    """

    read: Callable[[], str] = field(repr=False)
    keep: Callable[[str], object] = field(repr=False)
    _credentials: Any = field(default=None, init=False, repr=False)

    def token(self) -> str:
        """Return an access token that is good now.

        Raises:
            ChannelStopped: Google gives none any more, or cannot be reached.
        """
        if self._credentials is None:
            self._credentials = _credentials(self.read())
        if not self._credentials.valid:
            _renew(self._credentials)
            self.keep(self._credentials.to_json())
        return str(self._credentials.token)


def permission_in(text: str, name: str) -> str:
    """Return the permission in a file of Google's or of yagmail's.

    Raises:
        ConfigError: there is none in it, or it would be shown to a server without TLS.
    """
    found = {key: value for key, value in _read(text, name).items() if isinstance(value, str)}
    parts = {key: found.get(key) or found.get(f"google_{key}", "") for key in _NEEDED}
    if missing := [key for key, value in parts.items() if not value]:
        raise _refusal(name, f"it has no {missing[0]}")
    uri = found.get("token_uri") or TOKEN_URI
    if not uri.startswith("https://"):
        raise _refusal(name, "its token_uri is no https address")
    return json.dumps({**parts, "token_uri": uri, "scopes": [SCOPE]})


def is_client_file(text: str, name: str) -> bool:
    """True if a file names an app that still needs permission."""
    return isinstance(_read(text, name).get("installed"), dict)


def permission_by_browser(text: str) -> str:
    """Ask for permission in the browser, and return it.

    Args:
        text: of the client file that Google's console gives for a desktop app.

    Raises:
        ChannelStopped: no permission was given.
    """
    from google_auth_oauthlib.flow import InstalledAppFlow  # noqa: PLC0415 - it takes time to load
    from oauthlib.oauth2 import OAuth2Error  # noqa: PLC0415 - as above
    from requests import RequestException  # noqa: PLC0415 - as above

    flow = InstalledAppFlow.from_client_config(json.loads(text), [SCOPE])
    try:
        given = flow.run_local_server(port=0, open_browser=_has_browser(), timeout_seconds=_PATIENCE)
    except (OAuth2Error, RequestException, AttributeError, ValueError) as error:
        raise ChannelStopped(
            "mail: Google gave no permission",
            why=_words(error) or "nobody answered in the browser",
            next_step=CONNECT_AGAIN,
        ) from None
    finally:
        flow.oauth2session.close()
    return permission_in(given.to_json(), "Google's answer")


_PATIENCE: Final = 300
"""For so many seconds a person may look for the button."""


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _read(text: str, name: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise _refusal(name, "it is no JSON object")
    return read


def _refusal(name: str, why: str) -> ConfigError:
    return ConfigError(
        f"{name} holds no permission of Google's",
        why=why,
        next_step="make a client for a desktop app at https://console.cloud.google.com/auth/clients, save its JSON",
    )


def _credentials(text: str) -> Any:
    from google.oauth2.credentials import Credentials  # noqa: PLC0415 - it takes time to load

    info = {**_read(text, _KEPT), **json.loads(permission_in(text, _KEPT))}
    # Credentials.from_authorized_user_info would overwrite token_uri with Google's own (google-auth 2.62).
    expiry = datetime.fromisoformat(info["expiry"]).replace(tzinfo=None) if info.get("expiry") else None
    known = {key: info[key] for key in (*_NEEDED, "token_uri", "scopes")}
    make: Any = Credentials
    return make(info.get("token"), expiry=expiry, **known)


def _renew(credentials: Any) -> None:
    import requests  # noqa: PLC0415 - it takes time to load
    from google.auth.exceptions import RefreshError, TransportError  # noqa: PLC0415 - as above
    from google.auth.transport.requests import Request  # noqa: PLC0415 - as above

    try:
        with requests.Session() as session:
            credentials.refresh(Request(session))
    except RefreshError as error:
        raise _no_longer(error) if not error.retryable else _unreachable(error) from None
    except TransportError as error:
        raise _unreachable(error) from None


def _no_longer(error: Exception) -> ChannelStopped:
    said = _words(error)
    if "invalid_grant" in said:
        why = "it was withdrawn, or has run out (of an app that is still in testing it does after 7 days)"
        return ChannelStopped("mail: Google's permission holds no longer", why=why, next_step=CONNECT_AGAIN)
    what = "mail: Google does not accept the app that the permission was given to"
    return ChannelStopped(what, why=f"it said: {said}", next_step=CONNECT_AGAIN)


def _unreachable(error: Exception) -> ChannelStopped:
    return ChannelStopped(
        "mail: Google's sign-in cannot be reached",
        why=_words(error),
        next_step="check the network, then: sheetclerk run",
        waits=MEANINGS["unreachable"].waits,
    )


def _words(error: Exception) -> str:
    said = str(error.args[0]) if error.args else ""
    return redacted(" ".join(said.split())).strip("() ")[:_WORDS_LENGTH]
