"""What Google answers when it refuses, word for word where a recording or its own guide has the words."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

PROJECT = "123456789012"
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Refusal(Exception):
    """An answer that is an error.

    Args:
        code: the HTTP status.
        message: Google's sentence.
        status: Google's word for it, by default the usual one of the code.
        details: Google's details.
        headers: more headers, such as Retry-After.
    """

    def __init__(
        self,
        code: int,
        message: str,
        status: str = "",
        details: list[Json] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.details, self.headers = code, message, details, headers or {}
        self.status = status or STATUSES[code]

    def body(self) -> Json:
        """The answer's JSON."""
        error: Json = {"code": self.code, "message": self.message, "status": self.status}
        return {"error": error | ({"details": self.details} if self.details else {})}


def wrong(message: str) -> Refusal:
    """400: the request cannot be right."""
    return Refusal(400, message)


def bad_field(field: str, words: str) -> Refusal:
    """400 for a body that is not what the API takes."""
    violation = {"field": field, "description": words}
    return Refusal(400, words, details=[{"@type": kind("BadRequest"), "fieldViolations": [violation]}])


def not_shared() -> Refusal:
    """403: nobody shared the sheet with this address, or only to read."""
    return Refusal(403, "The caller does not have permission")


def not_found() -> Refusal:
    """404: there is no such spreadsheet."""
    return Refusal(404, "Requested entity was not found.")


def office_file() -> Refusal:
    """400: the id is that of an .xlsx file in Drive."""
    words = "This operation is not supported for this document. The document must not be an Office file."
    return Refusal(400, words, "FAILED_PRECONDITION")


def not_signed_in() -> Refusal:
    """401: the token is wrong or too old."""
    words = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return Refusal(401, words, headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'})


def api_off(service: str = "sheets.googleapis.com", name: str = "Google Sheets API") -> Refusal:
    """403: the API was never switched on in the project."""
    url = f"https://console.developers.google.com/apis/api/{service}/overview?project={PROJECT}"
    words = (
        f"{name} has not been used in project {PROJECT} before or it is disabled. Enable it by visiting {url} then "
        "retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and "
        "retry."
    )
    link = {"description": "Google developers console API activation", "url": url}
    reason = error_info("SERVICE_DISABLED", {"consumer": f"projects/{PROJECT}", "service": service})
    return Refusal(403, words, details=[{"@type": kind("Help"), "links": [link]}, reason])


def too_many(deed: str, retry_after: int | None = None, limit: int = 60) -> Refusal:
    """429: the quota of reads or writes a minute is used up.

    Args:
        deed: "Read" or "Write".
        retry_after: seconds for a Retry-After header; Google mostly sends none.
        limit: the quota.
    """
    words = (
        f"Quota exceeded for quota metric '{deed} requests' and limit '{deed} requests per minute per user' of service "
        f"'sheets.googleapis.com' for consumer 'project_number:{PROJECT}'."
    )
    facts = {
        "service": "sheets.googleapis.com",
        "quota_limit": f"{deed}RequestsPerMinutePerUser",
        "quota_metric": f"sheets.googleapis.com/{deed.lower()}_requests",
        "quota_location": "global",
        "quota_limit_value": str(limit),
        "consumer": f"projects/{PROJECT}",
    }
    link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
    }
    details = [error_info("RATE_LIMIT_EXCEEDED", facts), {"@type": kind("Help"), "links": [link]}]
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Refusal(429, words, details=details, headers=headers)


def broken(code: int, retry_after: int | None = None) -> Refusal:
    """500 or 503: Google's own trouble."""
    words = "Internal error encountered." if code == 500 else "The service is currently unavailable."
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Refusal(code, words, "INTERNAL" if code == 500 else "UNAVAILABLE", headers=headers)


def error_info(reason: str, facts: Json) -> Json:
    return {"@type": kind("ErrorInfo"), "reason": reason, "domain": "googleapis.com", "metadata": facts}


def kind(name: str) -> str:
    return f"type.googleapis.com/google.rpc.{name}"
