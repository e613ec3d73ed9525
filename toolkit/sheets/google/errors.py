"""Every failure on the way to a Google Sheet, as what it is, why, and the next step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
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
"""The end of a next step that connect google, which looks again by itself, leaves out."""

SWITCH_ON: Final = "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
KEYS: Final = "https://console.cloud.google.com/iam-admin/serviceaccounts"
LATER: Final = "wait some minutes, then run again; nothing is lost"
NEW_KEY: Final = f"open {KEYS}, choose the account, Keys, Add key, JSON, then: sheetclerk connect google --key FILE"


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a failure concerns.

    Args:
        sheet: what people call the sheet.
        account: the address of the key, with which the sheet must be shared.
        project: the project of the key.
    """

    sheet: str
    account: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One request that failed.

    Args:
        error: what a person is told.
        passes: whether the same request may work later.
        is_open: whether Google may have done it all the same.
        rest: how many seconds Google asks to wait; 0 where it says nothing.
    """

    error: ToolkitError
    passes: bool = False
    is_open: bool = False
    rest: float = 0.0


def trouble_of_answer(answer: Response, who: Who) -> Trouble:
    """What an answer that is no success means."""
    error = _error_in(answer)
    if error is None:
        return Trouble(_not_google(answer, who), passes=True, is_open=True)
    said = str(error.get("message", "")).strip() or f"error {answer.status_code}"
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS or "RESOURCE_EXHAUSTED" in str(error.get("status")):
        return Trouble(_quota(who), passes=True, rest=_rest(answer))
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Trouble(_their_trouble(who, said), passes=True, is_open=True, rest=_rest(answer))
    if answer.status_code == HTTPStatus.FORBIDDEN:
        return Trouble(_forbidden(said, who, is_read=getattr(answer.request, "method", "GET") == "GET"))
    return Trouble(_refusal(answer.status_code, said, str(error.get("status")), who))


def trouble_of_line(error: Exception, who: Who) -> Trouble:
    """What it means that no answer came, or that the key got no token."""
    if isinstance(error, RefreshError):
        return Trouble(_no_token(error, who), passes=error.retryable)
    if isinstance(error, SSLError):
        return Trouble(_not_secure(who))
    if isinstance(error, Timeout):
        return Trouble(_busy(who, "no answer came in time", LATER), passes=True, is_open=True)
    if isinstance(error, RequestException | GoogleAuthError):
        why = "Google cannot be reached from this computer, or the line broke off"
        return Trouble(_busy(who, why, "see that the internet works here, then run again"), passes=True, is_open=True)
    raise error


def _error_in(answer: Response) -> Mapping[str, Any] | None:
    """The error that Google describes; None where the answer is not from its API."""
    try:
        body = answer.json()
    except ValueError:
        return None
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        return {"message": body.get("error_description") or error, "status": error}
    return error if isinstance(error, dict) else None


def _rest(answer: Response) -> float:
    """The seconds of Retry-After, which names seconds or a moment (RFC 9110); 0 where it names neither."""
    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return float(asked)
    until, now = _moment(asked), _moment(answer.headers.get("Date", ""))
    return max((until - now).total_seconds(), 0.0) if until and now else 0.0


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def server_moment(answer: Response) -> datetime | None:
    """The moment that Google's own clock showed; None where the answer does not say."""
    return _moment(answer.headers.get("Date", ""))


def _refusal(code: int, said: str, status: str, who: Who) -> ToolkitError:
    if code == HTTPStatus.UNAUTHORIZED:
        return _key_refused(who, said)
    return _not_there(who) if code == HTTPStatus.NOT_FOUND else _bad_request(said, status, who)


def _forbidden(said: str, who: Who, *, is_read: bool) -> NotShared:
    if "disabled" in said or "has not been used" in said:
        return _api_off(who)
    return _not_shared(who) if is_read else _only_to_look_at(who)


def _bad_request(said: str, status: str, who: Who) -> ToolkitError:
    words = said.casefold()
    if "not supported for this document" in words or (status == "FAILED_PRECONDITION" and "document" in words):
        return _excel_file(who)
    if "protected" in words:
        return _guarded(who, said)
    if "10000000" in words or "above the limit" in words:
        return _full(who, said)
    return _changed(who, said)


