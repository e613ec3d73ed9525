from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as OpenpyxlBook
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

from tests.contracts import PROBLEMS, STANDING
from tests.sheets.xlsx.made_by_hand import SPACE, STRICT, STRICT_R, R, cells, packed, parts, read, relations, sheet
from tests.sheets.xlsx.office import converted, needs_office
from tests.sheets.xlsx.raw_zip import changed_parts
from toolkit.book.grid import Link, OwnTab
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.xlsx import XlsxWorkbook, read_tabs

LISTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def written(path: Path, *tabs: OwnTab) -> Path:
    XlsxWorkbook(path).write(tabs or [STANDING])
    return path


def refused(path: Path) -> WorkbookUnsafe:
    before = path.read_bytes()
    for use in (XlsxWorkbook(path).check_writable, lambda: XlsxWorkbook(path).write([STANDING])):
        with pytest.raises(WorkbookUnsafe) as told:
            use()
    assert path.read_bytes() == before
    return told.value


def test_charts_notes_formulas_and_their_values_stay(tmp_path: Path) -> None:
    book = OpenpyxlBook()
    tab = book.worksheets[0]
    tab.append(["Name", "Spent", "=SUM(B2:B9)"])
    tab["A2"].comment = Comment("calls on Mondays", "Ann")
    tab.add_chart(BarChart(), "E5")
    path, old = tmp_path / "clients.xlsx", tmp_path / "old.xlsx"
    book.save(path)
    old.write_bytes(path.read_bytes())

    written(path, STANDING, PROBLEMS)

    changed, came, went = changed_parts(old, path)
    assert changed == LISTS
    assert came == {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}
    assert went == set()


def test_a_second_writing_changes_our_own_part_and_nothing_else(tmp_path: Path) -> None:
    path = written(
        packed(
            tmp_path / "clients.xlsx",
            parts(standing=None, links=relations("worksheet worksheets/sheet1.xml"), book=one_tab()),
        )
    )
    old = tmp_path / "old.xlsx"
    old.write_bytes(path.read_bytes())

    again = OwnTab("Standing", STANDING.headings, (("C001", "=1", 5), ("C002", "word " * 20, date(2026, 11, 21))))
    written(path, again)

    assert changed_parts(old, path) == ({"xl/worksheets/sheet2.xml"}, set(), set())


def one_tab(more: str = "") -> str:
    tabs = '<sheets><sheet name="Clients" sheetId="3" r:id="rId1"/></sheets>'
    return f'<workbook xmlns="{SPACE}" xmlns:r="{R}">{tabs}{more}</workbook>'


def alone(**changes: str) -> dict[str, str]:
    """A workbook with the one tab Clients."""
    return parts(
        **{"standing": None, "links": relations("worksheet worksheets/sheet1.xml"), "book": one_tab(), **changes}
    )


def test_new_tabs_come_last_with_new_numbers(tmp_path: Path) -> None:
    path = written(packed(tmp_path / "clients.xlsx", alone()), STANDING, PROBLEMS)

    book = read(path, "xl/workbook.xml")
    assert (
        '<sheet name="Standing" sheetId="4" r:id="rId3"/><sheet name="Problems" sheetId="5" r:id="rId4"/></sheets>'
        in book
    )
    assert book.endswith('</definedNames><calcPr fullCalcOnLoad="1"/></workbook>')


def test_calculation_is_asked_for_and_its_other_settings_stay(tmp_path: Path) -> None:
    calculation = '<calcPr calcId="191029" fullCalcOnLoad = \'0\' iterate="1"/>'
    path = written(packed(tmp_path / "clients.xlsx", alone(book=one_tab(calculation))))

    assert '<calcPr calcId="191029" fullCalcOnLoad = "1" iterate="1"/>' in read(path, "xl/workbook.xml")


def test_names_that_are_there_stay_before_ours(tmp_path: Path) -> None:
    names = "<definedNames><definedName name='Rate'>0.1</definedName></definedNames>"
    path = written(packed(tmp_path / "clients.xlsx", alone(book=one_tab(names))))

    defined = load_workbook(path).defined_names
    assert list(defined) == ["Rate"]
    assert "<definedNames><definedName name='Rate'>0.1</definedName><definedName" in read(path, "xl/workbook.xml")


