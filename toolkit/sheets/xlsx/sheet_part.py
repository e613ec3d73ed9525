"""One of our tabs as a worksheet part.

Its XML is written as text: it is the largest part of a weekly run, and ElementTree takes four times as long (2026-12).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from toolkit.book import Link, OwnCell, OwnTab
from toolkit.book.grid import letters_of
from toolkit.sheets import layout
from toolkit.sheets.layout import cell_text
from toolkit.sheets.xlsx.cell_values import AS_TYPED, fits, format_of, kept
from toolkit.sheets.xlsx.styles import CellStyle, Shown

MOST_LINKS: Final = 65_530
"""Links of one tab (Excel specifications and limits, 2026-11); Excel calls a file with more of them damaged."""

LATE_EPOCH: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no zone
"""Day 0 of workbooks that Excel for Mac made before 2011, and of others where their owner chose it."""

DAY: Final = timedelta(days=1)

TRANSITIONAL: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS: Final = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""The namespace of relationships that goes with the namespace of worksheets."""

FROZEN: Final = (
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
)

HEADING: Final = CellStyle(bold=True, colour=layout.WHITE, fill=layout.GREY, vertical="center")
TEXT: Final = CellStyle()
LINK: Final = CellStyle(underlined=True, colour=layout.BLUE)
NUMBER: Final = CellStyle(horizontal="right")
LOOKS: Final = (
    HEADING,
    CellStyle(vertical=""),
    *(CellStyle(wrapped=wrapped, is_text=is_text) for wrapped in (False, True) for is_text in (False, True)),
    *(CellStyle(code, horizontal="right") for code in (layout.PLAIN, layout.EXACT, layout.EXACT_SHARE)),
    *(CellStyle(code, horizontal="right") for code in (layout.DAY, layout.MOMENT)),
    LINK,
)
"""All styles that our tabs need; they are added together, so that later weeks leave the styles alone."""


@dataclass(frozen=True)
class Remains:
    """What stays of an old tab of ours.

    Args:
        widths: the owner's column widths in characters, by heading.
        formats: the numbers of the owner's number formats, by heading.
        shown: what each of them shows, by heading; a day is never laid in a format for numbers, nor a number as a day.
        tail: XML that stands at its end: notes and drawings that somebody put there.
        is_chosen: whether it was the tab that the workbook opens with.
    """

    widths: Mapping[str, float] = field(default_factory=dict)
    formats: Mapping[str, int] = field(default_factory=dict)
    shown: Mapping[str, Shown] = field(default_factory=dict)
    tail: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Dialect:
    """How a workbook writes styles and days.

    Args:
        space: the namespace of its worksheets.
        number: gives the number of a look.
        from_1904: True if its days count from 1904.
    """

    space: str
    number: Callable[[CellStyle], int]
    from_1904: bool = False

    def stored(self, value: object) -> str:
        """Return a number or a day as stored."""
        match value:
            case datetime():
                return repr((value - self._epoch) / DAY)
            case date():
                return str(value.toordinal() - self._epoch.toordinal())
            case Decimal():
                return format(value, "f")
            case _:
                return repr(value)

    @property
    def _epoch(self) -> datetime:
        return LATE_EPOCH if self.from_1904 else layout.EPOCH


GUARDED: Final = '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'
"""Protection without a password: a warning, not a wall."""


def sheet_xml(tab: OwnTab, dialect: Dialect, stays: Remains) -> bytes:
    """Return a tab of ours as XML."""
    columns = [_Column(place, heading, dialect, stays) for place, heading in enumerate(tab.headings)]
    for place, column in enumerate(columns):
        column.write(row[place] for row in tab.rows)
    chosen = ' tabSelected="1"' if stays.is_chosen else ""
    head = "".join(f'<c r="{column.letters}1"{column.heading}' for column in columns)
    links = [link for column in columns for link in column.links][:MOST_LINKS]
    pieces = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<worksheet xmlns="{dialect.space}" xmlns:r="{RELATIONS[dialect.space]}">',
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="{extent(tab)}"/>',
        f'<sheetViews><sheetView{chosen} workbookViewId="0">{FROZEN}</sheetView></sheetViews>',
        f'<sheetFormatPr defaultRowHeight="{layout.LINE}"/>',
        f"<cols>{''.join(column.xml for column in columns)}</cols>",
        f'<sheetData><row r="1" ht="{layout.HEADING_HEIGHT}" customHeight="1">{head}</row>',
        *_rows(columns),
        "</sheetData>",
        GUARDED if tab.is_ours else "",
        f'<autoFilter ref="{extent(tab)}"/>',
        f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>',
        '<pageSetup orientation="landscape" fitToHeight="0"/>',
        stays.tail,
        "</worksheet>",
    )
    return "".join(pieces).encode()


