"""Our tabs, put into the bytes of an .xlsx file.

openpyxl 3.1.5 loses something in 74 of 376 foreign workbooks when it loads and saves them: text boxes, sparklines,
threaded comments, rich text, and every cached formula value (tried 2026-11).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from toolkit.book import OwnTab
from toolkit.book.grid import letters_of
from toolkit.sheets.layout import quoted
from toolkit.sheets.xlsx.old_tab import OldTab
from toolkit.sheets.xlsx.package import Broken, Package, open_package
from toolkit.sheets.xlsx.parts import TYPES, TYPES_SPACE, Parts, Relations, Sheet, Unfit
from toolkit.sheets.xlsx.sheet_part import LOOKS, TRANSITIONAL, Dialect, Remains, extent, sheet_xml
from toolkit.sheets.xlsx.styles import Styles
from toolkit.sheets.xlsx.tree import Draft, Element

FILTER: Final = "_xlnm._FilterDatabase"
"""The hidden name that Excel and LibreOffice keep beside each autoFilter; they sort and filter by its area."""

TITLES: Final = "_xlnm.Print_Titles"
BEFORE_NAMES: Final = ("sheets", "functionGroups", "externalReferences")
BEFORE_CALCULATION: Final = (*BEFORE_NAMES, "definedNames")
MOST_ROWS: Final = 1_048_576


def patched(package: Package, tabs: Sequence[OwnTab], headings_in: Callable[[str], Sequence[str]]) -> bytes:
    """Return the file with our tabs in it.

    Args:
        package: the file as it is.
        tabs: ours, whole.
        headings_in: reads row 1 of a tab of the file, where its words do not stand in the tab's own part.

    Raises:
        Broken: a part that is needed is missing or damaged.
        Unfit: it must not be written.
    """
    patch = _Patch(Parts(package), headings_in)
    for tab in tabs:
        patch.put(tab)
    return patch.written()


def check_fit(package: Package) -> None:
    """Return quietly if our tabs can be put in.

    Raises:
        Broken, Unfit: as in `patched`.
    """
    parts = Parts(package)
    _ = parts.space, parts.sheets
    styles_of(parts)


def sheet_named(sheets: Sequence[Sheet], name: str) -> Sheet | None:
    """Return the tab of a name in any case, as Excel does."""
    return next((sheet for sheet in sheets if sheet.name.casefold() == name.casefold()), None)


def blank_package() -> Package:
    """Return a workbook without any tab."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    types = (
        f'<Types xmlns="{TYPES_SPACE}"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )
    top = Relations(Package(()), "")
    top.add("officeDocument", "xl/workbook.xml", TRANSITIONAL)
    book = f'<workbook xmlns="{TRANSITIONAL}"><workbookPr/><bookViews><workbookView/></bookViews><sheets/></workbook>'
    parts: dict[str, bytes | None] = {
        TYPES: types.encode(),
        top.part: top.draft.written(),
        "xl/workbook.xml": book.encode(),
    }
    return open_package(Package(()).changed(parts))