def test_the_name_by_which_filters_go_grows_with_our_tab(tmp_path: Path) -> None:
    path = written(packed(tmp_path / "clients.xlsx", alone()))
    assert "'Standing'!$A$1:$C$3<" in read(path, "xl/workbook.xml")

    written(path, OwnTab("Standing", ("Client no.", "Tier"), (("C001", "Gold"),) * 9))

    assert "'Standing'!$A$1:$B$10<" in read(path, "xl/workbook.xml")


def test_a_workbook_with_prefixes_is_patched_in_its_own_words(tmp_path: Path) -> None:
    book = (
        one_tab()
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("xmlns=", "xmlns:x=")
        .replace(f' xmlns:r="{R}"', "")
    )
    book = book.replace("r:id", f'xmlns:ns="{R}" ns:id')
    path = written(packed(tmp_path / "clients.xlsx", alone(book=book)))

    after = read(path, "xl/workbook.xml")
    assert f'<x:sheet name="Standing" sheetId="4" r:id="rId3" xmlns:r="{R}"/></x:sheets><x:definedNames>' in after
    assert after.endswith('</x:definedNames><x:calcPr fullCalcOnLoad="1"/></x:workbook>')
    assert load_workbook(path).sheetnames == ["Clients", "Standing"]


def test_a_strict_workbook_gets_strict_tabs(tmp_path: Path) -> None:
    strict = parts(
        standing=None,
        top=relations("officeDocument xl/workbook.xml", r=STRICT_R),
        links=relations("worksheet worksheets/sheet1.xml", r=STRICT_R),
        book=one_tab().replace(SPACE, STRICT).replace(R, STRICT_R),
        clients=sheet(cells("Client no."), STRICT, STRICT_R),
    )

    path = written(packed(tmp_path / "clients.xlsx", strict))

    assert f'<worksheet xmlns="{STRICT}"' in read(path, "xl/worksheets/sheet2.xml")
    assert f'Type="{STRICT_R}/worksheet"' in read(path, "xl/_rels/workbook.xml.rels")
    assert read_tabs(path)["Standing"][1][0] == "C001"


def test_absolute_targets_and_parts_in_other_cases_are_found(tmp_path: Path) -> None:
    odd = alone(links=relations("worksheet /XL/Worksheets/Sheet1.xml"))

    path = written(packed(tmp_path / "clients.xlsx", odd))

    assert list(read_tabs(written(path, PROBLEMS))) == ["Clients", "Standing", "Problems"]


def test_days_count_from_1904_where_the_workbook_does(tmp_path: Path) -> None:
    book = one_tab().replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    path = packed(tmp_path / "clients.xlsx", alone(book=book))

    written(path, OwnTab("Week", ("Day",), ((date(2026, 11, 21),),)))

    assert read_tabs(path)["Week"][1][0] == date(2026, 11, 21)
    assert load_workbook(path)["Week"]["A2"].value.date() == date(2026, 11, 21)


def test_a_part_in_another_alphabet_is_patched(tmp_path: Path) -> None:
    book = f'<?xml version="1.0" encoding="UTF-16"?>{one_tab().replace("Clients", "Кардарлар")}'.encode("utf-16")

    path = written(packed(tmp_path / "clients.xlsx", {**alone(), "xl/workbook.xml": book}))

    assert load_workbook(path).sheetnames == ["Кардарлар", "Standing"]


def test_a_note_on_our_tab_stays_and_a_loose_link_goes(tmp_path: Path) -> None:
    inside = (
        cells("Client no.|Tier")
        + '<hyperlinks><hyperlink ref="A1" r:id="rId2"/></hyperlinks><legacyDrawing r:id="rId1"/>'
    )
    rels = relations("vmlDrawing ../drawings/vml1.vml", "hyperlink https://example.com", "comments ../comments1.xml")
    whole = parts(standing=sheet(inside)) | {
        "xl/worksheets/_rels/sheet2.xml.rels": rels,
        "xl/drawings/vml1.vml": "<xml/>",
    }
    path = packed(tmp_path / "clients.xlsx", whole)

    written(path)

    assert '<legacyDrawing r:id="rId1"/></worksheet>' in read(path, "xl/worksheets/sheet2.xml")
    after = read(path, "xl/worksheets/_rels/sheet2.xml.rels")
    assert ("vmlDrawing" in after, "comments" in after, "hyperlink" in after) == (True, True, False)


