"""The text part: the Markdown's own words, without its signs."""

from typing import Final

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from toolkit.letters.marks import TAG_MARK

_LISTS: Final = frozenset({"bullet_list", "ordered_list"})


def plain_part(tokens: list[Token]) -> str:
    """Markdown as plain text: links as "words: address", headings plain, every block ended by an empty line."""
    return _blocks(SyntaxTreeNode(tokens).children)


def _blocks(nodes: list[SyntaxTreeNode]) -> str:
    return "".join(_ended(_block(node)) for node in nodes)


def _ended(text: str) -> str:
    """A block and its empty line; tags that stand alone take no line."""
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
