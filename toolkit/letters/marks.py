"""Marks that hide Jinja tags from Markdown and the CSS inliner."""

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
    """A piece of Jinja, PRINT, TAG or "" for text."""

    kind: str
    text: str


def pieces(source: str) -> Iterator[Piece]:
    """Split a source into text, values and tags.

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
    """Marks with the Jinja source that each stands for."""

    def __init__(self) -> None:
        self._behind: dict[str, str] = {}

    def add(self, kind: str, source: str) -> str:
        """Return a new mark for a piece of Jinja."""
        mark = f"{OPEN}{kind}{len(self._behind)}{CLOSE}"
        self._behind[mark] = source
        return mark

    def hide(self, source: str) -> str:
        """Replace each tag of a source by a mark."""
        return "".join(
            self.add(piece.kind, piece.text) if piece.kind else without_marks(piece.text) for piece in pieces(source)
        )

    def behind(self, mark: str) -> str:
        """Return the Jinja source of a mark."""
        return self._behind[mark]

    def show(self, text: str) -> str:
        """Put the Jinja back, and escape literal braces."""
        parts = _HIDDEN_OR_MARK.split(text)
        return "".join(self._behind[part] if place % 2 else as_text(part) for place, part in enumerate(parts))

    def with_filter(self, text: str, name: str) -> str:
        """Filter every printed value of a text."""

        def filtered(match: re.Match[str]) -> str:
            return self.add(PRINT, f"{{{{ ({self._behind[match[0]].strip('{}-+ ')})|{name} }}}}")

        return PRINT_MARK.sub(filtered, text)


def without_marks(text: str) -> str:
    """Drop every mark character from a text."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def as_text(text: str) -> str:
    """Escape a text so that Jinja prints it unchanged."""
    return _LOOKS_LIKE_JINJA.sub('{{ "{" }}', text)


def in_comments(html: str) -> str:
    """Wrap each tag's mark outside elements in a comment."""
    # css-inline's parser moves text that stands directly in a <table> out of it; comments stay in place (0.18).
    return ELEMENT_OR_TAG.sub(lambda match: f"<!--{match[1]}-->" if match[1] else match[0], html)
