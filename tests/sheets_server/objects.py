"""Requests of a batchUpdate about what lies on the cells: protection, names, merges, filters, rules, metadata."""

import copy
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from tests.sheets_server.masks import assign
from tests.sheets_server.model import Book, Sheet
from tests.sheets_server.reach import corners, mask_of, plain_range, sheet_of, with_styles
from tests.sheets_server.refusal import Json, wrong

NewId: TypeAlias = Callable[[], int]


def _sheet_by_range(book: Book, given: Json) -> Sheet:
    sheet, _ = corners(book, given)
    return sheet


def found(held: list[Json], name: str, wanted: Any, words: str) -> Json:
    """The object with this id."""
    for one in held:
        if one.get(name) == wanted:
            return one
    raise wrong(f"No {words} with id: {wanted}")


def add_protected_range(book: Book, given: Json, new_id: NewId) -> Json:
    asked = given.get("protectedRange", {})
    sheet = _sheet_by_range(book, asked.get("range", {}))
    wanted = asked.get("protectedRangeId")
    if any(one["protectedRangeId"] == wanted for tab in book.sheets for one in tab.protected):
        raise wrong(f"Cannot add protected range with ID: {wanted}, a protected range with that ID already exists.")
    made = {"protectedRangeId": new_id() if wanted is None else wanted, "range": plain_range(asked["range"])}
    made |= {name: asked[name] for name in ("description", "warningOnly") if asked.get(name)}
    if "unprotectedRanges" in asked:
        made["unprotectedRanges"] = [plain_range(one) for one in asked["unprotectedRanges"]]
    made["requestingUserCanEdit"] = True
    if not asked.get("warningOnly"):
        made["editors"] = {name: who for name, who in asked.get("editors", {}).items() if who}
    sheet.protected.append(made)
    return {"addProtectedRange": {"protectedRange": copy.deepcopy(made)}}


def _protected(book: Book, wanted: Any) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for one in sheet.protected:
            if one["protectedRangeId"] == wanted:
                return sheet, one
    raise wrong(f"No protected range with id: {wanted}")


def update_protected_range(book: Book, given: Json) -> Json:
    asked = given.get("protectedRange", {})
    _, one = _protected(book, asked.get("protectedRangeId"))
    assign(one, asked, mask_of(given))
    if one.get("warningOnly"):
        one.pop("editors", None)
    return {}


def delete_protected_range(book: Book, given: Json) -> Json:
    sheet, one = _protected(book, given.get("protectedRangeId"))
    sheet.protected.remove(one)
    return {}


def add_named_range(book: Book, given: Json, new_id: NewId) -> Json:
    asked = given.get("namedRange", {})
    _sheet_by_range(book, asked.get("range", {}))
    wanted, name = asked.get("namedRangeId"), asked.get("name")
    if any(one["namedRangeId"] == wanted for one in book.named):
        raise wrong(f"Cannot add named range with ID: {wanted}, a named range with that ID already exists.")
    if any(one["name"].casefold() == str(name).casefold() for one in book.named):
        raise wrong(f"Cannot add named range with name {name}, a named range with that name already exists.")
    made = {"namedRangeId": wanted or str(new_id()), "name": name, "range": plain_range(asked["range"])}
    book.named.append(made)
    return {"addNamedRange": {"namedRange": copy.deepcopy(made)}}


def update_named_range(book: Book, given: Json) -> Json:
    asked = given.get("namedRange", {})
    one = found(book.named, "namedRangeId", asked.get("namedRangeId"), "named range")
    assign(one, asked, mask_of(given))
    one["range"] = plain_range(one["range"])
    return {}


def delete_named_range(book: Book, given: Json) -> Json:
    book.named.remove(found(book.named, "namedRangeId", given.get("namedRangeId"), "named range"))
    return {}


def merge_cells(book: Book, given: Json) -> Json:
    sheet, (top, left, bottom, right) = corners(book, given.get("range", {}))
    _drop_merges(sheet, top, left, bottom, right)
    kind = given.get("mergeType", "MERGE_ALL")
    boxes = {
        "MERGE_ALL": [(top, left, bottom, right)],
        "MERGE_ROWS": [(row, left, row + 1, right) for row in range(top, bottom)],
        "MERGE_COLUMNS": [(top, column, bottom, column + 1) for column in range(left, right)],
    }[kind]
    names = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    for box in boxes:
        sheet.merges.append(plain_range({"sheetId": sheet.id} | dict(zip(names, box, strict=True))))
        _keep_first(sheet, box)
    return {}


def _keep_first(sheet: Sheet, box: tuple[int, int, int, int]) -> None:
    top, left, bottom, right = box
    for number in range(top, min(bottom, len(sheet.rows))):
        for column in range(left, right):
            if (number, column) != (top, left):
                sheet.put(number, column, None)


