import re
import sys
from typing import Final

from tests.house.source import ROOT, classes, defined, place, python_files
from tests.house.test_rooms import ROOMS

EMPTY_WORDS: Final = {
    "Manager",
    "Helper",
    "Helpers",
    "Util",
    "Utils",
    "Service",
    "Handler",
    "Processor",
    "Data",
    "Info",
}
EMPTY_MODULES: Final = {"common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}

SLIPS: Final = {
    "contact": "client",
    "customer": "client",
    "invoice": "purchase",
    "message": "letter",
    "notification": "letter",
    "transaction": "purchase",
    "worksheet": "tab",
}
"""A word that is not ours, and the one that is (HOUSE: one word a thing)."""

ROOMS_OF_OTHERS: Final = {
    "message": ("toolkit/letters/", "toolkit/delivery/", "toolkit/channels/"),  # as RFC 5322 calls an e-mail
    "transaction": ("toolkit/delivery/journal.py",),  # as SQLite calls all or nothing
}
"""Where another world's word is the right one."""


def words_of(name: str) -> set[str]:
    """The words of a name: SalesPlan and sales_plan are both sales and plan."""
    return {word.casefold().removesuffix("s") for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_a_class_says_what_it_is() -> None:
    empty = [
        f"{place(path, found.lineno)} {found.name}"
        for path in python_files("toolkit", "tests")
        for found in classes(path)
        if EMPTY_WORDS.intersection(re.findall(r"[A-Z][a-z]+", found.name))
    ]

    assert empty == []


OUR_DOORS: Final = {"google"}
"""The room sheets/google stands in the plan of the house; imports are absolute, so it hides nothing of Google's."""


def test_no_module_is_named_like_one_of_pythons_or_of_a_library() -> None:
    taken = (sys.stdlib_module_names | ROOMS.keys() | EMPTY_MODULES) - OUR_DOORS
    modules = [path for path in python_files("toolkit") if not path.stem.startswith("__")]

    assert [place(path) for path in modules if path.stem in taken] == []
    assert [folder.name for folder in (ROOT / "toolkit").rglob("*") if folder.is_dir() and folder.name in taken] == []


def test_one_word_a_thing() -> None:
    slips = [
        f"{place(path, line)} {name}: say {SLIPS[word]}"
        for path in python_files("toolkit", "examples")
        for line, name in defined(path)
        for word in words_of(name) & SLIPS.keys()
        if not place(path).startswith(ROOMS_OF_OTHERS.get(word, ()))
    ]

    assert slips == []
