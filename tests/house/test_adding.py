"""What CONTRIBUTING tells to write where one adds a thing, and a test that fails for each step forgotten."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.house.source import ROOT, classes, imported, nodes, place, python_files
from toolkit.campaigns import CAMPAIGNS

CHANNEL_PARTS: Final = {"carries", "send"}
WORKBOOK_PARTS: Final = {"rows", "check_writable", "write", "fill"}
CAMPAIGN_PARTS: Final = {"occasions"}

OF_ANOTHER: Final = {"ReadOnlyWorkbook": "it hands on what the workbook inside it reads"}
"""Classes in the shape of a channel or workbook that have no contract of their own, and why."""

TESTED_BY_ANOTHER: Final = {
    "toolkit/rules/bonuses/approved.py": "tests/rules/test_bonuses.py",
    "toolkit/rules/bonuses/earnings.py": "tests/rules/test_bonuses.py",
    "toolkit/rules/bonuses/returns.py": "tests/rules/test_bonuses.py",
    "toolkit/rules/loyalty/climbs.py": "tests/rules/test_rising.py",
    "toolkit/rules/loyalty/outlook.py": "tests/rules/test_points.py",
    "toolkit/rules/loyalty/rewards_due.py": "tests/rules/test_rewards.py",
}
"""Parts of rules that are tested by what uses them."""

LANGUAGES: Final = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()} - {"en"}
NAMED_LANGUAGES: Final = {
    "toolkit/app/commands/new_shop.py": "the order in which init tells them",
    "toolkit/config/settings.py": "an example in the reference of settings",
    "toolkit/formatting.py": "Babel's Kyrgyz pattern for a day without its year reads wrong",
}
"""Where Python names a language that is not English, and why; a new one needs none."""


def shaped(folder: str, parts: set[str]) -> Iterator[tuple[Path, str]]:
    """Each class of a folder that has all these methods and is no protocol."""
    for path in python_files(folder):
        for found in classes(path):
            methods = {node.name for node in found.body if isinstance(node, ast.FunctionDef)}
            if parts <= methods and "Protocol" not in map(ast.unparse, found.bases):
                yield path, found.name


def under_contract(contract: str) -> set[str]:
    """Each X for which there is a class TestX on a contract."""
    tests = [found for path in python_files("tests") for found in classes(path)]
    return {test.name.removeprefix("Test") for test in tests if contract in map(ast.unparse, test.bases)}


def forgotten(folder: str, parts: set[str], contract: str) -> list[str]:
    tested = under_contract(contract) | OF_ANOTHER.keys()
    return [f"{place(path)} {name}" for path, name in shaped(folder, parts) if name not in tested]


def test_every_channel_stands_on_the_contract() -> None:
    assert len(list(shaped("toolkit/channels", CHANNEL_PARTS))) > 3
    assert forgotten("toolkit/channels", CHANNEL_PARTS, "ChannelContract") == []


def test_every_kind_of_workbook_stands_on_the_contract() -> None:
    assert len(list(shaped("toolkit/sheets", WORKBOOK_PARTS))) > 3
    assert forgotten("toolkit/sheets", WORKBOOK_PARTS, "WorkbookContract") == []


def test_every_campaign_is_in_the_one_list() -> None:
    listed = {type(campaign).__name__ for campaign in CAMPAIGNS}

    assert {name for _, name in shaped("toolkit/campaigns", CAMPAIGN_PARTS)} == listed


def test_every_rule_has_a_test() -> None:
    tests = python_files("tests")
    used = {module for path in tests for _, module in imported(path)}
    named = {path.name for path in tests}
    rules = [path for path in python_files("toolkit/rules") if path.stem != "__init__"]
    bare = [
        place(path)
        for path in rules
        if f"test_{path.name}" not in named
        and ".".join(path.relative_to(ROOT).with_suffix("").parts) not in used
        and not (ROOT / TESTED_BY_ANOTHER.get(place(path), "-")).is_file()
    ]

    assert bare == []
    assert TESTED_BY_ANOTHER.keys() - set(map(place, rules)) == set()


def test_a_language_needs_no_python() -> None:
    named = {
        place(path)
        for path in python_files("toolkit")
        for node in nodes(path)
        if isinstance(node, ast.Constant) and node.value in LANGUAGES
    }

    assert named == NAMED_LANGUAGES.keys()


def test_the_guide_names_only_what_is_there() -> None:
    guide = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = [path for path in re.findall(r"`((?:toolkit|tests|templates)/[\w./]*)`", guide) if "<" not in path]

    assert [path for path in paths if not (ROOT / path).exists()] == []
