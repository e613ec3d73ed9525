"""spreadsheets.batchUpdate: all requests on a draft of the book; one that fails undoes all."""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from tests.sheets_server import cell_edits, objects, sheet_edits
from tests.sheets_server.model import Book
from tests.sheets_server.refusal import Json, Refusal, wrong

NewId: TypeAlias = Callable[[], int]

MAKES: Final[dict[str, Callable[[Book, Json, NewId], Json]]] = {
    "addBanding": objects.add_banding,
    "addNamedRange": objects.add_named_range,
    "addProtectedRange": objects.add_protected_range,
    "addSheet": sheet_edits.add_sheet,
    "createDeveloperMetadata": objects.create_metadata,
}
CHANGES: Final[dict[str, Callable[[Book, Json], Json]]] = {
    "addConditionalFormatRule": objects.add_conditional,
    "appendCells": cell_edits.append_cells,
    "appendDimension": sheet_edits.append_dimension,
    "autoResizeDimensions": sheet_edits.auto_resize,
    "clearBasicFilter": objects.clear_basic_filter,
    "deleteBanding": objects.delete_banding,
    "deleteConditionalFormatRule": objects.delete_conditional,
    "deleteDeveloperMetadata": objects.delete_metadata,
    "deleteDimension": sheet_edits.delete_dimension,
    "deleteNamedRange": objects.delete_named_range,
    "deleteProtectedRange": objects.delete_protected_range,
    "deleteSheet": sheet_edits.delete_sheet,
    "insertDimension": sheet_edits.insert_dimension,
    "mergeCells": objects.merge_cells,
    "moveDimension": sheet_edits.move_dimension,
    "repeatCell": cell_edits.repeat_cell,
    "setBasicFilter": objects.set_basic_filter,
    "setDataValidation": cell_edits.set_data_validation,
    "sortRange": cell_edits.sort_range,
    "unmergeCells": objects.unmerge_cells,
    "updateCells": cell_edits.update_cells,
    "updateDeveloperMetadata": objects.update_metadata,
    "updateDimensionProperties": sheet_edits.dimension_properties,
    "updateNamedRange": objects.update_named_range,
    "updateProtectedRange": objects.update_protected_range,
    "updateSheetProperties": sheet_edits.update_sheet_properties,
    "updateSpreadsheetProperties": sheet_edits.update_spreadsheet_properties,
}


def batch_update(book: Book, requests: list[Json], new_id: NewId) -> Json:
    """Do all requests on a draft; the replies stand in their order."""
    if not requests:
        raise wrong("Must specify at least one request.")
    replies = [_edit(book, at, request, new_id) for at, request in enumerate(requests)]
    book.check_size()
    return {"spreadsheetId": book.id, "replies": replies}


def _edit(book: Book, at: int, request: Json, new_id: NewId) -> Json:
    name, asked = next(iter(request.items()))
    given = asked if name == "updateCells" else without_nulls(asked)
    try:
        if name in MAKES:
            return MAKES[name](book, given, new_id)
        if name in CHANGES:
            return CHANGES[name](book, given)
    except Refusal as error:
        if error.message.startswith(("This action", "Your input")):
            raise
        raise wrong(f"Invalid requests[{at}].{name}: {error.message}") from error
    raise wrong(f"Invalid requests[{at}].{name}: the Sheets server of the tests does not know this request")


def without_nulls(given: Any) -> Any:
    """What JSON gives as null is not given."""
    if isinstance(given, list):
        return [without_nulls(one) for one in given]
    if not isinstance(given, dict):
        return given
    return {name: without_nulls(one) for name, one in given.items() if one is not None}
