"""The line to Google: time-outs, waits that end, and nothing done twice; gspread speaks over it."""

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
from toolkit.sheets.google.errors import Trouble, Who, server_moment, trouble_of_answer, trouble_of_line

if TYPE_CHECKING:
    from datetime import datetime

API: Final = "https://sheets.googleapis.com"
TIME_OUTS: Final = (10.0, 60.0)
"""Seconds to wait for the line, and for each piece of an answer."""

LONGEST_PAUSE: Final = 64.0
"""Google's own advice for the longest pause of a back-off that grows twofold."""

MOST_WAITING: Final = 420.0
"""Seconds that all pauses of one request come to at most; after them the failure is told."""

SLOW: Final = 8.0
"""Seconds without an answer after which somebody is told that Google lets us wait."""


@dataclass(frozen=True)
class RetryPolicy:
    """How the line waits.

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
        """The seconds before the next try: what Google asks for, else twice as long each time, and some by chance."""
        return max(asked, min(2.0**tries, LONGEST_PAUSE)) + self.chance()


class RetryingClient(HTTPClient):
    """gspread's door to Google, made steady.

    A request is asked again only where Google surely did nothing, or where doing it twice comes to the same: reading,
    and batchUpdate, since each of ours says how things shall be and not what to add. An append is never asked twice.

    Args:
        session: carries the requests.
        who: whom a failure concerns.
        patience: how to wait.
        login: renews the token that the session's requests carry; None where they carry none.
        api: where the Sheets API answers.
    """

    def __init__(
        self, session: Session, who: Who, patience: RetryPolicy, login: Login | None = None, api: str = API
    ) -> None:
        super().__init__(None, session)  # type: ignore[arg-type]  # gspread wants no key where it gets a session
        self.who = who
        self.server_now: datetime | None = None
        self._patience = patience
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
        """Ask until an answer comes, the failure would stay, or the patience ends.

        Raises:
            ToolkitError: what failed, why, and the next step.
        """
        url = endpoint.replace(API, self._api, 1)
        told = {**(headers or {}), **({"Content-Type": "application/json"} if json is not None else {})}
        body = _compact(json) if json is not None else data
        waited, tries = 0.0, 0
        while True:
            answer = self._asked_once(method, url, params=params, data=body, headers=told)
            if isinstance(answer, Response):
                return answer
            if not answer.passes or (answer.is_open and endpoint.endswith(":append")):
                raise answer.error
            waited += self._paused(answer, tries, waited)
            tries += 1

    def _paused(self, trouble: Trouble, tries: int, waited: float) -> float:
        """Wait before the next try, and return how long."""
        pause = self._patience.pause(tries, trouble.rest)
        if waited + pause > self._patience.most:
            raise trouble.error
        self._patience.tell(f"waiting for Google: {trouble.error.why}; trying again in {pause:.0f} s")
        self._patience.wait(pause)
        return pause

    def _asked_once(self, method: str, url: str, **parts: Any) -> Response | Trouble:
        watch = Timer(self._patience.slow, self._patience.tell, ["waiting for Google: no answer yet"])
        watch.daemon = True
        watch.start()
        try:
            answer = self._renewed(method, url, **parts)
        except (RequestException, GoogleAuthError) as error:
            return trouble_of_line(error, self.who)
        finally:
            watch.cancel()
        self.server_now = server_moment(answer) or self.server_now
        if answer.ok and _is_json(answer):
            return answer
        return trouble_of_answer(answer, self.who)

    def _renewed(self, method: str, url: str, **parts: Any) -> Response:
        """One answer; where Google refuses the token, one more with a new one."""
        answer: Response = self.session.request(method, url, timeout=self.timeout, **parts)
        if answer.status_code == HTTPStatus.UNAUTHORIZED and self._login is not None:
            self._login.renew()
            answer = self.session.request(method, url, timeout=self.timeout, **parts)
        return answer


def _compact(body: Mapping[str, Any]) -> bytes:
    return text_of_json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _is_json(answer: Response) -> bool:
    return answer.headers.get("Content-Type", "").startswith("application/json")
