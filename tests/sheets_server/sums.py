"""The little of Google's formula language that the house lays into sheets, worked out on whole columns at once."""

import operator
import re
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeAlias

from tests.sheets_server.a1 import Area
from tests.sheets_server.entered import Scalar, shown, tidy

Grid: TypeAlias = list[list[Scalar]]
Value: TypeAlias = Scalar | Grid

TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<text>"(?:[^"]|"")*")
      | (?P<ref>(?:'(?:[^']|'')+'!|[^\W\d]\w*!)?\$?[A-Za-z]{1,3}\$?\d*:\$?[A-Za-z]{1,3}\$?\d*
          | (?:'(?:[^']|'')+'!|[^\W\d]\w*!)?\$?[A-Za-z]{1,3}\$?\d+(?![\w(]))
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z][\w.]*)
      | (?P<mark><>|<=|>=|[-+*/&=<>(),;%^])
    )""",
    re.VERBOSE,
)
MOST_DEEP: Final = 50


class NoFormula(Exception):
    """What was typed cannot be read as a formula: #ERROR!."""


class ErrorText(str):
    """An error value, such as #N/A."""

    __slots__ = ()


NOT_FOUND: Final = ErrorText("#N/A")
NO_NAME: Final = ErrorText("#NAME?")
NO_VALUE: Final = ErrorText("#VALUE!")
BY_NOTHING: Final = ErrorText("#DIV/0!")


class Cells(Protocol):
    """The cells that a formula may look at."""

    @property
    def between(self) -> str:
        """The signs that may stand between two arguments."""
        ...

    def area(self, text: str) -> Area | None: ...

    def grid(self, area: Area) -> Grid: ...


def work_out(text: str, cells: Cells) -> Value:
    """What a formula, without its =, comes to.

    Raises:
        NoFormula: it cannot be read.
    """
    reader = _Reader(text, cells)
    value = reader.compare(0)
    if reader.tokens:
        raise NoFormula(text)
    return value


def tokens_of(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        token = TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise NoFormula(text)
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


class _Reader:
    """Reads and works out in one go, weakest operators first."""

    def __init__(self, text: str, cells: Cells) -> None:
        self.tokens, self.cells = tokens_of(text), cells

    def _take(self, *marks: str) -> str:
        if self.tokens and self.tokens[0][0] == "mark" and self.tokens[0][1] in marks:
            return self.tokens.pop(0)[1]
        return ""

    def _must(self, mark: str) -> None:
        if not self._take(mark):
            raise NoFormula(mark)

    def compare(self, depth: int) -> Value:
        if depth > MOST_DEEP:
            raise NoFormula("too deep")
        left = self._joined(depth)
        while mark := self._take("=", "<>", "<", ">", "<=", ">="):
            left = each(COMPARE[mark], left, self._joined(depth))
        return left

    def _joined(self, depth: int) -> Value:
        left = self._sum(depth)
        while self._take("&"):
            left = each(lambda one, two: shown(one, None) + shown(two, None), left, self._sum(depth))
        return left

    def _sum(self, depth: int) -> Value:
        left = self._product(depth)
        while mark := self._take("+", "-"):
            left = each(ADD[mark], left, self._product(depth))
        return left

    def _product(self, depth: int) -> Value:
        left = self._signed(depth)
        while mark := self._take("*", "/"):
            left = each(_times if mark == "*" else _divided, left, self._signed(depth))
        return left

    def _signed(self, depth: int) -> Value:
        if self._take("-"):
            return each(_minus, 0, self._signed(depth))
        if self._take("+"):
            return self._signed(depth)
        return self._single(depth)

    def _single(self, depth: int) -> Value:
        if self._take("("):
            value = self.compare(depth + 1)
            self._must(")")
            return value
        if not self.tokens:
            raise NoFormula("it ends too early")
        kind, text = self.tokens.pop(0)
        match kind:
            case "text":
                return text[1:-1].replace('""', '"')
            case "number":
                return tidy(float(text))
            case "ref":
                return self._cells(text)
            case "name":
                return self._named(text.upper(), depth)
        raise NoFormula(text)

    def _cells(self, text: str) -> Value:
        area = self.cells.area(text)
        if area is None:
            return ErrorText("#REF!")
        grid = self.cells.grid(area)
        return grid[0][0] if area.one_cell and grid and grid[0] else grid

    def _named(self, name: str, depth: int) -> Value:
        if name in ("TRUE", "FALSE") and not self._next_is("("):
            return name == "TRUE"
        if not self._next_is("("):
            return NO_NAME
        self._must("(")
        if name == "ROW":
            return self._row()
        given = []
        while not self._take(")"):
            given.append(self.compare(depth + 1))
            if not self._take(*self.cells.between) and not self._next_is(")"):
                raise NoFormula(name)
        return self._call(name, given)

    def _next_is(self, mark: str) -> bool:
        return bool(self.tokens) and self.tokens[0] == ("mark", mark)

    def _row(self) -> Value:
        kind, text = self.tokens.pop(0) if self.tokens else ("", "")
        area = self.cells.area(text) if kind == "ref" else None
        self._must(")")
        if area is None:
            return NO_VALUE
        top, _, bottom, _ = area.closed()
        return top + 1 if area.one_cell else [[number + 1] for number in range(top, bottom)]

    def _call(self, name: str, given: list[Value]) -> Value:
        if name == "INDIRECT" and len(given) == 1:
            return self._cells(str(given[0]))
        function = FUNCTIONS.get(name)
        try:
            return NO_NAME if function is None else function(*given)
        except TypeError:
            return NOT_FOUND


def each(function: Callable[..., Scalar], *given: Value) -> Value:
    """The function on single values, or on each place of columns and blocks."""
    sizes = [(len(one), max(map(len, one), default=1)) for one in given if isinstance(one, list)]
    if not sizes:
        return _safe(function, given)
    height, width = max(size[0] for size in sizes), max(size[1] for size in sizes)
    return [
        [_safe(function, [_at(one, row, column) for one in given]) for column in range(width)] for row in range(height)
    ]


def _at(value: Value, row: int, column: int) -> Scalar:
    if not isinstance(value, list):
        return value
    row = 0 if len(value) == 1 else row
    if row >= len(value):
        return NOT_FOUND
    cells = value[row]
    return cells[0] if len(cells) == 1 else cells[column] if column < len(cells) else NOT_FOUND


def _safe(function: Callable[..., Scalar], given: object) -> Scalar:
    values = list(given)  # type: ignore[call-overload]  # a tuple or a list of scalars
    wrong = next((one for one in values if isinstance(one, ErrorText)), None)
    if wrong is not None and function not in SEES_ERRORS:
        return wrong
    try:
        return function(*values)
    except (TypeError, ValueError):
        return NO_VALUE


def _number(value: Scalar) -> float:
    return 0 if value is None else float(value)


def _times(one: Scalar, two: Scalar) -> Scalar:
    return tidy(_number(one) * _number(two))


def _divided(one: Scalar, two: Scalar) -> Scalar:
    return BY_NOTHING if _number(two) == 0 else tidy(_number(one) / _number(two))


def _plus(one: Scalar, two: Scalar) -> Scalar:
    return tidy(_number(one) + _number(two))


def _minus(one: Scalar, two: Scalar) -> Scalar:
    return tidy(_number(one) - _number(two))


def same_key(value: Scalar) -> Scalar:
    """Google compares words without regard to case."""
    return value.casefold() if isinstance(value, str) else value


def _equal(one: Scalar, two: Scalar) -> bool:
    if one is None or two is None:
        return (two if one is None else one) in (None, "", 0)
    return _looked(one) == _looked(two)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Scalar, Scalar], Scalar]:
    def ordered(one: Scalar, two: Scalar) -> Scalar:
        if isinstance(one, str) or isinstance(two, str):
            return compare(shown(one, None).casefold(), shown(two, None).casefold())
        return compare(_number(one), _number(two))

    return ordered


