"""An old tab of ours, some of which stays."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from toolkit.sheets.xlsx.parts import Relations
from toolkit.sheets.xlsx.sheet_part import Remains
from toolkit.sheets.xlsx.styles import Styles
from toolkit.sheets.xlsx.tree import Draft, Element, cells_of

PLAIN_FORMATS: Final = frozenset({0, 49})
"""General, and text; cells in such a column keep their own format."""

STAYING: Final = ("drawing", "legacyDrawing", "legacyDrawingHF")
"""Parts that stay: pictures and charts, and the boxes of notes, which Excel still keeps as VML drawings."""


FIRST_ROW: Final = re.compile(rb'\s*<row r="1"[^>]*>((?:<c r="[A-Z]+1"[^>]*><is>.*?</is></c>)+)</row>', re.DOTALL)
"""Row 1 as we write it, with every cell filled and its words in the cell."""
FORMULA: Final = re.compile(rb"<(?:[^\s/<>:]+:)?f[\s/>]")


class OldTab:
    """A worksheet part that is ours.

    Args:
        content: its bytes.
        relations: what it points at.
        relations_space: the namespace of its ids.
    """

    def __init__(self, content: bytes, relations: Relations, relations_space: str) -> None:
        start, end = cells_of(content)
        self._cells = content[start:end]
        self._draft = Draft(content[:start] + content[end:])
        self._relations = relations
        self._id = f"{relations_space} id"

    @property
    def has_formulas(self) -> bool:
        """True if somebody typed a formula into it."""
        return FORMULA.search(self._cells) is not None

    @property
    def headings(self) -> list[str] | None:
        """Row 1, or None where shared strings hold its words."""
        row = FIRST_ROW.match(self._cells)
        if row is None:
            return None
        cells = Draft(b"<row>" + row[1] + b"</row>").root.all("c")
        return ["".join(element.text for element in cell.walk()) for cell in cells]

    def keep(self, headings: Sequence[str], styles: Styles) -> Remains:
        """Return what stays of it, by its headings."""
        root = self._draft.root
        view = next((element for element in root.walk() if element.tag == "sheetView"), None)
        columns = dict(self._columns(len(headings)))
        widths = {name: _width(columns[place]) for place, name in enumerate(headings) if name and place in columns}
        formats = {
            name: styles.format_at(int(columns[place].attributes.get("style", "0")))
            for place, name in enumerate(headings)
            if name and place in columns
        }
        own = {name: number for name, number in formats.items() if number not in PLAIN_FORMATS}
        return Remains(
            widths=widths,
            formats=own,
            shown={name: styles.shown_by(number) for name, number in own.items()},
            tail="".join(f"<{part.tag} r:id={quoteattr(part.attributes[self._id])}/>" for part in self._staying()),
            is_chosen=view is not None and view.attributes.get("tabSelected") in {"1", "true"},
        )

    def drop_relations(self) -> Draft | None:
        """Return the relationships that stay, or None for all."""
        kept = {part.attributes[self._id] for part in self._staying()}
        elements = self._draft.root.walk()
        named = {element.attributes[self._id] for element in elements if self._id in element.attributes}
        for relation in self._relations.all:
            if relation.attributes.get("Id") in named - kept:
                self._relations.draft.take_out(relation)
        return self._relations.draft if named - kept else None

    def _staying(self) -> list[Element]:
        return [part for tag in STAYING for part in self._draft.root.all(tag) if self._id in part.attributes]

    def _columns(self, most: int) -> Iterator[tuple[int, Element]]:
        """Yield columns with a style, by their place from 0."""
        cols = self._draft.root.first("cols")
        for column in cols.children if cols else ():
            first, last = int(column.attributes.get("min", "1")), int(column.attributes.get("max", "1"))
            for place in range(first - 1, min(last, most)):
                yield place, column


def _width(column: Element) -> float:
    return float(column.attributes.get("width", "0"))