def _busy(who: Who, why: str, next_step: str) -> WorkbookBusy:
    return WorkbookBusy(f"{who.sheet} cannot be read or written now", why=why, next_step=next_step)


def _quota(who: Who) -> WorkbookBusy:
    why = "Google takes 60 reads and 60 writes a minute of one key, and they are used up"
    return _busy(who, why, "see that no other program uses the same key, " + LATER)


def _their_trouble(who: Who, said: str) -> WorkbookBusy:
    return _busy(who, f"Google has trouble of its own: {said}", LATER)


def _not_google(answer: Response, who: Who) -> WorkbookBusy:
    why = f"not Google's API answered ({answer.status_code}), but a web page: Google has trouble, or this network has"
    return _busy(who, why, "open any page in the browser: where the network wants a log-in, log in; then run again")


def _not_secure(who: Who) -> SetupError:
    return SetupError(
        f"{who.sheet}: the line to Google is not safe, so nothing was said on it",
        why="the certificate that this network shows is not Google's, or this computer's clock is wrong",
        next_step="set date and time by the internet; behind a company's proxy ask who runs it; then run again",
    )


def _not_shared(who: Who) -> NotShared:
    return NotShared(
        f"{who.sheet} is not shared with sheetclerk",
        why=f"{who.account} may not open it",
        next_step=f"open the sheet, press Share, add {who.account} as Editor{THEN_AGAIN}",
    )


def _only_to_look_at(who: Who) -> NotShared:
    return NotShared(
        f"{who.sheet} is shared only to be looked at",
        why=f"{who.account} may open it, but not write into it",
        next_step=f"open the sheet, press Share, make {who.account} Editor{THEN_AGAIN}",
    )


def _api_off(who: Who) -> NotShared:
    return NotShared(
        "the Google Sheets API is switched off",
        why=f"the key's project {who.project} never switched it on",
        next_step=f"open {SWITCH_ON}?project={who.project}, press Enable, wait a minute{THEN_AGAIN}",
    )


def _not_there(who: Who) -> WorkbookNotFound:
    return WorkbookNotFound(
        f"{who.sheet} is not there",
        why="Google knows no sheet with this id: the address is cut or mistyped, or the sheet was deleted",
        next_step="copy the whole address from the browser, then: sheetclerk connect google ADDRESS",
    )


def _excel_file(who: Who) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{who.sheet} is an Excel file in Google Drive, and no Google Sheet",
        why="Google shows such a file, but lets no program work in it",
        next_step="open it, choose File, Save as Google Sheets, copy the new sheet's address, share that one, then: "
        "sheetclerk connect google ADDRESS",
    )


def _guarded(who: Who, said: str) -> WorkbookBusy:
    why = f"a tab of ours is protected so that only its owner may edit it: {said}"
    return _busy(who, why, f"let {who.account} edit it: Data, Protect sheets and ranges")


def _full(who: Who, said: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{who.sheet} is full", why=f"Google says: {said}", next_step="delete tabs or blank rows that nobody needs"
    )


def _changed(who: Who, said: str) -> WorkbookChanged:
    return WorkbookChanged(
        f"{who.sheet} took our request for wrong",
        why=f"its tabs changed meanwhile, or Google wants it otherwise: {said}",
        next_step="run again; if it stays so, report these three lines",
    )


def _key_refused(who: Who, said: str) -> SecretMissing:
    return SecretMissing(
        "Google no longer takes the key",
        why=f"the token of {who.account} is expired or was taken back: {said}",
        next_step=NEW_KEY,
    )


def _no_token(error: RefreshError, who: Who) -> ToolkitError:
    said = str(error.args[0]) if error.args else "no reason"
    words = said.casefold()
    if "timeframe" in words or "iat" in words.split() or "short-lived" in words:
        return SetupError(
            "this computer's clock is wrong",
            why="Google refuses the key since our request seems to come from another time",
            next_step="set date and time by the internet, then run again",
        )
    if error.retryable:
        return _their_trouble(who, said)
    if "signature" in words or "account" in words or "invalid_grant" in words:
        return SecretMissing(
            "Google does not know the key any more",
            why=f"the key of {who.account} was deleted or switched off: {said}",
            next_step=NEW_KEY,
        )
    return _key_refused(who, said)
