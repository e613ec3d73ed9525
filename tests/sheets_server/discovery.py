"""Google's own description of its API, to hold requests and answers to."""

import functools
import json
import re
from typing import Any, Final

from tests.shared_data import SHARED
from tests.sheets_server.refusal import Json, Refusal, kind

PATH: Final = SHARED / "sheets-api" / "sheets.v4.json"


@functools.cache
def schemas() -> Json:
    """The schemas by name; none where the description is not on this computer."""
    return json.loads(PATH.read_text(encoding="utf-8"))["schemas"] if PATH.is_file() else {}


def answer_faults(name: str, answer: Any) -> list[str]:
    """Where an answer is not what the schema of this name says."""
    return list(_faults({"$ref": name}, answer, name)) if schemas() else []


def check_request(name: str, body: Any) -> None:
    """Refuse a request with a field or a kind of value that Google does not know, in Google's words."""
    for fault in _faults({"$ref": name}, body, "") if schemas() else ():
        place, _, words = fault.partition(": ")
        field = re.sub(r"(?<!^)([A-Z])", lambda found: f"_{found[1].lower()}", place.lstrip("."))
        raise Refusal(400, _said(field, words), details=[_violation(field, _said(field, words))])


def _said(field: str, words: str) -> str:
    if words.startswith("unknown "):
        above = f" at '{field}'" if field else ""
        return (
            f'Invalid JSON payload received. Unknown name "{words.removeprefix("unknown ")}"{above}: Cannot find field.'
        )
    return f"Invalid value at '{field}' ({words})"


def _violation(field: str, words: str) -> Json:
    return {"@type": kind("BadRequest"), "fieldViolations": [{"field": field, "description": words}]}


def _faults(schema: Json, value: Any, place: str) -> list[str]:
    if "$ref" in schema:
        schema = schemas()[schema["$ref"]]
    check = {"object": _object_faults, "array": _array_faults}.get(schema.get("type", ""))
    if check:
        return check(schema, value, place)
    return [] if _is_plain(schema, value) else [f"{place}: {schema.get('format', schema.get('type'))}"]


def _object_faults(schema: Json, value: Any, place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place}: object"]
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    faults = []
    for name, one in value.items():
        if name not in known and others is None:
            faults.append(f"{place}: unknown {name}")
        elif one is not None:
            faults += _faults(known.get(name, others), one, f"{place}.{name}")
    return faults


def _array_faults(schema: Json, value: Any, place: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{place}: list"]
    if schema["items"].get("type") == "any":
        return []
    return [fault for at, one in enumerate(value) for fault in _faults(schema["items"], one, f"{place}[{at}]")]


def _is_plain(schema: Json, value: Any) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    match schema.get("type"):
        case "string":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool) and -(1 << 31) <= value < 1 << 31
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
    return True
