"""The styles part of a workbook."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from xml.sax.saxutils import quoteattr

from toolkit.sheets import layout
from toolkit.sheets.xlsx.tree import Draft, Element

Shown: TypeAlias = Literal["number", "day", "time"]

DAYS: Final = frozenset({14, 15, 16, 17, 22})
TIMES: Final = frozenset({*range(18, 22), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in formats (ECMA-376, 18.8.30); those of East Asia are read as days by some programs only."""

WORDS: Final = re.compile(r'"[^"]*"|[\\_*].')
ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
MARKS: Final = re.compile(r"\[[^\]]*\]")


def shown_by(number: int, code: str) -> Shown:
    """Return what a number format makes of a number.

    Args:
        number: the format's number in the workbook.
        code: such as #,##0.00 or dd/mm/yyyy; "" for a built-in one.
    """
    if not code:
        return "day" if number in DAYS else "time" if number in TIMES else "number"
    bare = MARKS.sub("", ELAPSED.sub("h", WORDS.sub("", code))).casefold()
    if bare == "general" or not set(bare) & set("ymdhs"):
        return "number"
    return "day" if set(bare) & set("yd") and not ELAPSED.search(code) else "time"


Key: TypeAlias = tuple[object, ...]

ORDER: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
"""The sections that we need, in the order that the format asks for."""

DEFAULTS: Final = {
    "fonts": "<{p}font><{p}sz val='11'/><{p}name val='Calibri'/></{p}font>",
    "fills": "<{p}fill><{p}patternFill patternType='none'/></{p}fill>"
    "<{p}fill><{p}patternFill patternType='gray125'/></{p}fill>",
    "borders": "<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",
    "cellStyleXfs": "<{p}xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>",
    "cellXfs": "<{p}xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/>",
    "cellStyles": "<{p}cellStyle name='Normal' xfId='0' builtinId='0'/>",
}
"""What stands first in a section that is missing."""

BUILT_IN: Final = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49}
TEXT: Final = {"numFmtId": str(BUILT_IN[layout.AS_TEXT]), "applyNumberFormat": "1"}
FIRST_OWN_FORMAT: Final = 164
COLOUR: Final = 6
"""Digits of a colour; of the alpha in front of them Excel writes FF and openpyxl 00."""


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The style of a cell.

    Args:
        number_format: such as #,##0.00; or the number of a format that the workbook has.
        bold, italic, underlined: its font.
        colour: of the font, six hex digits; "" for the reader's own.
        fill: six hex digits; "" for none.
        vertical, horizontal: where its words stand; "" for the reader's own.
        wrapped: True if long words take several lines.
        is_text: True if its words stay words when somebody edits them.
    """

    number_format: str | int = layout.PLAIN
    bold: bool = False
    underlined: bool = False
    colour: str = ""
    fill: str = ""
    vertical: str = "top"
    horizontal: str = ""
    wrapped: bool = False
    is_text: bool = False


class Styles:
    """The styles of one workbook, and ours.

    Args:
        draft: the styles part.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._p = draft.root.prefix
        self._sections = {tag: _Section(draft, tag) for tag in ORDER}
        self._known: dict[CellStyle, int] = {}
        for tag, keys in (("fonts", _font_key), ("fills", _fill_key), ("cellXfs", _xf_key)):
            self._sections[tag].learn(keys)
        self._formats = dict(_formats(self._sections["numFmts"].items))
        self._codes = dict(_codes(self._sections["numFmts"].items))

    def number(self, look: CellStyle) -> int:
        """Return the number of a style, added if missing."""
        if look not in self._known:
            self._known[look] = self._find(look)
        return self._known[look]

    def format_at(self, style: int) -> int:
        """Return the number format of a style, else 0.

        LibreOffice writes built-in formats, General too, under numbers from 164 on; they count as the built-in ones.
        """
        xfs = self._sections["cellXfs"].items
        number = _whole(xfs[style].attributes.get("numFmtId")) if style < len(xfs) else 0
        return BUILT_IN.get(self._codes.get(number, ""), number)

    def shown_by(self, number: int) -> Shown:
        """Return what the number format of this number shows."""
        return shown_by(number, self._codes.get(number, ""))

    def as_text(self, style: int) -> int:
        """Return the number of the same style for text."""
        if self.format_at(style) == BUILT_IN[layout.AS_TEXT]:
            return style
        self._need(DEFAULTS)
        return self._sections["cellXfs"].like(style, TEXT)

    def finish(self) -> bytes:
        """Return the styles part with what was added."""
        above: Element | None = None
        for tag in ORDER:
            above = self._sections[tag].finish(above)
        return self._draft.written()

    def is_changed(self) -> bool:
        """Return True if anything was added."""
        return any(section.added for section in self._sections.values())

    def _find(self, look: CellStyle) -> int:
        font = self._sections["fonts"].number(_font_of(look), lambda: _font_xml(look, self._p))
        fills = self._sections["fills"]
        fill = fills.number(("solid", look.fill), lambda: _fill_xml(look, self._p)) if look.fill else 0
        self._need(("borders", "cellStyleXfs", "cellStyles"))
        number_format = self._format(look.number_format)
        key = (number_format, font, fill, 0, 0, look.is_text, _alignment(look))
        return self._sections["cellXfs"].number(key, lambda: _xf_xml(key, self._p))

    def _need(self, sections: Iterable[str]) -> None:
        """Add these sections too if the workbook has none."""
        for section in sections:
            self._sections[section].is_needed = True

    def _format(self, code: str | int) -> int:
        if isinstance(code, int):
            return code
        if code not in self._formats:
            number = max((FIRST_OWN_FORMAT - 1, *self._formats.values())) + 1
            xml = f"<{self._p}numFmt numFmtId='{number}' formatCode={quoteattr(code)}/>"
            self._sections["numFmts"].number((code,), lambda: xml)
            self._formats[code] = number
        return self._formats[code]


