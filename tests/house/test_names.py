import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.house.source import ROOT, classes, defined, place, python_files, tree
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


MOST_AMBIGUOUS_CONSTANTS: Final = 47
MOST_NAMELESS: Final = 270
"""Where the house stands (December 2026); both go down, and never up."""

PER_CAMPAIGN: Final = {"LATENESS": "each campaign has its own, and hands it on by this name"}
"""Constants that are meant to stand for something of each module, and why."""


def constants(path: Path) -> Iterator[tuple[str, str]]:
    """Each public constant of a module, with the code of what it stands for."""
    for node in tree(path).body:
        match node:
            case ast.AnnAssign(target=ast.Name(name), value=ast.expr() as value) if name.isupper() and name[0] != "_":
                yield name, ast.unparse(value)
            case ast.Assign(targets=[ast.Name(name)], value=value) if name.isupper() and name[0] != "_":
                yield name, ast.unparse(value)


def test_no_two_classes_share_a_name() -> None:
    homes = defaultdict(list)
    for path in python_files("toolkit"):
        for found in classes(path):
            homes[found.name].append(place(path, found.lineno))

    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_few_constants_of_one_name_stand_for_different_things() -> None:
    meanings = defaultdict(set)
    for path in python_files("toolkit"):
        for name, value in constants(path):
            meanings[name].add(value)
    ambiguous = {name for name, values in meanings.items() if len(values) > 1} - PER_CAMPAIGN.keys()

    assert len(ambiguous) <= MOST_AMBIGUOUS_CONSTANTS, sorted(ambiguous)


def test_few_variables_are_called_one() -> None:
    nameless = [place(path, line) for path in python_files("toolkit") for line, name in defined(path) if name == "one"]

    assert len(nameless) <= MOST_NAMELESS, nameless
