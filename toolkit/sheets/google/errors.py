"""Failures at a Google Sheet, with reasons and next steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus
from typing import Any, Final

from google.auth.exceptions import GoogleAuthError, RefreshError
from requests import Response
from requests.exceptions import RequestException, SSLError, Timeout

from toolkit.errors import (
    NotShared,
    SecretMissing,
    SetupError,
    ToolkitError,
    WorkbookBusy,
    WorkbookChanged,
    WorkbookNotFound,
    WorkbookUnsafe,
)

THEN_AGAIN: Final = ", then run again"
"""The end of a next step that `connect google`, which looks again by itself, leaves out."""

NEW_KEY: Final = (
    "open https://console.cloud.google.com/iam-admin/serviceaccounts, choose the account, Keys, Add key, JSON, "
    "then: sheetclerk connect google --key FILE"
)
_SWITCH_ON: Final = "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
_LATER: Final = "wait some minutes, then run again; nothing is lost"
_BUSY: Final = "{sheet} cannot be read or written now"


@dataclass(frozen=True, slots=True)
class SheetAccess:
    """A sheet, and the key that opens it.

    Args:
        sheet: what people call the sheet.
        account: the address of the key, with which the sheet must be shared.
        project: the project of the key.
    """

    sheet: str
    account: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """One request that failed.

    Args:
        error: what a person is told.
        is_temporary: True if the same request may work later.
        may_have_worked: True if Google may have done it all the same.
        retry_after: how many seconds Google asks to wait; 0 where it says nothing.
    """

    error: ToolkitError
    is_temporary: bool = False
    may_have_worked: bool = False
    retry_after: float = 0.0


class _Fault(Enum):
    """The error, what, why and next step of each failure.

    {sheet}, {account} and {project} are those of the access, {reason} is Google's own text.
    """

    QUOTA = (
        WorkbookBusy,
        _BUSY,
        "Google takes 60 reads and 60 writes a minute of one key, and they are used up",
        f"see that no other program uses the same key, {_LATER}",
    )
    SERVER = (WorkbookBusy, _BUSY, "Google has trouble of its own: {reason}", _LATER)
    NO_ANSWER = (WorkbookBusy, _BUSY, "no answer came in time", _LATER)
    NO_CONNECTION = (
        WorkbookBusy,
        _BUSY,
        "Google cannot be reached from this computer, or the connection broke off",
        "see that the internet works here, then run again",
    )
    NOT_GOOGLE = (
        WorkbookBusy,
        _BUSY,
        "not Google's API answered ({reason}), but a web page: Google has trouble, or this network has",
        "open any page in the browser: where the network wants a log-in, log in; then run again",
    )
    NOT_SECURE = (
        SetupError,
        "{sheet}: the connection to Google is not secure, so nothing was sent",
        "the certificate that this network shows is not Google's, or this computer's clock is wrong",
        "set date and time by the internet; behind a company's proxy ask who runs it; then run again",
    )
    NOT_SHARED = (
        NotShared,
        "{sheet} is not shared with sheetclerk",
        "{account} may not open it",
        "open the sheet, press Share, add {account} as Editor" + THEN_AGAIN,
    )
    VIEW_ONLY = (
        NotShared,
        "{sheet} is shared for viewing only",
        "{account} may open it, but not write into it",
        "open the sheet, press Share, make {account} Editor" + THEN_AGAIN,
    )
    API_OFF = (
        NotShared,
        "the Google Sheets API is switched off",
        "the key's project {project} never switched it on",
        f"open {_SWITCH_ON}?project={{project}}, press Enable, wait a minute{THEN_AGAIN}",
    )
    NOT_FOUND = (
        WorkbookNotFound,
        "{sheet} is not there",
        "Google knows no sheet with this id: the address is cut or mistyped, or the sheet was deleted",
        "copy the whole address from the browser, then: sheetclerk connect google ADDRESS",
    )
    EXCEL_FILE = (
        WorkbookUnsafe,
        "{sheet} is an Excel file in Google Drive, not a Google Sheet",
        "Google shows such a file, but lets no program work in it",
        "open it, choose File, Save as Google Sheets, share the new sheet, then: sheetclerk connect google ADDRESS",
    )
    PROTECTED = (
        WorkbookBusy,
        _BUSY,
        "a tab of ours is protected so that only its owner may edit it: {reason}",
        "let {account} edit it: Data, Protect sheets and ranges",
    )
    FULL = (WorkbookUnsafe, "{sheet} is full", "Google says: {reason}", "delete tabs or blank rows that nobody needs")
    CHANGED = (
        WorkbookChanged,
        "{sheet}: Google refused our request",
        "its tabs changed meanwhile, or Google wants it otherwise: {reason}",
        "run again; if it stays so, report these three lines",
    )
    KEY_REFUSED = (
        SecretMissing,
        "Google no longer takes the key",
        "the token of {account} is expired or was taken back: {reason}",
        NEW_KEY,
    )
    KEY_UNKNOWN = (
        SecretMissing,
        "Google does not know the key any more",
        "the key of {account} was deleted or switched off: {reason}",
        NEW_KEY,
    )
    CLOCK = (
        SetupError,
        "this computer's clock is wrong",
        "Google refuses the key since our request seems to come from another time",
        "set date and time by the internet, then run again",
    )

    def error(self, access: SheetAccess, reason: str = "") -> ToolkitError:
        """Return the error with its texts filled in."""
        kind: type[ToolkitError] = self.value[0]
        names = {"sheet": access.sheet, "account": access.account, "project": access.project, "reason": reason}
        what, why, next_step = (text.format(**names) for text in self.value[1:])
        return kind(what, why=why, next_step=next_step)


def failure_of_answer(answer: Response, access: SheetAccess) -> Failure:
    """Return the failure that an answer reports."""
    body = _error_in(answer)
    if body is None:
        error = _Fault.NOT_GOOGLE.error(access, str(answer.status_code))
        return Failure(error, is_temporary=True, may_have_worked=True)
    status, reason = str(body.get("status")), str(body.get("message", "")).strip() or f"error {answer.status_code}"
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS or "RESOURCE_EXHAUSTED" in status:
        return Failure(_Fault.QUOTA.error(access), is_temporary=True, retry_after=_retry_after(answer))
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        error = _Fault.SERVER.error(access, reason)
        return Failure(error, is_temporary=True, may_have_worked=True, retry_after=_retry_after(answer))
    is_read = getattr(answer.request, "method", "GET") == "GET"
    return Failure(_refusal(answer.status_code, status, reason, is_read=is_read).error(access, reason))


def failure_of_connection(error: Exception, access: SheetAccess) -> Failure:
    """Return the failure that kept an answer away."""
    if isinstance(error, RefreshError):
        reason = str(error.args[0]) if error.args else "no reason"
        return Failure(_no_token(error, reason).error(access, reason), is_temporary=error.retryable)
    if isinstance(error, SSLError):
        return Failure(_Fault.NOT_SECURE.error(access))
    if isinstance(error, RequestException | GoogleAuthError):
        fault = _Fault.NO_ANSWER if isinstance(error, Timeout) else _Fault.NO_CONNECTION
        return Failure(fault.error(access), is_temporary=True, may_have_worked=True)
    raise error


def server_moment(answer: Response) -> datetime | None:
    """Return the time on Google's own clock, if known."""
    return _moment(answer.headers.get("Date", ""))