def test_a_formula_in_our_tab_takes_the_order_of_calculation_with_it(tmp_path: Path) -> None:
    links = relations("worksheet worksheets/sheet1.xml", "worksheet worksheets/sheet2.xml", "calcChain calcChain.xml")
    kind = '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    inside = '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData>'
    whole = parts(links=links, standing=sheet(inside)) | {
        "xl/calcChain.xml": '<calcChain><c r="A1" i="7"/></calcChain>'
    }
    whole["[Content_Types].xml"] = whole["[Content_Types].xml"].replace("</Types>", kind)
    path, old = packed(tmp_path / "clients.xlsx", whole), packed(tmp_path / "old.xlsx", whole)

    written(path)

    assert changed_parts(old, path)[2] == {"xl/calcChain.xml"}
    assert "calcChain" not in read(path, "[Content_Types].xml") + read(path, "xl/_rels/workbook.xml.rels")


def test_our_tab_is_known_in_any_case_and_stays_chosen(tmp_path: Path) -> None:
    view = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    book = parts()["xl/workbook.xml"].replace("Standing", "STANDING")
    path = packed(tmp_path / "clients.xlsx", parts(book=book, standing=sheet(view + cells("Client no."))))

    written(path)

    assert list(read_tabs(path)) == ["Clients", "STANDING"]
    assert 'tabSelected="1"' in read(path, "xl/worksheets/sheet2.xml")