class _Section:
    """One list in the styles part, such as fonts."""

    def __init__(self, draft: Draft, tag: str) -> None:
        self._draft, self._tag = draft, tag
        self._element = draft.root.first(tag)
        self._there = draft if self._element else Draft(f"<list>{self._default('')}</list>".encode())
        self.items = list(map(_unwrapped, (self._element or self._there.root).children))
        self.added: list[str] = []
        self.is_needed = False
        self._numbers: dict[Key, int] = {}

    def learn(self, key_of: Callable[[Element], Key]) -> None:
        """Index the items. The first of equals counts."""
        for place, item in enumerate(self.items):
            self._numbers.setdefault(key_of(item), place)

    def number(self, key: Key, xml_of: Callable[[], str]) -> int:
        """Return the number of an item, added if missing."""
        if key not in self._numbers:
            self._numbers[key] = self._count
            self.added.append(xml_of())
        return self._numbers[key]

    def like(self, place: int, changes: Mapping[str, str]) -> int:
        """Return the number of an item with some attributes changed.

        Where there is no such item, the first one counts.
        """
        place = place if place < len(self.items) else 0
        item = self.items[place]
        attributes = {**{name: value for name, value in item.attributes.items() if " " not in name}, **changes}
        for number, other in enumerate(self.items):
            if other.attributes == attributes and self._inside(other) == self._inside(item):
                return number
        p = self._draft.root.prefix
        written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        xml = f"<{p}{item.tag}{written}>{self._inside(item)}</{p}{item.tag}>"
        return self.number((place, *changes.items()), lambda: xml)

    def _inside(self, item: Element) -> str:
        return self._there.content[item.inside : item.close].decode()

    def finish(self, above: Element | None) -> Element | None:
        """Write the additions, and return the section above the next."""
        if self._element and self.added:
            self._draft.add_inside(self._element, "".join(self.added))
            self._draft.set_attribute(self._element, "count", str(self._count))
        elif not self._element and (self.added or self.is_needed):
            self._lay(above)
        return self._element or above

    @property
    def _count(self) -> int:
        return len(self.items) + len(self.added)

    def _default(self, prefix: str) -> str:
        return DEFAULTS.get(self._tag, "").format(p=prefix)

    def _lay(self, above: Element | None) -> None:
        p = self._draft.root.prefix
        inside = self._default(p) + "".join(self.added)
        whole = f"<{p}{self._tag} count='{self._count}'>{inside}</{p}{self._tag}>"
        if above:
            self._draft.add_after(above, whole)
        else:
            self._draft.add_first(self._draft.root, whole)


