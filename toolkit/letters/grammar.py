"""The Jinja that letters may contain, checked on its syntax tree."""

from typing import TYPE_CHECKING, Final

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from toolkit.letters.fields import FIELDS, FRAME, LISTS, TemplateFault, no_field

if TYPE_CHECKING:
    from collections.abc import Callable

FILTERS: Final = frozenset({"default", "upper", "lower", "capitalize", "title", "trim"})
MOST_CHARACTERS: Final = 100_000
DEEPEST_NESTING: Final = 12
_PASSED_THROUGH: Final = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Not, nodes.And, nodes.Or)
_NAMED: Final = {"assign": "set", "assignblock": "set", "callblock": "call", "fromimport": "import", "sub": "minus"}
_GROUPS: Final = frozenset(field.split(".")[0] for field in FRAME)
_PARSER: Final = Environment(autoescape=True)


def grammar_faults(source: str, allowed: frozenset[str] = FIELDS) -> tuple[TemplateFault, ...]:
    """Return everything in a source that no letter may contain.

    Allowed are names, attributes, `if`, `for` over our own lists, and the listed filters.

    Args:
        source: Jinja source, with or without text around the tags.
        allowed: field names; "words.*" allows every name of words.
    """
    # Jinja's sandbox lets arithmetic, calls and ranges through: `"a" * 300000000` fills the memory
    # (delivery/PROMISES.md, Data safety).
    if len(source) > MOST_CHARACTERS:
        return (TemplateFault("template-broken", {"reason": f"it is longer than {MOST_CHARACTERS:,} characters"}),)
    if "raw" in _raw_tags(source):
        return (TemplateFault("template-forbids", {"what": "raw"}),)
    try:
        walk = _Walk(allowed)
        walk.visit(_PARSER.parse(source), frozenset(), 0)
    except TemplateSyntaxError as error:
        return (TemplateFault("template-broken", {"reason": f"line {error.lineno}: {error.message}"}),)
    except RecursionError:
        return (_forbidden("deep nesting"),)
    return tuple(walk.faults)


def _raw_tags(source: str) -> set[str]:
    try:
        return {"raw" for _, kind, _ in _PARSER.lex(source) if kind == "raw_begin"}
    except TemplateSyntaxError:
        return set()


def _forbidden(what: str) -> TemplateFault:
    return TemplateFault("template-forbids", {"what": what})


class _Walk:
    """A visit of every node that collects faults."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.faults: list[TemplateFault] = []
        self._allowed = allowed
        self._special: dict[type[nodes.Node], Callable[..., None]] = {
            nodes.Name: self._field,
            nodes.Getattr: self._field,
            nodes.Const: self._const,
            nodes.Filter: self._filter,
            nodes.Test: self._test,
            nodes.Compare: self._compare,
            nodes.If: self._if,
            nodes.For: self._for,
        }

    def visit(self, node: nodes.Node, items: frozenset[str], depth: int) -> None:
        """Check a node inside a loop over `items`."""
        special = self._special.get(type(node))
        if depth > DEEPEST_NESTING:
            self._refuse("deep nesting")
        elif special:
            special(node, items, depth)
        elif isinstance(node, _PASSED_THROUGH):
            for child in node.iter_child_nodes():
                self.visit(child, items, depth + (not isinstance(node, nodes.Template | nodes.Output)))
        else:
            self._refuse(_name(node))

    def _refuse(self, what: str) -> None:
        if (fault := _forbidden(what)) not in self.faults:
            self.faults.append(fault)

    def _field(self, node: nodes.Expr, items: frozenset[str], depth: int) -> None:
        path = _path(node)
        if not path:
            self.visit(node.node, items, depth + 1)  # type: ignore[attr-defined]  # the attribute of an expression
        elif path not in self._allowed | items and _group(path) not in self._allowed:
            self.faults.append(no_field(path))

    def _const(self, node: nodes.Const, _items: frozenset[str], _depth: int) -> None:
        if not isinstance(node.value, str | bool | None):
            self._refuse("numbers")

    def _filter(self, node: nodes.Filter, items: frozenset[str], depth: int) -> None:
        if node.name not in FILTERS:
            self._refuse(f"|{node.name}")
        for child in node.iter_child_nodes():
            self.visit(child, items, depth + 1)

    def _test(self, node: nodes.Test, items: frozenset[str], depth: int) -> None:
        if node.name != "none":
            self._refuse(f"is {node.name}")
        self.visit(node.node, items, depth + 1)

    def _compare(self, node: nodes.Compare, items: frozenset[str], depth: int) -> None:
        for operand in node.ops:
            if operand.op not in {"eq", "ne"}:
                self._refuse(f"comparing by {operand.op}")
            self.visit(operand.expr, items, depth + 1)
        self.visit(node.expr, items, depth + 1)

    def _if(self, node: nodes.If, items: frozenset[str], depth: int) -> None:
        self.visit(node.test, items | LISTS.keys(), depth + 1)
        for child in (*node.body, *node.elif_, *node.else_):
            self.visit(child, items, depth + 1)

    def _for(self, node: nodes.For, items: frozenset[str], depth: int) -> None:
        over = LISTS.get(_path(node.iter))
        if over is None or items or not _is_new_name(node.target) or node.test or node.recursive:
            self._refuse("for over anything but purchase.lines")
            return
        inside = frozenset(f"{_path(node.target)}.{name}" for name in over)
        for child in node.body:
            self.visit(child, inside, depth + 1)
        for child in node.else_:
            self.visit(child, items, depth + 1)


def _path(node: nodes.Node) -> str:
    """Return a dotted name such as client.greeting, or ""."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _group(path: str) -> str:
    """Return a name's wildcard, words.* for words.total."""
    before, dot, _ = path.partition(".")
    return f"{before}.*" if dot else ""


def _is_new_name(target: nodes.Node) -> bool:
    """Return True if a loop variable hides no field."""
    return isinstance(target, nodes.Name) and target.name not in _GROUPS


def _name(node: nodes.Node) -> str:
    kind = type(node).__name__.lower()
    return _NAMED.get(kind, kind)