class _Patch:
    """The changes of one writing."""

    def __init__(self, parts: Parts, headings_in: Callable[[str], Sequence[str]]) -> None:
        self._parts = parts
        self._headings_in = headings_in
        self._changed: dict[str, bytes | None] = {}
        self._styles_part, self._styles = styles_of(parts)
        for look in LOOKS:
            self._styles.number(look)
        self._dialect = Dialect(parts.space, self._styles.number, parts.from_1904)
        self._new_sheets: list[str] = []
        self._names: list[str] = []
        self._next_id = 1 + max(map(_id_of, parts.sheets_element.all("sheet")), default=0)

    def put(self, tab: OwnTab) -> None:
        """Put one tab in its place."""
        if len(tab.rows) >= MOST_ROWS:
            raise Unfit(f"the tab {tab.name} would have more rows than a tab can hold", "work with fewer clients")
        sheet = sheet_named(self._parts.sheets, tab.name)
        if sheet is None:
            self._add(tab)
        elif sheet.has_cells and self._parts.package.content(sheet.part) is not None:
            self._replace(sheet, tab)
        else:
            raise Unfit(f"its tab {tab.name} is no tab with cells", f"rename that tab, since {tab.name} is ours")

    def written(self) -> bytes:
        """Return the file with all changes."""
        parts = self._parts
        for xml in self._new_sheets:
            parts.workbook.add_inside(parts.sheets_element, xml)
        self._add_names()
        return finish(parts, (self._styles_part, self._styles), self._changed)

    def _add(self, tab: OwnTab) -> None:
        parts = self._parts
        name = parts.free_name("worksheets/sheet{}.xml", self._changed)
        self._changed[name] = sheet_xml(tab, self._dialect, Remains())
        relation = parts.relations.add("worksheet", name, parts.space)
        parts.declare(name, "worksheet")
        place = len(parts.sheets) + len(self._new_sheets)
        p, declared = parts.sheets_element.prefix, parts.workbook.prefixes.get(parts.relations_space) == "r"
        space = "" if declared else f' xmlns:r="{parts.relations_space}"'
        attributes = f'name={quoteattr(tab.name)} sheetId="{self._next_id}" r:id="{relation}"{space}'
        self._new_sheets.append(f"<{p}sheet {attributes}/>")
        self._next_id += 1
        self._name(FILTER, place, _filtered(tab), ' hidden="1"')
        self._name(TITLES, place, f"{quoted(tab.name)}!$1:$1", "")

    def _replace(self, sheet: Sheet, tab: OwnTab) -> None:
        parts = self._parts
        if sum(other.part == sheet.part for other in parts.sheets) > 1:
            raise Broken("two of its tabs are one part")
        relations = Relations(parts.package, sheet.part)
        old = OldTab(parts.package.content(sheet.part) or b"", relations, parts.relations_space)
        headings = old.headings
        stays = old.keep(self._headings_in(sheet.name) if headings is None else headings, self._styles)
        self._changed[sheet.part] = sheet_xml(tab, self._dialect, stays)
        if loose := old.drop_relations():
            self._changed[relations.part] = loose.written()
        if old.has_formulas:
            self._remove_calc_chain()
        self._widen_filter(sheet, tab)

    def _widen_filter(self, sheet: Sheet, tab: OwnTab) -> None:
        """Fit the filter's hidden name to the new rows."""
        names = self._parts.workbook.root.first("definedNames")
        for name in names.children if names else ():
            scope = (name.attributes.get("name"), name.attributes.get("localSheetId"))
            if scope == (FILTER, str(sheet.place)) and name.text != _filtered(tab):
                self._parts.workbook.set_text(name, escape(_filtered(tab)))

    def _remove_calc_chain(self) -> None:
        """Remove calcChain, which names a formula that is gone.

        Excel offers to repair a file whose calcChain names a cell without a formula, and makes the part anew if it is
        missing (dotnet/Open-XML-SDK, issue 1457 and pull request 1491, 2023).
        """
        parts = self._parts
        for relation in parts.relations.all:
            if relation.attributes.get("Type", "").endswith("/calcChain"):
                chain = parts.relations.target(relation)
                parts.relations.draft.take_out(relation)
                self._changed[chain] = None
                for override in parts.types.root.all("Override"):
                    if override.attributes.get("PartName", "").lstrip("/").casefold() == chain.casefold():
                        parts.types.take_out(override)

    def _name(self, name: str, place: int, means: str, more: str) -> None:
        p = self._parts.workbook.root.prefix
        xml = f'<{p}definedName name="{name}" localSheetId="{place}"{more}>{escape(means)}</{p}definedName>'
        self._names.append(xml)

    def _add_names(self) -> None:
        workbook, xml = self._parts.workbook, "".join(self._names)
        p, names = workbook.root.prefix, workbook.root.first("definedNames")
        if names is not None and xml:
            workbook.add_inside(names, xml)
        elif xml:
            workbook.add_after(_last(workbook, BEFORE_NAMES), f"<{p}definedNames>{xml}</{p}definedNames>")


def finish(parts: Parts, styled: tuple[str, Styles], changed: Mapping[str, bytes | None]) -> bytes:
    """Return the file with changed tabs and lists.

    Args:
        parts: its lists, changed or not.
        styled: the name of the part with the styles, and the styles.
        changed: the tabs that are changed, by the names of their parts.
    """
    _calculate_on_load(parts.workbook)
    name, styles = styled
    drafts = {TYPES: parts.types, parts.path: parts.workbook, parts.relations.part: parts.relations.draft}
    lists = {part: draft.written() for part, draft in drafts.items() if draft.is_changed()}
    return parts.package.changed({**changed, **({name: styles.finish()} if styles.is_changed() else {}), **lists})


def _calculate_on_load(workbook: Draft) -> None:
    calculation = workbook.root.first("calcPr")
    if calculation is None:
        above = _last(workbook, BEFORE_CALCULATION)
        workbook.add_after(above, f'<{workbook.root.prefix}calcPr fullCalcOnLoad="1"/>')
    else:
        workbook.set_attribute(calculation, "fullCalcOnLoad", "1")


def styles_of(parts: Parts) -> tuple[str, Styles]:
    """Return the styles part, a new one if it is missing."""
    name = parts.relations.of_kind("styles")
    content = parts.package.content(name) if name else None
    if content is not None:
        return name, Styles(Draft(content))
    if not name:
        name = parts.free_name("styles{}.xml", (), first=0)
        parts.relations.add("styles", name, parts.space)
        parts.declare(name, "styles")
    blank = f'<?xml version="1.0" encoding="UTF-8"?>\n<styleSheet xmlns="{parts.space}"></styleSheet>'
    return name, Styles(Draft(blank.encode()))


def _last(workbook: Draft, tags: Sequence[str]) -> Element:
    return [child for child in workbook.root.children if child.tag in tags][-1]


def _id_of(sheet: Element) -> int:
    number = sheet.attributes.get("sheetId", "")
    return int(number) if number.isascii() and number.isdigit() else 0


def _filtered(tab: OwnTab) -> str:
    first, last = extent(tab).split(":")
    letters = letters_of(max(len(tab.headings) - 1, 0))
    return f"{quoted(tab.name)}!${first[0]}${first[1:]}:${letters}${last.removeprefix(letters)}"
