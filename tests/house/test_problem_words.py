"""Every code that the package can tell has its sentence in every language, and every slot of the sentence is filled."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from toolkit.book.i18n import ENGLISH, Words
from toolkit.book.parse.cells import Choice
from toolkit.book.problem import HINTS, Problem
from toolkit.book.tabs.clients import CLIENTS

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final = sorted(path.parent.name for path in ROOT.glob("templates/*/words.toml"))


class Saying(NamedTuple):
    """A callable that takes a code: where, with which endings, and the slots that it fills by itself."""

    place: int
    endings: tuple[str, ...] = ("",)
    fills: frozenset[str] = frozenset()


PROBLEMS: Final = {
    "ParseError": Saying(0),
    "BonusFault": Saying(0),
    "TemplateFault": Saying(0),
    "Problem": Saying(3),
    "problem": Saying(2),
    "_tell": Saying(3),
    "_tell_at": Saying(2),
    "Suspicion": Saying(0, fills=frozenset({"given", "proposal"})),
    "_tell_shared": Saying(1, fills=frozenset({"given", "other"})),
    "_tell_unknown": Saying(4, ("", "-near"), frozenset({"given", "proposal"})),
}
HELD: Final = {"Held": Saying(1)}
ALWAYS: Final = frozenset({"tab", "column"})


def words(language: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "templates" / language / "words.toml").read_text(encoding="utf-8"))


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module but those of settings, whose errors hold English words for the terminal."""
    for path in sorted((ROOT / "toolkit").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith("toolkit/config/"):
            yield place, ast.parse(path.read_text(encoding="utf-8"))


def callee(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


class Scope(NamedTuple):
    """A function and the module in which it stands."""

    module: ast.Module
    function: ast.FunctionDef

    def assigned(self, name: str) -> Iterator[ast.expr]:
        for node in ast.walk(self.function):
            if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == name for one in node.targets):
                yield node.value

    def returned(self, name: str) -> Iterator[tuple[ast.expr, "Scope"]]:
        for scope in scopes(self.module):
            if scope.function.name == name:
                found = (one.value for one in ast.walk(scope.function) if isinstance(one, ast.Return))
                yield from ((value, scope) for value in found if value)


def scopes(module: ast.Module) -> Iterator[Scope]:
    yield from (Scope(module, one) for one in ast.walk(module) if isinstance(one, ast.FunctionDef))


def codes(node: ast.expr, scope: Scope) -> Iterator[str]:
    """What an expression may come to, as patterns; a parameter's codes are found where it is called."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*codes(node.body, scope), *codes(node.orelse, scope))
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in node.values)
    elif isinstance(node, ast.Name):
        yield from (code for value in scope.assigned(node.id) for code in codes(value, scope))
    elif isinstance(node, ast.Call):
        yield from (code for value, inside in scope.returned(callee(node)) for code in codes(value, inside))


def filled(call: ast.Call, saying: Saying, scope: Scope) -> frozenset[str] | None:
    """The slots that a call fills; None where they are handed on from elsewhere."""
    given = call.args[saying.place + 1 :][:1]
    if saying.fills or not (given or call.keywords):
        return saying.fills
    tables = [
        one for node in given for one in (node, *scope.assigned(getattr(node, "id", ""))) if isinstance(one, ast.Dict)
    ]
    if (given and not tables) or any(one.arg is None for one in call.keywords):
        return None
    keys = (str(getattr(key, "value", "")) for table in tables for key in table.keys)
    return frozenset((*keys, *(str(one.arg) for one in call.keywords)))


def told_in(scope: Scope, sayings: dict[str, Saying]) -> Iterator[tuple[str, int, frozenset[str] | None]]:
    """Each code that a function tells, as a pattern, with its line and the slots that are filled."""
    for call in (one for one in ast.walk(scope.function) if isinstance(one, ast.Call) and callee(one) in sayings):
        saying = sayings[callee(call)]
        for code in (code for node in call.args[saying.place :][:1] for code in codes(node, scope)):
            for ending in saying.endings:
                yield code + re.escape(ending), call.lineno, filled(call, saying, scope)


def said(sayings: dict[str, Saying]) -> dict[str, list[tuple[str, frozenset[str] | None]]]:
    """Each code's pattern to the places that tell it, with the slots that they fill."""
    found: dict[str, list[tuple[str, frozenset[str] | None]]] = defaultdict(list)
    for place, module in trees():
        for scope in scopes(module):
            for code, line, fills in told_in(scope, sayings):
                found[code].append((f"{place}:{line}", fills))
    return found


def why_not() -> set[str]:
    names = {"client_hold", "frequency_hold", "staff_hold", "why_call"}
    rules = [scope for _, module in trees() for scope in scopes(module) if scope.function.name in names]
    answers = (answer for scope in rules for answer in scope.returned(scope.function.name))
    return {code for value, scope in answers for code in codes(value, scope) if code}


TOLD: Final = said(PROBLEMS)
HELD_BY: Final = said(HELD)


def unknown(patterns: set[str], known: dict[str, Any]) -> list[str]:
    return [one for one in sorted(patterns) if not any(re.fullmatch(one, code) for code in known)]


def never_said(known: dict[str, Any], patterns: set[str]) -> list[str]:
    return [code for code in known if not any(re.fullmatch(one, code) for one in patterns)]


def slots(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", sentence))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_that_is_told_has_words(language: str) -> None:
    assert unknown(set(TOLD), words(language)["problems"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_to_hold_a_letter_has_words(language: str) -> None:
    assert unknown(set(HELD_BY) | why_not(), words(language)["held"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_way_to_be_reached_has_words(language: str) -> None:
    prefers = next(column.read for column in CLIENTS.columns if column.field == "prefers")
    assert isinstance(prefers, Choice)
    assert {f"prefers-{way}" for way in prefers.options} - {"prefers-email"} <= words(language)["held"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_stand_there_for_what_is_never_told(language: str) -> None:
    assert never_said(words(language)["problems"], set(TOLD)) == []
    assert never_said(words(language)["held"], set(HELD_BY) | why_not()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_of_a_problem_is_filled_where_it_is_told(language: str) -> None:
    known = words(language)["problems"]
    gaps = [
        (place, code, sorted(missing))
        for code in known
        for pattern, places in TOLD.items()
        for place, fills in places
        if re.fullmatch(pattern, code) and fills is not None
        if (missing := slots(known[code]["says"] + known[code]["fix"]) - fills - ALWAYS)
    ]
    assert gaps == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_of_a_reason_is_filled_where_it_is_told(language: str) -> None:
    known = words(language)["held"]
    gaps = [
        (place, code)
        for code in known
        for pattern, places in HELD_BY.items()
        for place, fills in places
        if re.fullmatch(pattern, code) and fills is not None and slots(known[code]) - fills
    ]
    assert gaps == []


def test_the_code_is_read_as_deep_as_it_hides() -> None:
    assert {"not\\-a\\-date", "not\\-a\\-choice\\-near", "key\\-blank", "client\\-unknown\\-near"} <= TOLD.keys()
    assert {"number\\-twice", "email\\-wrong", "prefers\\-.+"} <= why_not()
    assert "same\\-address" in HELD_BY


def test_every_hint_is_a_problem_with_words() -> None:
    assert words(ENGLISH)["problems"].keys() >= HINTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_reads_as_a_sentence_with_nothing_left_open(language: str) -> None:
    table = words(language)
    spoken = Words(language, table)
    for code, both in table["problems"].items():
        told = spoken.problem(Problem("Clients", "F4", "Email", code, dict.fromkeys(slots(str(both)), "~")))
        assert all(one.strip() and not slots(one) for one in told), code
