"""The body of a letter: Markdown with tags and blocks becomes HTML and plain text that still carry their marks."""

import re
from functools import cache
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from toolkit.letters import blocks
from toolkit.letters.fields import TemplateFault
from toolkit.letters.marks import ELEMENT_OR_TAG, MARK, TAG_MARK, Marks
from toolkit.letters.plain_part import plain_part

_TAGS_ALONE: Final = re.compile(f"(?m)^[ \t]*((?:{TAG_MARK.pattern}[ \t]*)+)$")
_TAGS_PARAGRAPH: Final = re.compile(f"<p>((?:{TAG_MARK.pattern}\\s*)+)</p>")
_SAFE_LINK: Final = re.compile(r"(?i:https://[\w.-]+(?::\d+)?(?:[/?#].*)?|(?:mailto|tel):.+)")
_HOST: Final = re.compile(r"(?i)https://[^/?#]*")
_ELEMENT: Final = re.compile(r"<(/?)(\w+)[^>]*?(/?)>")
_EMPTY_ELEMENTS: Final = frozenset({"br", "hr", "img"})
_TAG_NAME: Final = re.compile(r"\w+")
_IN_LINK: Final = "in_link"


class Prose(NamedTuple):
    """A body in both forms, and what is wrong with it."""

    html: str
    text: str
    faults: tuple[TemplateFault, ...]


def prose(source: str, marks: Marks) -> Prose:
    """Set a body whose tags and blocks were found right.

    Raises:
        TemplateSyntaxError: a tag does not end.
    """
    hidden = _TAGS_ALONE.sub(r"\n\1\n", blocks.marked(marks.hide(source)))
    tokens = _markdown().parse(hidden)
    faults = tuple(_link_faults(tokens, marks))
    html = _TAGS_PARAGRAPH.sub(r"\1", _markdown().renderer.render(tokens, _markdown().options, {}))
    if not _is_nested(html, marks):
        faults = (
            *faults,
            TemplateFault("template-broken", {"reason": "{% if %} and {% endif %} stand in different paragraphs"}),
        )
    return Prose(blocks.in_html(html, marks), blocks.in_text(plain_part(tokens), marks), faults)


class _Markdown(MarkdownIt):
    """CommonMark whose links keep their marks, and are judged by us."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's names
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        parts = re.split(f"({MARK.pattern})", url)
        return "".join(part if place % 2 else normalizeLink(part) for place, part in enumerate(parts))


@cache
def _markdown() -> MarkdownIt:
    return _Markdown("commonmark", {"html": False, "linkify": False, "typographer": False})


def _link_faults(tokens: list[Token], marks: Marks) -> list[TemplateFault]:
    """Judge every link and picture, and have values inside them encoded."""
    faults = []
    for token in _all(tokens):
        for name in token.attrs.keys() & {"href", "src"}:
            link = str(token.attrs[name])
            if not _is_safe(link):
                faults.append(
                    TemplateFault("link-forbidden", {"link": MARK.sub(lambda mark: marks.behind(mark[0]), link)})
                )
            token.attrs[name] = marks.with_filter(link, _IN_LINK)
    return faults


def _is_safe(link: str) -> bool:
    """Whether a link leads where its template says: no value may choose whose site is opened."""
    host = _HOST.match(link)
    spoilt = TAG_MARK.search(link) or (host and MARK.search(host[0]))
    return not spoilt and bool(_SAFE_LINK.fullmatch(link))


def _all(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *_all(token.children or []))]


def _is_nested(html: str, marks: Marks) -> bool:
    """Whether elements and tags open and close as one tree."""
    opened: list[str] = []
    for found in ELEMENT_OR_TAG.finditer(html):
        if found[1]:
            fits = _take_tag(_TAG_NAME.findall(marks.behind(found[1]))[0], opened)
        else:
            fits = _take_element(found[0], opened)
        if not fits:
            return False
    return not opened


def _take_tag(name: str, opened: list[str]) -> bool:
    if name in {"if", "for"}:
        opened.append("%")
        return True
    if not opened or opened[-1] != "%":
        return False
    if name.startswith("end"):
        opened.pop()
    return True


def _take_element(element: str, opened: list[str]) -> bool:
    found = _ELEMENT.fullmatch(element)
    if found is None or found[3] or found[2] in _EMPTY_ELEMENTS:
        return True
    if not found[1]:
        opened.append(found[2])
        return True
    return bool(opened) and opened.pop() == found[2]