def _if(test: Value, *given: Value) -> Value:
    yes, no = (*given, False)[:2]
    return each(_chosen, test, yes, no)


def _chosen(test: Scalar, yes: Scalar, no: Scalar) -> Scalar:
    if isinstance(test, ErrorText):
        return test
    return yes if test else no


def _if_error(value: Value, other: Value = None) -> Value:
    return each(_no_error, value, other)


def _no_error(value: Scalar, other: Scalar) -> Scalar:
    return other if isinstance(value, ErrorText) else value


def _if_na(value: Value, other: Value = None) -> Value:
    return each(_no_gap, value, other)


def _no_gap(value: Scalar, other: Scalar) -> Scalar:
    return other if isinstance(value, ErrorText) and value == NOT_FOUND else value


def _vlookup(key: Value, table: Value, index: Value, near: Value = None) -> Value:
    """Only the exact form: the fourth word must be FALSE."""
    if not isinstance(table, list) or near is None or near not in (False, 0) or isinstance(index, list):
        return NO_VALUE
    at = int(_number(index)) - 1
    known: dict[tuple[type, Scalar], Scalar] = {}
    for row in table:
        if at >= len(row):
            return ErrorText("#REF!")
        if row[0] is not None:
            known.setdefault(_looked(row[0]), row[at])
    return each(lambda one: NOT_FOUND if one is None else known.get(_looked(one), NOT_FOUND), key)


def _looked(value: Scalar) -> tuple[type, Scalar]:
    return (bool if isinstance(value, bool) else str if isinstance(value, str) else float), same_key(value)


def _hyperlink(link: Value, words: Value = None) -> Value:
    return link if words is None else words


ADD: Final[dict[str, Callable[..., Scalar]]] = {"+": _plus, "-": _minus}
COMPARE: Final[dict[str, Callable[..., Scalar]]] = {
    "=": _equal,
    "<>": lambda one, two: not _equal(one, two),
    "<": _ordered(operator.lt),
    ">": _ordered(operator.gt),
    "<=": _ordered(operator.le),
    ">=": _ordered(operator.ge),
}
SEES_ERRORS: Final = (_chosen, _no_error, _no_gap)
FUNCTIONS: Final[dict[str, Callable[..., Value]]] = {
    "ARRAYFORMULA": lambda value: value,
    "IF": _if,
    "IFERROR": _if_error,
    "IFNA": _if_na,
    "VLOOKUP": _vlookup,
    "HYPERLINK": _hyperlink,
    "ISBLANK": lambda value: each(lambda one: one is None, value),
    "LEN": lambda value: each(lambda one: len(shown(one, None)), value),
    "TRIM": lambda value: each(lambda one: " ".join(shown(one, None).split()), value),
}
