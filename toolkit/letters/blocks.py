"""Blocks such as [[lines]], whose Jinja stands in blocks.html and blocks.txt."""

import re
from importlib.resources import files
from typing import Final, NamedTuple

from toolkit.book import nearest
from toolkit.letters.fields import TemplateFault
from toolkit.letters.marks import CLOSE, OPEN, Marks

_SOURCE: Final = re.compile(r"(?s)\{% block (\w+) %\}\n(.*?)\{% endblock %\}")


class Block(NamedTuple):
    """The Jinja source of one block."""

    html: str
    text: str


def _sources(name: str) -> dict[str, str]:
    return dict(_SOURCE.findall(files("toolkit.letters").joinpath(name).read_text(encoding="utf-8")))


def _without_indent(html: str) -> str:
    """Join the lines of a block."""
    # Gmail cuts a letter off above 102 kB, indents included (2026).
    return "".join(line.strip() for line in html.splitlines())


def _read_blocks() -> dict[str, Block]:
    texts = _sources("blocks.txt")
    return {name: Block(_without_indent(html), texts[name]) for name, html in _sources("blocks.html").items()}


BLOCKS: Final = {**_read_blocks(), "words": Block("", "")}
"""The blocks by name. The owner's text replaces `words` before the others are filled in."""

_WRITTEN: Final = re.compile(r"\[\[([^\[\]]*)\]\]")
_BUTTON: Final = re.compile(r"button\s+(?P<words>[^|]*?)\s*\|\s*(?P<link>.*?)\s*")
_BUTTON_MARK: Final = f"{OPEN}button{CLOSE}"
_HTML_MARK: Final = re.compile(f"(?:<p>)?{OPEN}([a-z]+){CLOSE}(?:</p>)?")
_TEXT_MARK: Final = re.compile(f"{OPEN}([a-z]+){CLOSE}\n*")


def block_faults(source: str, allowed: frozenset[str]) -> tuple[TemplateFault, ...]:
    """Return a fault for each unknown or misplaced block."""
    written = [match[1].strip() for match in _WRITTEN.finditer(source)]
    return tuple(
        _no_block(block, allowed) for block in written if block not in allowed and not _BUTTON.fullmatch(block)
    )


def _no_block(block: str, allowed: frozenset[str]) -> TemplateFault:
    name = block.partition(" ")[0]
    return TemplateFault("no-block", {"field": block, "proposal": nearest(name, allowed | {"button"})})


def has_words(source: str) -> bool:
    """Return True if the owner's words have a place."""
    return any(match[1].strip() == "words" for match in _WRITTEN.finditer(source))


def with_words(source: str, words: str) -> str:
    """Put the owner's words into their place."""
    return _WRITTEN.sub(lambda match: f"\n\n{words}\n\n" if match[1].strip() == "words" else match[0], source)


def with_marks(source: str) -> str:
    """Replace each block by a mark in its own paragraph."""
    return _WRITTEN.sub(lambda match: f"\n\n{_paragraph(match[1].strip())}\n\n", source)


def _paragraph(block: str) -> str:
    button = _BUTTON.fullmatch(block)
    return f"{_BUTTON_MARK}[{button['words']}](<{button['link']}>)" if button else f"{OPEN}{block}{CLOSE}"


def fill_html(html: str, marks: Marks) -> str:
    """Replace each block's mark by its HTML."""
    with_buttons = html.replace(f"<p>{_BUTTON_MARK}", '<p class="btn">').replace(_BUTTON_MARK, "")
    return _HTML_MARK.sub(lambda match: marks.hide(BLOCKS[match[1]].html), with_buttons)


def fill_text(text: str, marks: Marks) -> str:
    """Replace each block's mark by its plain text."""
    without_buttons = text.replace(_BUTTON_MARK, "")
    return _TEXT_MARK.sub(lambda match: marks.hide(BLOCKS[match[1]].text), without_buttons)