def test_widths_and_formats_of_the_owner_stay_with_their_headings(tmp_path: Path) -> None:
    styles = (
        f'<styleSheet xmlns="{SPACE}"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.000"/></numFmts>'
        '<cellXfs count="2"><xf/><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    columns = '<cols><col min="1" max="1" width="30"/><col min="2" max="2" width="5" style="1"/></cols>'
    links = relations("worksheet worksheets/sheet1.xml", "worksheet worksheets/sheet2.xml", "styles styles.xml")
    whole = parts(links=links, standing=sheet(columns + cells("Client no.|Spent"))) | {"xl/styles.xml": styles}
    path = packed(tmp_path / "clients.xlsx", whole)

    written(path)

    tab = load_workbook(path)["Standing"]
    assert tab.column_dimensions["A"].width == 30
    assert [cell.number_format for cell in tab["C"]] == ["General", "0.000", "0.000"]


DATED = OwnTab("Standing", ("Client no.", "Spent", "As of"), (("C001", 1234.5, date(2026, 11, 21)),))


def dressed(path: Path, spent: str, as_of: str) -> Path:
    """A workbook with DATED in it, of which somebody gave two columns formats of their own."""
    styles = (
        f'<styleSheet xmlns="{SPACE}"><numFmts count="2"><numFmt numFmtId="170" formatCode="{spent}"/>'
        f'<numFmt numFmtId="171" formatCode="{as_of}"/></numFmts>'
        '<cellXfs count="3"><xf/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
    )
    columns = '<cols><col min="2" max="2" width="9" style="1"/><col min="3" max="3" width="9" style="2"/></cols>'
    links = relations("worksheet worksheets/sheet1.xml", "worksheet worksheets/sheet2.xml", "styles styles.xml")
    standing = sheet(columns + cells("Client no.|Spent|As of"))
    return packed(path, parts(links=links, standing=standing) | {"xl/styles.xml": styles})


@pytest.mark.parametrize(
    ("spent", "as_of", "stay"),
    [
        ("General", "General", ["#,##0.00##", "yyyy-mm-dd"]),
        ("0.0", "dd.mm.yyyy", ["0.0", "dd.mm.yyyy"]),
        ("dd.mm.yyyy", "0.0", ["#,##0.00##", "yyyy-mm-dd"]),
        ("[h]:mm", "[hh]", ["#,##0.00##", "yyyy-mm-dd"]),
        ("h:mm", "h:mm", ["#,##0.00##", "yyyy-mm-dd"]),
        ("0.0&quot; days&quot;", "[$-419]d\\ mmm;@", ["0.0&quot; days&quot;", "[$-419]d\\ mmm;@"]),
    ],
)
def test_no_format_of_a_column_makes_a_number_of_a_day_nor_a_day_of_a_number(
    tmp_path: Path, spent: str, as_of: str, stay: list[str]
) -> None:
    rows = (("C001", Decimal("1234.5"), date(2026, 11, 21)),)
    path = written(dressed(tmp_path / "clients.xlsx", spent, as_of), replace(DATED, rows=rows))

    tab = load_workbook(path)["Standing"]
    assert [tab[cell].number_format for cell in ("B2", "C2")] == [one.replace("&quot;", '"') for one in stay]


@needs_office
def test_our_tabs_are_written_again_after_libreoffice_saved_the_workbook(tmp_path: Path) -> None:
    (path,) = converted([written(packed(tmp_path / "clients.xlsx", alone()), DATED)], tmp_path / "theirs")

    written(path, replace(DATED, rows=(("C002", 7, date(2026, 11, 28)),)))

    assert read_tabs(path)["Standing"][1] == ["C002", 7, date(2026, 11, 28)]


@pytest.mark.parametrize("built_in", [2, 14, 20, 46])
def test_a_day_is_read_back_whatever_built_in_format_its_column_has(tmp_path: Path, built_in: int) -> None:
    path = dressed(tmp_path / "clients.xlsx", "General", "General")
    book = read(path, "xl/styles.xml").replace('<xf numFmtId="171"/>', f'<xf numFmtId="{built_in}"/>')
    whole = {name: read(path, name) for name in ZipFile(path).namelist()} | {"xl/styles.xml": book}

    assert read_tabs(written(packed(path, whole), DATED))["Standing"][1][2] == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"book": one_tab().replace("<sheets>", '<workbookProtection lockStructure="1"/><sheets>')},
            "structure is locked",
        ),
        (
            {"top": relations("officeDocument xl/workbook.xml", "digital-signature/origin _xmlsignatures/o.sigs")},
            "signed",
        ),
        ({"_xmlsignatures/sig1.xml": "<Signature/>"}, "signed"),
    ],
)
def test_what_a_change_would_break_is_refused(tmp_path: Path, changes: dict[str, str], says: str) -> None:
    told = refused(packed(tmp_path / "clients.xlsx", alone(**changes)))

    assert says in told.why
    assert "--book" in told.next_step


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"types": None}, "[Content_Types].xml is missing"),
        ({"top": None}, "lists the tabs is missing"),
        ({"book": "<workbook"}, "no XML"),
        ({"book": ""}, "no XML"),
        ({"book": "<workbook xmlns='urn:x'><sheets/></workbook>"}, "another language"),
        ({"book": f'<!DOCTYPE a [<!ENTITY b "c">]>{one_tab()}'}, "DOCTYPE"),
        (
            {
                "links": relations("worksheet worksheets/sheet1.xml", "worksheet worksheets/sheet1.xml"),
                "book": parts()["xl/workbook.xml"],
            },
            "one part",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path: Path, changes: dict[str, str | None], says: str) -> None:
    path = packed(tmp_path / "clients.xlsx", {**parts(**changes)})

    with pytest.raises(WorkbookUnsafe) as told:
        written(path)

    assert says in told.value.why
    assert str(told.value).count("\n") == 2


def test_a_chart_that_bears_our_name_is_left_alone(tmp_path: Path) -> None:
    links = relations("worksheet worksheets/sheet1.xml", "chartsheet chartsheets/sheet1.xml")
    whole = parts(links=links, standing=None) | {"xl/chartsheets/sheet1.xml": "<chartsheet/>"}

    with pytest.raises(WorkbookUnsafe, match="was not written") as told:
        written(packed(tmp_path / "clients.xlsx", whole))

    assert "no tab with cells" in told.value.why


def test_a_tab_holds_no_more_links_than_excel_takes(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    rows = tuple((Link(f"Clients!A{row}", "Clients", f"A{row}"),) for row in range(65_540))

    written(path, OwnTab("Problems", ("Where",), rows))

    part = read(path, "xl/worksheets/sheet1.xml")
    assert part.count("<hyperlink ") == 65_530
    assert read_tabs(path)["Problems"][-1] == ["Clients!A65539"]