def extent(tab: OwnTab) -> str:
    """Return the range of all cells, such as A1:K13."""
    return f"A1:{letters_of(max(len(tab.headings) - 1, 0))}{len(tab.rows) + 1}"


def read_back(value: OwnCell) -> object:
    """Return a value as a reader finds it."""
    match value:
        case None:
            return ""
        case bool():
            return value
        case datetime() if fits(value):
            return value if value.time() != time() else value.date()
        case date() if fits(value):
            return value
        case int() | float() | Decimal() if fits(value):
            return float(value)
        case _:
            return kept(cell_text(value)).replace("_x005F_", "_")


def _rows(columns: Sequence["_Column"]) -> Iterator[str]:
    """Yield every row below the headings."""
    heights: dict[int, float] = {}
    for column in columns:
        for row, words in column.high.items():
            heights[row] = max(heights.get(row, 0), layout.height_for(words, column.width))
    letters = [column.letters for column in columns]
    for row, cells in enumerate(zip(*(column.cells for column in columns), strict=True), start=2):
        size = f' ht="{heights[row]:g}" customHeight="1"' if row in heights else ""
        inside = "".join([f'<c r="{letter}{row}"{cell}' for letter, cell in zip(letters, cells, strict=True) if cell])
        yield f'<row r="{row}"{size}>{inside}</row>'


class _Column:
    """One column of a tab and its cells."""

    def __init__(self, place: int, heading: str, dialect: Dialect, stays: Remains) -> None:
        self.letters = letters_of(place)
        self.cells: list[str] = []
        self.links: list[str] = []
        self.high: dict[int, str] = {}
        self.width = 0.0
        self._place, self._name, self._dialect = place, heading, dialect
        self._kept_width = stays.widths.get(heading, 0.0)
        self._format: int | str = stays.formats.get(heading, 0) or layout.PLAIN
        self._shown = stays.shown.get(heading)
        self._longest = 0
        self._known: dict[object, str] = {}
        self._styles: dict[tuple[int, str | int, bool, bool], int] = {}

    def write(self, values: Iterable[OwnCell]) -> None:
        """Write all its cells, equal ones only once."""
        for row, value in enumerate(values, start=2):
            is_said_often = type(value) in {str, date}
            cell = self._known.get(value) if is_said_often else None
            if cell is None:
                cell = self._cell(value, row)
                if is_said_often and row not in self.high:
                    self._known[value] = cell
            self.cells.append(cell)
        self.width = max(layout.width_for(self._name, self._longest), self._kept_width)

    @property
    def xml(self) -> str:
        """The column itself."""
        place, style = self._place + 1, self._dialect.number(CellStyle(self._format, vertical=""))
        return f'<col min="{place}" max="{place}" width="{self.width:g}" style="{style}" customWidth="1"/>'

    @property
    def heading(self) -> str:
        """The cell of its heading."""
        return _inside(self._dialect.number(HEADING), self._name)

    def _cell(self, value: OwnCell, row: int) -> str:
        match value:
            case None | "":
                return ""
            case str():
                return self._text(value, row)
            case Link():
                return self._link(value, row)
            case _ if fits(value):
                return self._number(value)
            case _:
                return self._text(cell_text(value), row)

    def _text(self, text: str, row: int, look: CellStyle = TEXT) -> str:
        self._see(text)
        wrapped = layout.wraps(text)
        if wrapped:
            self.high[row] = text
        return _inside(self._style(look, self._format, wrapped, text.startswith(AS_TYPED)), text)

    def _link(self, link: Link, row: int) -> str:
        place = f"{layout.quoted(link.tab)}!{link.cell or 'A1'}"
        self.links.append(f'<hyperlink ref="{self.letters}{row}" location={quoteattr(kept(place))}/>')
        return self._text(link.words, row, LINK)

    def _number(self, value: OwnCell) -> str:
        self._see(cell_text(value))
        if isinstance(value, bool):
            return f' s="{self._style(TEXT, layout.PLAIN)}" t="b"><v>{int(value)}</v></c>'
        kept_format = self._shown == ("day" if isinstance(value, date) else "number")
        laid = self._format if kept_format else format_of(value, layout.PLAIN)
        return f' s="{self._style(NUMBER, laid)}"><v>{self._dialect.stored(value)}</v></c>'

    def _style(self, look: CellStyle, laid: str | int, wrapped: bool = False, is_text: bool = False) -> int:  # noqa: FBT001, FBT002  called for each cell
        key = (id(look), laid, wrapped, is_text)
        if key not in self._styles:
            whole = replace(look, number_format=laid, wrapped=wrapped, is_text=is_text)
            self._styles[key] = self._dialect.number(whole)
        return self._styles[key]

    def _see(self, words: str) -> None:
        self._longest = max(self._longest, layout.longest_line(words))


def _inside(style: int, text: str) -> str:
    """Return a cell of text without its address."""
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(kept(text))}</t></is></c>'
