"""The HTTP client over which gspread reaches Google."""

import json as text_of_json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from google.auth.exceptions import GoogleAuthError
from gspread.http_client import HTTPClient
from requests import Response, Session
from requests.exceptions import RequestException

from toolkit.sheets.google.account_key import Login
from toolkit.sheets.google.errors import Failure, SheetAccess, failure_of_answer, failure_of_connection, server_moment

if TYPE_CHECKING:
    from datetime import datetime

API: Final = "https://sheets.googleapis.com"
TIME_OUTS: Final = (10.0, 60.0)
"""Seconds to wait for the connection, and for each piece of an answer; gspread 6.2.1 waits for ever by default."""

LONGEST_PAUSE: Final = 64.0
"""Google's advice for the longest pause of an exponential back-off (Sheets API, usage limits, 2026-11)."""

MOST_WAITING: Final = 420.0
"""Seconds that all pauses of one request come to at most; after them it fails.

gspread's own BackOffHTTPClient never gives up: 41 requests with pauses up to 128 s (6.2.1, tried 2026-11).
"""

SLOW: Final = 8.0
"""Seconds without an answer after which the person who waits gets a line."""


@dataclass(frozen=True)
class RetryPolicy:
    """When and how a failed request is sent again.

    Args:
        wait: returns after so many seconds.
        chance: a number from 0 up to 1, so that two computers do not ask again in step.
        tell: shows one line to the person who waits.
        most: seconds that the pauses of one request come to at most.
        slow: seconds without an answer after which it is told.
    """

    wait: Callable[[float], None]
    chance: Callable[[], float]
    tell: Callable[[str], None]
    most: float = MOST_WAITING
    slow: float = SLOW

    def pause(self, tries: int, asked: float) -> float:
        """Return the seconds before the next try."""
        return max(asked, min(2.0**tries, LONGEST_PAUSE)) + self.chance()


class RetryingClient(HTTPClient):
    """gspread's HTTP client, made steady.

    A request is sent again only where Google surely did nothing, or where doing it twice comes to the same: reading,
    and batchUpdate, since each of ours says how things shall be and not what to add. An append is never sent twice:
    gspread's own back-off retries it too, which doubles rows, ignores Retry-After, and stops at HTML answers with 5xx
    (6.2.1, tried 2026-11).

    Args:
        session: carries the requests.
        access: the sheet and key that a failure names.
        policy: how to wait.
        login: renews the token that the session's requests carry; None where they carry none.
        api: where the Sheets API answers.
    """

    def __init__(
        self, session: Session, access: SheetAccess, policy: RetryPolicy, login: Login | None = None, api: str = API
    ) -> None:
        super().__init__(None, session)  # type: ignore[arg-type]  # gspread wants no key where it gets a session
        self._access = access
        self.server_now: datetime | None = None
        self._policy = policy
        self._login = login
        self._api = api
        self.set_timeout(TIME_OUTS)

    def request(  # noqa: PLR0913, PLR0917 - gspread's own shape
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: object = None,  # noqa: ARG002 - gspread's own shape
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send a request, again where that helps, and return the answer.

        Raises:
            ToolkitError: what failed, why, and the next step.
        """
        url = endpoint.replace(API, self._api, 1)
        sent_headers = {**(headers or {}), **({"Content-Type": "application/json"} if json is not None else {})}
        body = _compact(json) if json is not None else data
        waited, tries = 0.0, 0
        while True:
            answer = self._send_once(method, url, params=params, data=body, headers=sent_headers)
            if isinstance(answer, Response):
                return answer
            if not answer.is_temporary or (answer.may_have_worked and endpoint.endswith(":append")):
                raise answer.error
            waited += self._pause(answer, tries, waited)
            tries += 1

    def _pause(self, failure: Failure, tries: int, waited: float) -> float:
        """Wait before the next try, and return how long."""
        pause = self._policy.pause(tries, failure.retry_after)
        if waited + pause > self._policy.most:
            raise failure.error
        self._policy.tell(f"waiting for Google: {failure.error.why}; trying again in {pause:.0f} s")
        self._policy.wait(pause)
        return pause

    def _send_once(self, method: str, url: str, **parts: Any) -> Response | Failure:
        watch = Timer(self._policy.slow, self._policy.tell, ["waiting for Google: no answer yet"])
        watch.daemon = True
        watch.start()
        try:
            answer = self._send_with_token(method, url, **parts)
        except (RequestException, GoogleAuthError) as error:
            return failure_of_connection(error, self._access)
        finally:
            watch.cancel()
        self.server_now = server_moment(answer) or self.server_now
        if answer.ok and _is_json(answer):
            return answer
        return failure_of_answer(answer, self._access)

    def _send_with_token(self, method: str, url: str, **parts: Any) -> Response:
        """Return one answer, with a new token if Google refuses this."""
        answer: Response = self.session.request(method, url, timeout=self.timeout, **parts)
        if answer.status_code == HTTPStatus.UNAUTHORIZED and self._login is not None:
            self._login.renew()
            answer = self.session.request(method, url, timeout=self.timeout, **parts)
        return answer


def _compact(body: Mapping[str, Any]) -> bytes:
    return text_of_json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _is_json(answer: Response) -> bool:
    return answer.headers.get("Content-Type", "").startswith("application/json")
