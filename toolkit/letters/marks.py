"""Jinja's tags behind marks of private-use characters, so that Markdown and the CSS inliner carry them untouched."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from jinja2 import Environment

OPEN, CLOSE = "\ue000", "\ue001"
PRINT, TAG = "P", "T"
MARK: Final = re.compile(f"{OPEN}[{PRINT}{TAG}]\\d+{CLOSE}")
TAG_MARK: Final = re.compile(f"{OPEN}{TAG}\\d+{CLOSE}")
PRINT_MARK: Final = re.compile(f"{OPEN}{PRINT}\\d+{CLOSE}")
ELEMENT_OR_TAG: Final = re.compile(f"<[^>]*>|({OPEN}{TAG}\\d+{CLOSE})")
_HIDDEN_OR_MARK: Final = re.compile(f"(?:<!--)?({OPEN}[{PRINT}{TAG}]\\d+{CLOSE})(?:-->)?")
_LOOKS_LIKE_JINJA: Final = re.compile(r"\{(?=[{%#]|$)")
_LEXER: Final = Environment(autoescape=True, keep_trailing_newline=True)
_KINDS: Final = {"variable_begin": PRINT, "block_begin": TAG, "raw_begin": TAG, "raw_end": TAG, "comment_begin": ""}
_ENDS: Final = frozenset({"variable_end", "block_end", "raw_begin", "raw_end", "comment_end"})


class Piece(NamedTuple):
    """A piece of a source: kind is PRINT, TAG, or "" for text; comments are left out."""

    kind: str
    text: str


def pieces(source: str) -> Iterator[Piece]:
    """Take a source apart.

    Raises:
        TemplateSyntaxError: a tag does not end.
    """
    begun: str | None = None
    text = ""
    for _, kind, value in _LEXER.lex(source):
        if kind == "data":
            yield Piece("", value)
            continue
        begun = _KINDS.get(kind, begun)
        text += value
        if kind in _ENDS:
            if begun:
                yield Piece(begun, text)
            text = ""


class Marks:
    """Remembers what stands behind each mark."""

    def __init__(self) -> None:
        self._behind: dict[str, str] = {}

    def add(self, kind: str, source: str) -> str:
        """A new mark for a piece of Jinja."""
        mark = f"{OPEN}{kind}{len(self._behind)}{CLOSE}"
        self._behind[mark] = source
        return mark

    def hide(self, source: str) -> str:
        """The source with each tag behind a mark; marks that stood in it before are taken out."""
        return "".join(self.add(one.kind, one.text) if one.kind else without_marks(one.text) for one in pieces(source))

    def behind(self, mark: str) -> str:
        """What a mark stands for."""
        return self._behind[mark]

    def show(self, text: str) -> str:
        """Jinja source again; braces that were only text are kept from being read as Jinja."""
        parts = _HIDDEN_OR_MARK.split(text)
        return "".join(self._behind[part] if place % 2 else as_text(part) for place, part in enumerate(parts))

    def with_filter(self, text: str, name: str) -> str:
        """The text with every printed mark put through one more filter."""

        def filtered(found: re.Match[str]) -> str:
            return self.add(PRINT, f"{{{{ ({self._behind[found[0]].strip('{}-+ ')})|{name} }}}}")

        return PRINT_MARK.sub(filtered, text)


def without_marks(text: str) -> str:
    """Text in which no mark can stand."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def as_text(text: str) -> str:
    """Text that Jinja prints as it stands."""
    return _LOOKS_LIKE_JINJA.sub('{{ "{" }}', text)


def in_comments(html: str) -> str:
    """HTML with each tag's mark as a comment, but for those inside an element's own brackets."""
    return ELEMENT_OR_TAG.sub(lambda found: f"<!--{found[1]}-->" if found[1] else found[0], html)
