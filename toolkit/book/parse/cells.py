"""One cell becomes one value: text, prose, a choice, yes or no, a country; other kinds stand in rooms of their own.

Every reader takes a cell that is not blank and returns its value, None where its words say that there is none, or
raises Misread; rows.py is the one place that catches it and makes it a Problem.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeAlias, TypeGuard

from toolkit.book.grid import Cell, Grid
from toolkit.book.i18n import Lexicon
from toolkit.book.mapping import Mapped
from toolkit.book.parse.suggest import nearest

UNWORKED: Final = "#NOT_WORKED_OUT"
"""What our readers put where a formula has no result yet: the program that wrote the file never worked it out."""

ERRORS: Final = frozenset(
    {
        UNWORKED,
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#UNKNOWN!",
        "#GETTING_DATA",
        "#ERROR!",
        "Err:502",
        "Err:504",
        "Err:508",
        "Err:509",
        "Err:511",
        "Err:522",
        "Err:523",
    }
)
"""What Excel, LibreOffice and Google Sheets show where a formula has no result."""

NONE: Final = "none"
"""The choice that says that there is nothing to write."""

HIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and marks that turn the order of letters round; tabs and line ends are none of them."""


class Misread(Exception):
    """A cell that does not say what its column asks for."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Reading:
    """What must be known to read a cell.

    Args:
        decimals: the minor digits of the shop's currency: 2.
        region: the country whose phones need no +, two letters; "" where none is known.
        lexicon: headings and choices in every language.
        region_of: finds the two letters of a country that is named in any of our languages; "" where it is none.
        mapped: what the team calls our tabs and fields, by our tab's key: clients, bonus_bands.
        today: the day on which it is read; what holds only later is pointed out.
        foreign: words and marks of other currencies than the shop's, folded: usd, $.
        starter: tables of the settings that stand for tabs which the workbook lacks, by our tab's key.
        latest: the last day that what has happened may have; a later one is a slip of the pen.
        languages: the languages that there are letters in, as people write them, by that word folded: kiswahili, sw;
            empty takes any.
        letters: the names of all letters; empty takes any.
    """

    decimals: int = 2
    region: str = ""
    lexicon: Lexicon = field(default_factory=Lexicon)
    region_of: Callable[[str], str] = str.upper
    mapped: Mapping[str, Mapped] = field(default_factory=dict)
    today: date = date.max
    foreign: frozenset[str] = frozenset()
    starter: Mapping[str, Grid] = field(default_factory=dict)
    latest: date = date.max
    languages: Mapping[str, str] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()


CellParser: TypeAlias = Callable[[Cell, Reading], object]


def is_blank(cell: Cell) -> bool:
    """Whether nothing a person would see stands in the cell."""
    return cell is None or (isinstance(cell, str) and not (cell if cell.isprintable() else _seen(cell)).strip())


def is_error(cell: Cell) -> bool:
    """Whether a formula of the sheet went wrong here: #N/A, #REF!."""
    return isinstance(cell, str) and cell in ERRORS


def says_none(cell: Cell, reading: Reading) -> bool:
    """Whether somebody wrote that there is nothing to write, in any of our languages: n/a, none, a dash."""
    return isinstance(cell, str) and reading.lexicon.meant(shown(cell), (NONE,)) is not None


def has_hidden(words: str) -> bool:
    """Whether characters stand in it that control a machine and that nobody sees."""
    return not words.isprintable() and HIDDEN.search(words) is not None


def _is_plain(cell: Cell) -> TypeGuard[str]:
    """Whether a cell is text of the most common kind, which needs no closer look."""
    return isinstance(cell, str) and cell.isascii() and cell.isprintable()


def _seen(words: str) -> str:
    """Words without control and zero-width characters; every kind of space is a space."""
    if words.isprintable():
        return words
    return "".join(" " if c.isspace() else c for c in words if c.isprintable() or c.isspace())


def shown(cell: Cell) -> str:
    """A cell as people see it, on one line: 712345678.0 is 712345678."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return " ".join(str(cell).split())


def text(cell: Cell, _: Reading) -> str:
    """Words on one line, in composed form, without control characters."""
    if _is_plain(cell):
        return " ".join(cell.split())
    return _seen(unicodedata.normalize("NFC", shown(cell))).strip()


def prose(cell: Cell, _: Reading) -> str:
    """Words that may take several lines."""
    if _is_plain(cell):
        return cell.strip()
    written = cell if isinstance(cell, str) else shown(cell)
    lines = unicodedata.normalize("NFC", written).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_seen(line).rstrip() for line in lines).strip()


class Choice:
    """A reader that takes one of its options, written in any of our languages."""

    def __init__(self, *options: str) -> None:
        self.options = options

    def __call__(self, cell: Cell, reading: Reading) -> str:
        """The option that the cell means."""
        found = reading.lexicon.meant(shown(cell), self.options)
        if found is None:
            near = nearest(shown(cell), reading.lexicon.spellings(self.options))
            code = "not-a-choice-near" if near else "not-a-choice"
            raise Misread(code, given=shown(cell), proposal=near, options=", ".join(self.options))
        return found


def yes_no(cell: Cell, reading: Reading) -> bool:
    """Yes or no, in any of our languages; a tick box too."""
    return YES_OR_NO(cell, reading) == "yes"


YES_OR_NO: Final = Choice("yes", "no")


def country(cell: Cell, reading: Reading) -> str:
    """A country's name or code in any of our languages as its two letters: Kenya is KE."""
    found = reading.region_of(shown(cell))
    if not found:
        raise Misread("not-a-country", given=shown(cell))
    return found