def _error_in(answer: Response) -> Mapping[str, Any] | None:
    """Return Google's description of an error, if there is one.

    The token server answers with a string in "error", at which gspread 6.2.1 raises a TypeError.
    """
    try:
        body = answer.json()
    except ValueError:
        return None
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        return {"message": body.get("error_description") or error, "status": error}
    return error if isinstance(error, dict) else None


def _retry_after(answer: Response) -> float:
    """Return the seconds of Retry-After (RFC 9110), 0 by default.

    It names seconds, or a moment by the clock of the header Date.
    """
    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return float(asked)
    until, now = _moment(asked), server_moment(answer)
    return max((until - now).total_seconds(), 0.0) if until and now else 0.0


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _refusal(code: int, status: str, reason: str, *, is_read: bool) -> _Fault:
    """Return what Google refused.

    Often only the English text of its message tells (seen 2026-11).
    """
    words = reason.casefold()
    if code == HTTPStatus.FORBIDDEN and ("disabled" in words or "has not been used" in words):
        return _Fault.API_OFF
    if code == HTTPStatus.FORBIDDEN:
        return _Fault.NOT_SHARED if is_read else _Fault.VIEW_ONLY
    if code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
        return _Fault.KEY_REFUSED if code == HTTPStatus.UNAUTHORIZED else _Fault.NOT_FOUND
    # An .xlsx file in Drive: 400 "This operation is not supported for this document".
    if "not supported for this document" in words or (status == "FAILED_PRECONDITION" and "document" in words):
        return _Fault.EXCEL_FILE
    if "protected" in words:
        return _Fault.PROTECTED
    return _Fault.FULL if "10000000" in words or "above the limit" in words else _Fault.CHANGED


def _no_token(error: RefreshError, reason: str) -> _Fault:
    words = reason.casefold()
    # A clock that is wrong: "Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your
    # iat and exp values" (oauth2.googleapis.com, 2026-11).
    if "timeframe" in words or "iat" in words.split() or "short-lived" in words:
        return _Fault.CLOCK
    if error.retryable:
        return _Fault.SERVER
    is_unknown = "signature" in words or "account" in words or "invalid_grant" in words
    return _Fault.KEY_UNKNOWN if is_unknown else _Fault.KEY_REFUSED
