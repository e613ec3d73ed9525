"""Parts of requests to the Sheets API that every module here uses."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""One object of a request or an answer."""


def marked(number: int, key: str, value: str = "") -> Json:
    """Make a mark; Google refuses the whole step where its id is taken.

    Args:
        number: its id.
        key: what kind of mark it is.
        value: what it says.
    """
    mark = {
        "metadataId": number,
        "metadataKey": key,
        "metadataValue": value,
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": mark}}


def unmarked(number: int) -> Json:
    """Take a mark away."""
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
