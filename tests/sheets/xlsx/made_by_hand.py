"""Workbooks written part by part, to have in them what no library writes."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BOOK_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def relations(*targets: str, r: str = R) -> str:
    """Relationships rId1, rId2 ... as "worksheet worksheets/sheet1.xml"."""
    items = (
        f'<Relationship Id="rId{number}" Type="{r}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate((one.split(" ") for one in targets), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(items)}</Relationships>'


def cells(*rows: str) -> str:
    """Rows of words, parted by |."""
    laid = []
    for number, row in enumerate(rows, start=1):
        inside = "".join(
            f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{word}</t></is></c>'
            for place, word in enumerate(row.split("|"))
        )
        laid.append(f'<row r="{number}">{inside}</row>')
    return f"<sheetData>{''.join(laid)}</sheetData>"


def sheet(inside: str, space: str = SPACE, r: str = R) -> str:
    return f'<worksheet xmlns="{space}" xmlns:r="{r}">{inside}</worksheet>'


def parts(**changes: str | None) -> dict[str, str]:
    """A workbook with Clients and Standing; changes by a part's short name, None takes it out."""
    made = {
        "types": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{BOOK_KIND}"/></Types>',
        "top": relations("officeDocument xl/workbook.xml"),
        "book": f'<workbook xmlns="{SPACE}" xmlns:r="{R}"><sheets><sheet name="Clients" sheetId="3" r:id="rId1"/>'
        '<sheet name="Standing" sheetId="7" r:id="rId2"/></sheets></workbook>',
        "links": relations("worksheet worksheets/sheet1.xml", "worksheet worksheets/sheet2.xml"),
        "clients": sheet(cells("Client no.|Name", "C001|Asha")),
        "standing": sheet(cells("Client no.|Tier", "C001|old")),
    }
    names = {
        "types": "[Content_Types].xml",
        "top": "_rels/.rels",
        "book": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
        "clients": "xl/worksheets/sheet1.xml",
        "standing": "xl/worksheets/sheet2.xml",
    }
    whole = {**made, **changes}
    return {names.get(name, name): content for name, content in whole.items() if content is not None}


def packed(path: Path, parts_of: Mapping[str, str | bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in parts_of.items():
            file.writestr(name, content)
    return path


def read(path: Path, part: str) -> str:
    with ZipFile(path) as file:
        return file.read(part).decode()