def unmerge_cells(book: Book, given: Json) -> Json:
    sheet, box = corners(book, given.get("range", {}))
    _drop_merges(sheet, *box)
    return {}


def _drop_merges(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    def apart(one: Json) -> bool:
        beside = one["startColumnIndex"] >= right or one["endColumnIndex"] <= left
        return bool(beside or one["startRowIndex"] >= bottom or one["endRowIndex"] <= top)

    sheet.merges = [one for one in sheet.merges if apart(one)]


def set_basic_filter(book: Book, given: Json) -> Json:
    asked = given.get("filter", {})
    sheet = _sheet_by_range(book, asked.get("range", {}))
    sheet.basic_filter = asked | {"range": plain_range(asked.get("range", {}))}
    return {}


def clear_basic_filter(book: Book, given: Json) -> Json:
    sheet_of(book, given.get("sheetId", 0)).basic_filter = None
    return {}


def add_conditional(book: Book, given: Json) -> Json:
    rule = with_styles(given.get("rule", {}))
    if not rule.get("ranges"):
        raise wrong("No ranges specified.")
    sheet = _sheet_by_range(book, rule["ranges"][0])
    rule["ranges"] = [plain_range(one) for one in rule["ranges"]]
    sheet.conditional.insert(given.get("index", 0), rule)
    return {}


def delete_conditional(book: Book, given: Json) -> Json:
    sheet, index = sheet_of(book, given.get("sheetId", 0)), given.get("index", 0)
    if index >= len(sheet.conditional):
        raise wrong(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return {"deleteConditionalFormatRule": {"rule": sheet.conditional.pop(index)}}


def add_banding(book: Book, given: Json, new_id: NewId) -> Json:
    asked = with_styles(given.get("bandedRange", {}))
    sheet = _sheet_by_range(book, asked.get("range", {}))
    made = asked | {"bandedRangeId": asked.get("bandedRangeId") or new_id(), "range": plain_range(asked["range"])}
    sheet.banded.append(made)
    return {"addBanding": {"bandedRange": copy.deepcopy(made)}}


def delete_banding(book: Book, given: Json) -> Json:
    for sheet in book.sheets:
        sheet.banded = [one for one in sheet.banded if one["bandedRangeId"] != given.get("bandedRangeId")]
    return {}


def create_metadata(book: Book, given: Json, new_id: NewId) -> Json:
    asked = given.get("developerMetadata", {})
    wanted = asked.get("metadataId")
    if any(one["metadataId"] == wanted for one in book.metadata):
        raise wrong(f"Developer metadata with id {wanted} already exists.")
    made = {"metadataId": new_id() if wanted is None else wanted, "metadataKey": asked.get("metadataKey", "")}
    made |= {"metadataValue": asked["metadataValue"]} if "metadataValue" in asked else {}
    made |= {"location": _location(book, asked.get("location", {})), "visibility": asked.get("visibility", "DOCUMENT")}
    book.metadata.append(made)
    return {"createDeveloperMetadata": {"developerMetadata": copy.deepcopy(made)}}


def _location(book: Book, asked: Json) -> Json:
    if "dimensionRange" in asked:
        place = asked["dimensionRange"]
        sheet_of(book, place.get("sheetId", 0))
        if place.get("endIndex", 0) - place.get("startIndex", 0) != 1:
            raise wrong("Developer metadata can only be associated with a single row or column.")
        kind = {"ROWS": "ROW", "COLUMNS": "COLUMN"}[place["dimension"]]
        return {"locationType": kind, "dimensionRange": place | {"startIndex": place.get("startIndex", 0)}}
    if "sheetId" in asked:
        return {"locationType": "SHEET", "sheetId": sheet_of(book, asked["sheetId"]).id}
    if asked.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    raise wrong("No location specified for developer metadata.")


def looked_up(book: Book, filters: list[Json]) -> Iterator[Json]:
    """The metadata that a list of data filters finds."""
    for one in book.metadata:
        if any(_matches(one, asked.get("developerMetadataLookup", {})) for asked in filters):
            yield one


def _matches(one: Json, asked: Json) -> bool:
    plain = ("metadataId", "metadataKey", "metadataValue", "visibility")
    right_kind = asked.get("locationType") in (None, one["location"]["locationType"])
    return right_kind and all(one.get(name) == asked[name] for name in plain if name in asked)


def update_metadata(book: Book, given: Json) -> Json:
    done = list(looked_up(book, given.get("dataFilters", [])))
    for one in done:
        assign(one, given.get("developerMetadata", {}), mask_of(given))
    return {"updateDeveloperMetadata": {"developerMetadata": copy.deepcopy(done)} if done else {}}


def delete_metadata(book: Book, given: Json) -> Json:
    done = list(looked_up(book, [given.get("dataFilter", {})]))
    book.metadata = [one for one in book.metadata if one not in done]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": done} if done else {}}
