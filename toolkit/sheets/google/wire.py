"""JSON of the Sheets API, and marks that people never see."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""One object of a request or an answer."""


def create_mark(number: int, key: str, value: str = "") -> Json:
    """Return the request for developer metadata with our id.

    Google refuses the whole batchUpdate where the id is taken.

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


def delete_mark(number: int) -> Json:
    """Return the request that removes a mark."""
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
