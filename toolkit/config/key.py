"""Settings with their default, help and example."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from toolkit.config import kinds

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Args:
        says: the one sentence of help, in the file that init writes and in errors.
        reads: turns the file's value into the typed one.
        default: what holds when the file is silent.
        example: a value that one could write; the default where that says enough.
    """

    says: str
    reads: kinds.Reads[object]
    default: object
    example: object


def key(says: str, reads: kinds.Reads[object], default: T, example: object = None) -> T:
    """Return a dataclass field with its Setting as metadata."""
    known = Setting(says, reads, default, default if example is None else example)
    return field(default_factory=lambda: default, metadata={"key": known})


def keys_of(section: type[Any]) -> Mapping[str, tuple[str, Setting]]:
    """Return the keys of a section with field name and Setting."""
    return {item.name.rstrip("_"): (item.name, item.metadata["key"]) for item in fields(section)}
