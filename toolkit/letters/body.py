"""Letter bodies from Markdown to HTML and plain text."""

import re
from functools import cache
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from toolkit.letters import blocks
from toolkit.letters.fields import TemplateFault
from toolkit.letters.marks import ELEMENT_OR_TAG, MARK, TAG_MARK, Marks

_TAGS_ALONE: Final = re.compile(f"(?m)^[ \t]*((?:{TAG_MARK.pattern}[ \t]*)+)$")
_TAGS_PARAGRAPH: Final = re.compile(f"<p>((?:{TAG_MARK.pattern}\\s*)+)</p>")
_SAFE_LINK: Final = re.compile(r"(?i:https://[\w.-]+(?::\d+)?(?:[/?#].*)?|(?:mailto|tel):.+)")
_HOST: Final = re.compile(r"(?i)https://[^/?#]*")
_ELEMENT: Final = re.compile(r"<(/?)(\w+)[^>]*?(/?)>")
_EMPTY_ELEMENTS: Final = frozenset({"br", "hr", "img"})
_TAG_NAME: Final = re.compile(r"\w+")
_IN_LINK: Final = "in_link"
_LISTS: Final = frozenset({"bullet_list", "ordered_list"})


class Body(NamedTuple):
    """A body in both forms, and its faults."""

    html: str
    text: str
    faults: tuple[TemplateFault, ...]


def render_body(source: str, marks: Marks) -> Body:
    """Turn Markdown without faults into HTML and plain text.

    Raises:
        TemplateSyntaxError: a tag does not end.
    """
    hidden = _TAGS_ALONE.sub(r"\n\1\n", blocks.with_marks(marks.hide(source)))
    tokens = _markdown().parse(hidden)
    faults = tuple(_link_faults(tokens, marks))
    html = _TAGS_PARAGRAPH.sub(r"\1", _markdown().renderer.render(tokens, _markdown().options, {}))
    if not _is_nested(html, marks):
        faults = (
            *faults,
            TemplateFault("template-broken", {"reason": "{% if %} and {% endif %} stand in different paragraphs"}),
        )
    return Body(blocks.fill_html(html, marks), blocks.fill_text(_plain_text(tokens), marks), faults)


class _Markdown(MarkdownIt):
    """CommonMark that keeps marks in links."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's names
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        parts = re.split(f"({MARK.pattern})", url)
        return "".join(part if place % 2 else normalizeLink(part) for place, part in enumerate(parts))


@cache
def _markdown() -> MarkdownIt:
    return _Markdown("commonmark", {"html": False, "linkify": False, "typographer": False})


def _link_faults(tokens: list[Token], marks: Marks) -> list[TemplateFault]:
    """Return link faults, and have values inside links encoded."""
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
    """Return True if no value chooses the link's site."""
    host = _HOST.match(link)
    has_mark = TAG_MARK.search(link) or (host and MARK.search(host[0]))
    return not has_mark and bool(_SAFE_LINK.fullmatch(link))


def _all(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *_all(token.children or []))]


def _is_nested(html: str, marks: Marks) -> bool:
    """Return True if elements and tags form one tree."""
    opened: list[str] = []
    for match in ELEMENT_OR_TAG.finditer(html):
        if match[1]:
            fits = _take_tag(_TAG_NAME.findall(marks.behind(match[1]))[0], opened)
        else:
            fits = _take_element(match[0], opened)
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
    match = _ELEMENT.fullmatch(element)
    if match is None or match[3] or match[2] in _EMPTY_ELEMENTS:
        return True
    if not match[1]:
        opened.append(match[2])
        return True
    return bool(opened) and opened.pop() == match[2]


def _plain_text(tokens: list[Token]) -> str:
    """Return Markdown as plain text."""
    return _blocks(SyntaxTreeNode(tokens).children)


def _blocks(nodes: list[SyntaxTreeNode]) -> str:
    return "".join(_ended(_block(node)) for node in nodes)


def _ended(text: str) -> str:
    """End a block by an empty line, unless it is only tags."""
    return text if not TAG_MARK.sub("", text).strip() else f"{text}\n\n"


def _block(node: SyntaxTreeNode) -> str:
    if node.type in _LISTS:
        return "\n".join(_item(item, _bullet(node, place)) for place, item in enumerate(node.children))
    if node.type == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in _blocks(node.children).rstrip().split("\n"))
    if node.type == "hr":
        return "---"
    if node.children:
        return "".join(_inline(child) for child in node.children).strip()
    return node.content.rstrip("\n")


def _bullet(node: SyntaxTreeNode, place: int) -> str:
    if node.type == "bullet_list":
        return "- "
    return f"{int(node.attrs.get('start', 1)) + place}. "


def _item(item: SyntaxTreeNode, bullet: str) -> str:
    indent = " " * len(bullet)
    tight = [_block(node) for node in item.children]
    return bullet + "\n".join(tight).replace("\n", f"\n{indent}")


def _inline(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if node.type == "image":
        return node.content
    if not node.children:
        return node.content
    words = "".join(_inline(child) for child in node.children)
    return _link(words, str(node.attrs["href"])) if node.type == "link" else words


def _link(words: str, address: str) -> str:
    bare = address.removeprefix("mailto:")
    return bare if words.removeprefix("mailto:") == bare else f"{words}: {address}"