def _unwrapped(item: Element) -> Element:
    """Return an item, or the fallback of mc:AlternateContent."""
    if item.tag == "AlternateContent" and item.children and item.children[-1].children:
        return item.children[-1].children[0]
    return item


def _formats(items: list[Element]) -> Iterator[tuple[str, int]]:
    yield from BUILT_IN.items()
    for number, code in _codes(items):
        yield code, number


def _codes(items: list[Element]) -> Iterator[tuple[int, str]]:
    for item in items:
        yield _whole(item.attributes.get("numFmtId")), item.attributes.get("formatCode", "")


def _font_of(look: CellStyle) -> Key:
    return (layout.FONT, float(layout.SIZE), look.bold, False, look.underlined, look.colour)


def _font_key(font: Element) -> Key:
    parts = {child.tag: child for child in font.children}
    odd = parts.keys() - {"name", "sz", "b", "i", "u", "color", "family", "scheme", "charset"}
    colour = parts["color"].attributes if "color" in parts else {"rgb": ""}
    return (
        *(("odd",) if odd or "rgb" not in colour else ()),
        parts["name"].attributes.get("val") if "name" in parts else "",
        _number(parts["sz"].attributes.get("val")) if "sz" in parts else 0.0,
        *(tag in parts and parts[tag].attributes.get("val", "1") not in {"0", "false", "none"} for tag in "biu"),
        colour.get("rgb", "")[-COLOUR:].upper(),
    )


def _font_xml(look: CellStyle, p: str) -> str:
    bold = f"<{p}b/>" if look.bold else ""
    line = f"<{p}u/>" if look.underlined else ""
    colour = f"<{p}color rgb='FF{look.colour}'/>" if look.colour else ""
    size = f"<{p}sz val='{layout.SIZE}'/>"
    return f"<{p}font>{bold}{line}{size}{colour}<{p}name val='{layout.FONT}'/><{p}family val='2'/></{p}font>"


def _fill_key(fill: Element) -> Key:
    pattern = fill.first("patternFill")
    front = pattern.first("fgColor") if pattern else None
    if pattern is None or front is None or "rgb" not in front.attributes:
        return ("odd", fill.start)
    return (pattern.attributes.get("patternType"), front.attributes["rgb"][-COLOUR:].upper())


def _fill_xml(look: CellStyle, p: str) -> str:
    colour = f"<{p}fgColor rgb='FF{look.fill}'/><{p}bgColor indexed='64'/>"
    return f"<{p}fill><{p}patternFill patternType='solid'>{colour}</{p}patternFill></{p}fill>"


def _alignment(look: CellStyle) -> frozenset[tuple[str, str]]:
    attributes = {"vertical": look.vertical, "horizontal": look.horizontal, "wrapText": "1" if look.wrapped else ""}
    if look.horizontal == "right":
        attributes["indent"] = "1"
    return frozenset((name, value) for name, value in attributes.items() if value)


def _xf_key(xf: Element) -> Key:
    attributes = xf.attributes
    alignment = xf.first("alignment")
    odd = {child.tag for child in xf.children} - {"alignment"}
    numbers = (_whole(attributes.get(name)) for name in ("numFmtId", "fontId", "fillId", "borderId", "xfId"))
    aligned = frozenset(alignment.attributes.items()) if alignment else frozenset()
    is_text = attributes.get("quotePrefix") in {"1", "true"}
    return (*(("odd",) if odd or attributes.get("applyAlignment") == "0" else ()), *numbers, is_text, aligned)


def _xf_xml(key: Key, p: str) -> str:
    number_format, font, fill, border, style, is_text, alignment = key
    quote = " quotePrefix='1'" if is_text else ""
    attributes = "".join(f" {name}='{value}'" for name, value in sorted(alignment))  # type: ignore[call-overload]  # pairs
    applied = "applyNumberFormat='1' applyFont='1' applyFill='1' applyAlignment='1'"
    numbers = f"numFmtId='{number_format}' fontId='{font}' fillId='{fill}' borderId='{border}' xfId='{style}'"
    return f"<{p}xf {numbers}{quote} {applied}><{p}alignment{attributes}/></{p}xf>"


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
