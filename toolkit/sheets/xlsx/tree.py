"""A small XML part whose elements know their bytes.

lxml and ElementTree write a part anew, with other prefixes, quotes and entities. Here a part is changed by additions,
and all other bytes stay.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from toolkit.sheets.xlsx.package import Broken

START_TAG: Final = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
PREFIX: Final = re.compile(rb"<([^\s/>:]+:)")
ROWS_START: Final = re.compile(rb"<(?:[^\s/<>:]+:)?sheetData\s*/?>")
DEEPEST: Final = 200
BOM: Final = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Element:
    """One element and its place in the bytes.

    Args:
        space: its namespace.
        tag: its name without prefix.
        attributes: by name, or by "namespace name" where they have a namespace.
        prefix: what stands before its tag, colon included.
        start: of its start tag.
        inside: behind its start tag.
        close: of its end tag; as `end` where it closes itself.
        end: behind it.
    """

    space: str
    tag: str
    attributes: dict[str, str]
    prefix: str
    start: int
    inside: int
    close: int = 0
    end: int = 0
    children: "list[Element]" = field(default_factory=list)
    text: str = ""

    @property
    def closes_itself(self) -> bool:
        """True if it is written as <a/>."""
        return self.end == self.inside

    def all(self, tag: str) -> "list[Element]":
        """Return its children of one name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Element | None":
        """Return its first child of one name."""
        return next(iter(self.all(tag)), None)

    def walk(self) -> "list[Element]":
        """Return it and everything below it."""
        return [self, *(element for child in self.children for element in child.walk())]


class Draft:
    """A part's XML, its tree, and its changes.

    Args:
        content: the bytes of the part.

    Raises:
        Broken: they are no XML that spreadsheet programs write.
    """

    def __init__(self, content: bytes) -> None:
        self.content = as_utf8(content)
        self._changes: list[tuple[int, int, bytes]] = []
        self._filled: dict[int, tuple[Element, list[str]]] = {}
        reading = _Reading(self.content)
        self.root = reading.root
        self.prefixes = reading.prefixes

    def is_changed(self) -> bool:
        """Return True if anything is to be changed."""
        return bool(self._changes or self._filled)

    def add_inside(self, element: Element, xml: str) -> None:
        """Put XML behind the last child of an element."""
        if element.closes_itself:
            self._filled.setdefault(element.start, (element, []))[1].append(xml)
        else:
            self._changes.append((element.close, element.close, xml.encode()))

    def add_after(self, element: Element, xml: str) -> None:
        """Put XML behind an element."""
        self._changes.append((element.end, element.end, xml.encode()))

    def add_first(self, element: Element, xml: str) -> None:
        """Put XML before the first child of an element."""
        if element.closes_itself:
            self.add_inside(element, xml)
        else:
            self._changes.append((element.inside, element.inside, xml.encode()))

    def take_out(self, element: Element) -> None:
        """Take an element out."""
        self._changes.append((element.start, element.end, b""))

    def set_text(self, element: Element, xml: str) -> None:
        """Put other text into an element without children."""
        if element.closes_itself:
            self.add_inside(element, xml)
        else:
            self._changes.append((element.inside, element.close, xml.encode()))

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        """Set an attribute, and leave the others' bytes alone."""
        if element.attributes.get(name) == value:
            return
        tag = self.content[element.start : element.inside]
        match = re.search(rf"""\s{name}\s*=\s*("[^"]*"|'[^']*')""".encode(), tag)
        if match:
            self._changes.append((element.start + match.start(1), element.start + match.end(1), f'"{value}"'.encode()))
        else:
            at = element.start + len(b"<" + _prefix(tag) + element.tag.encode())
            self._changes.append((at, at, f' {name}="{value}"'.encode()))

    def written(self) -> bytes:
        """Return the part with its changes."""
        pieces, at = [], 0
        filled = [self._opened(element, xml) for element, xml in self._filled.values()]
        for start, end, xml in sorted((*self._changes, *filled), key=lambda change: change[:2]):
            pieces += [self.content[at:start], xml]
            at = end
        return b"".join((*pieces, self.content[at:]))

    def _opened(self, element: Element, xml: list[str]) -> tuple[int, int, bytes]:
        """Return the change of <a/> into <a>...</a>."""
        inside = f">{''.join(xml)}</{element.prefix}{element.tag}>"
        return element.end - 2, element.end, inside.encode()


class _Reading:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._open: list[Element] = []
        self.prefixes: dict[str, str] = {}
        self._root: Element | None = None
        self._parser = self._parser_for()
        try:
            self._parser.Parse(content, True)  # noqa: FBT003  expat takes no name
        except ExpatError as error:
            raise Broken(f"a part in it is no XML: {error}") from error

    @property
    def root(self) -> Element:
        if self._root is None:
            raise Broken("a part in it is empty")
        return self._root

    def _parser_for(self) -> XMLParserType:
        parser = ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        return parser

    def _refuse_doctype(self, *_told: object) -> None:
        raise Broken("a part in it brings a DOCTYPE, which no spreadsheet program writes")

    def _declare(self, prefix: str | None, space: str) -> None:
        if not self._open:
            self.prefixes[space] = prefix or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        tag = START_TAG.match(self._content, at)
        if tag is None or len(self._open) > DEEPEST:
            raise Broken("a part in it is no XML that spreadsheet programs write")
        space, local = _named(name)
        own = {" ".join(_named(key)).strip(): value for key, value in attributes.items()}
        element = Element(space, local, own, _prefix(tag[0]).decode(), at, tag.end())
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        at = self._parser.CurrentByteIndex
        if self._content[element.inside - 2 : element.inside] == b"/>":
            element.close = element.end = element.inside
        else:
            element.close, element.end = at, self._content.index(b">", at) + 1

    def _text(self, text: str) -> None:
        self._open[-1].text += text


def _prefix(tag: bytes) -> bytes:
    match = PREFIX.match(tag)
    return match[1] if match else b""


def _named(name: str) -> tuple[str, str]:
    """Return namespace and local name from expat's name."""
    parts = name.split(" ")
    return (parts[0], parts[1]) if len(parts) > 1 else ("", name)


def as_utf8(content: bytes) -> bytes:
    """Return XML in UTF-8, unchanged if it is already."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _declared_utf8(content, "utf-16")
    declared = DECLARED.match(content.removeprefix(BOM))
    encoding = declared[1].decode().casefold() if declared else "utf-8"
    return content if encoding in {"utf-8", "utf8", "us-ascii", "ascii"} else _declared_utf8(content, encoding)


def _declared_utf8(content: bytes, encoding: str) -> bytes:
    try:
        text = content.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise Broken("a part in it is written in an alphabet that cannot be read") from error
    return re.sub(r"^\s*<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8"?>', text, count=1).encode()


def cells_of(content: bytes) -> tuple[int, int]:
    """Return the place of a worksheet's rows, which are not parsed."""
    start, end = ROWS_START.search(content), content.rfind(b"sheetData>")
    if start is None or start[0].endswith(b"/>") or end < start.end():
        return 0, 0
    return start.end(), content.rfind(b"<", 0, end)
