"""What of an old tab of ours stays when a new one takes its place: widths, formats, notes, drawings."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from toolkit.sheets.xlsx.parts import Relations
from toolkit.sheets.xlsx.sheet_part import Kept
from toolkit.sheets.xlsx.styles import Styles
from toolkit.sheets.xlsx.tree import Draft, Element, cells_of

PLAIN_FORMATS: Final = frozenset({0, 49})
"""General, and text: cells in such a column keep their own format."""

STAYING: Final = ("drawing", "legacyDrawing", "legacyDrawingHF")
"""Parts that hang on a tab by an id and stay: pictures and charts, and the boxes of notes."""


FIRST_ROW: Final = re.compile(rb'\s*<row r="1"[^>]*>((?:<c r="[A-Z]+1"[^>]*><is>.*?</is></c>)+)</row>', re.DOTALL)
"""Row 1 as we write it: every cell filled, every word in its cell."""
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
        """Whether somebody typed a formula into it."""
        return FORMULA.search(self._cells) is not None

    @property
    def headings(self) -> list[str] | None:
        """The words of row 1 from A on; None where they stand in another part."""
        row = FIRST_ROW.match(self._cells)
        if row is None:
            return None
        cells = Draft(b"<row>" + row[1] + b"</row>").root.all("c")
        return ["".join(one.text for one in cell.walk()) for cell in cells]

    def stays(self, headings: Sequence[str], styles: Styles) -> Kept:
        """What of it stays; `headings` are those of its row 1."""
        root = self._draft.root
        view = next((one for one in root.walk() if one.tag == "sheetView"), None)
        columns = dict(self._columns(len(headings)))
        widths = {name: _width(columns[place]) for place, name in enumerate(headings) if name and place in columns}
        formats = {
            name: styles.format_at(int(columns[place].attributes.get("style", "0")))
            for place, name in enumerate(headings)
            if name and place in columns
        }
        own = {name: one for name, one in formats.items() if one not in PLAIN_FORMATS}
        return Kept(
            widths=widths,
            formats=own,
            shown={name: styles.shown_by(one) for name, one in own.items()},
            tail="".join(f"<{one.tag} r:id={quoteattr(one.attributes[self._id])}/>" for one in self._staying()),
            is_chosen=view is not None and view.attributes.get("tabSelected") in {"1", "true"},
        )

    def let_go(self) -> Draft | None:
        """Its relationships without those that hung on what does not stay; None where all stay."""
        kept = {one.attributes[self._id] for one in self._staying()}
        named = {one.attributes[self._id] for one in self._draft.root.walk() if self._id in one.attributes}
        for relation in self._relations.all:
            if relation.attributes.get("Id") in named - kept:
                self._relations.draft.take_out(relation)
        return self._relations.draft if named - kept else None

    def _staying(self) -> list[Element]:
        return [one for tag in STAYING for one in self._draft.root.all(tag) if self._id in one.attributes]

    def _columns(self, most: int) -> Iterator[tuple[int, Element]]:
        """Each of its first columns that has a look of its own, by its place from 0."""
        cols = self._draft.root.first("cols")
        for one in cols.children if cols else ():
            first, last = int(one.attributes.get("min", "1")), int(one.attributes.get("max", "1"))
            for place in range(first - 1, min(last, most)):
                yield place, one


def _width(column: Element) -> float:
    return float(column.attributes.get("width", "0"))
