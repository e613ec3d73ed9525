"""A big made-up workbook, laid as Excel lays one: shared strings, days as numbers, the same every time."""

import datetime as dt
import random  # noqa: TID251 - the same made-up rows every time
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from toolkit.book.grid import OwnTab, letters_of
from toolkit.book.own_tabs import HEADINGS, STANDING

TODAY: Final = dt.date(2026, 6, 30)
DAY_ZERO: Final = dt.date(1899, 12, 30)
PURCHASES_A_CLIENT: Final = 10
FAULTS: Final = 0.01
"""Of the addresses, phones, days, numbers and client numbers; more would be another workbook."""

CLIENTS: Final = (
    "Client no.",
    "Name",
    "First name",
    "Surname",
    "Salutation",
    "First name ok",
    "Company",
    "Email",
    "Phone",
    "Address",
    "Country",
    "Language",
    "Prefers",
    "Letters",
    "Consent date",
    "Birthday",
    "First met",
    "Segment",
)
PURCHASES: Final = (
    "Purchase no.",
    "Date",
    "Client no.",
    "Product",
    "Quantity",
    "Unit price",
    "Amount",
    "Discount",
    "Cost",
    "Staff",
    "Status",
)
STAFF: Final = ("Ann", "Ben", "Chebet", "Dinara", "Ermek", "Ann 60, Ben 40")
DOMAINS: Final = ("gmail.com", "gmail.com", "yahoo.com", "mail.ru", "outlook.com", "example.co.ke", "duka.kg")

_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOC: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Cell = str | int | float | dt.date | None


def make_book(path: Path, clients: int) -> None:
    """A workbook of 18 columns of clients, 11 of purchases, ten purchases a client, and a few staff."""
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    strings: dict[str, int] = {}
    tabs: dict[str, list[Sequence[Cell]]] = {
        "Clients": [CLIENTS, *(_client(number, chance) for number in range(clients))],
        "Purchases": [PURCHASES, *(_purchase(at, clients, chance) for at in range(clients * PURCHASES_A_CLIENT))],
        "Staff": [["Staff no.", "Name"], *([f"S{at}", name] for at, name in enumerate(STAFF[:-1]))],
    }
    sheets = {name: _sheet(rows, strings) for name, rows in tabs.items()}
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in _frame(list(tabs)).items():
            file.writestr(name, content)
        for at, sheet in enumerate(sheets.values(), 1):
            file.writestr(f"xl/worksheets/sheet{at}.xml", sheet)
        file.writestr("xl/sharedStrings.xml", _shared(strings))


def standing(clients: int, tier: str) -> OwnTab:
    """As many rows of Standing as there are clients."""
    headings = HEADINGS[STANDING][:8]
    rows = tuple(
        (f"C{at:05}", f"Asha Juma {at}", tier, Decimal(at), Decimal(9), Decimal("0.05"), "ok", Decimal(at))
        for at in range(clients)
    )
    return OwnTab(STANDING, headings, rows)


def _is_faulty(chance: random.Random) -> bool:
    return chance.random() < FAULTS


def _client(number: int, chance: random.Random) -> list[Cell]:
    first, last = chance.choice(("Asha", "Hassan", "Айгүл", "Нурбек", "Grace")), f"Juma {chance.randrange(2_000)}"
    domain = "gmial.com" if _is_faulty(chance) else chance.choice(DOMAINS)
    email = f"client{number}{'' if _is_faulty(chance) else '@'}{domain}"
    phone = f"+25471{number:07}" if not _is_faulty(chance) else f"+25471{number:03}"
    met = TODAY - dt.timedelta(days=chance.randrange(2_000))
    born = dt.date(1950, 1, 1) + dt.timedelta(days=chance.randrange(18_000))
    names: list[Cell] = [f"C{number:05}", f"{first} {last}", first, last, "Ms", "yes", None, email, phone]
    return [*names, f"Street {number}", "KE", "en", "email", "yes", met, born, met, f"S{number % 7}"]


def _purchase(at: int, clients: int, chance: random.Random) -> list[Cell]:
    day: Cell = "yesterday" if _is_faulty(chance) else TODAY - dt.timedelta(days=chance.randrange(1_000))
    client = f"X{at}" if _is_faulty(chance) else f"C{chance.randrange(clients):05}"
    quantity, price = chance.randrange(1, 9), chance.randrange(100, 20_000) / 100
    amount: Cell = "a lot" if _is_faulty(chance) else round(quantity * price, 2)
    bought: list[Cell] = [f"P{at:06}", day, client, f"Product {at % 40}", quantity, price, amount]
    return [*bought, 0.1, round(price / 2, 2), chance.choice(STAFF), chance.choice(("paid", "delivered", "ordered"))]


def _sheet(rows: Iterable[Sequence[Cell]], strings: dict[str, int]) -> str:
    laid = "".join(
        f'<row r="{at}">{"".join(_laid(cell, place, at, strings) for place, cell in enumerate(row))}</row>'
        for at, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{laid}</sheetData></worksheet>'


def _laid(cell: Cell, place: int, row: int, strings: dict[str, int]) -> str:
    at = f"{letters_of(place)}{row}"
    match cell:
        case None:
            return ""
        case dt.date():
            return f'<c r="{at}" s="1"><v>{(cell - DAY_ZERO).days}</v></c>'
        case str():
            return f'<c r="{at}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
        case _:
            return f'<c r="{at}"><v>{cell}</v></c>'


def _shared(strings: dict[str, int]) -> str:
    items = "".join(f"<si><t>{escape(one)}</t></si>" for one in strings)
    return f'<sst xmlns="{_MAIN}" count="{len(strings)}" uniqueCount="{len(strings)}">{items}</sst>'


def _frame(tabs: list[str]) -> dict[str, str]:
    """Every part but the worksheets and their strings."""
    numbered = list(enumerate(tabs, 1))
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in numbered)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_KIND}.worksheet+xml"/>' for at, _ in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_DOC}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at, _ in numbered
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_DOC}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{links}'
        f'<Relationship Id="rId98" Type="{_DOC}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId99" Type="{_DOC}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }
