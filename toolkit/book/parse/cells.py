"""Text, choices, countries and languages in cells.

A parser takes a cell that is not blank and returns its value, None where the cell says that there is none, or raises
ParseError. Only rows.py catches that and makes it a Problem.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeAlias, TypeGuard

from toolkit.book.grid import Cell, Grid
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.mapping import Mapped
from toolkit.book.parse.numerals import ENGLISH, Numerals
from toolkit.book.parse.suggest import nearest

UNWORKED: Final = "#NOT_WORKED_OUT"
"""What our readers put where a formula has no result, since the program that wrote the file never calculated it."""

# openpyxl and exports of shop systems write formulas without cached results; Excel fills them in when it saves.

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
"""What Excel, LibreOffice (Err:) and Google Sheets (#ERROR!) show where a formula has no result."""

NONE: Final = "none"
"""The choice that says that there is nothing to write."""

HIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and marks that reverse the order of letters; tabs and line ends are not among them."""


class ParseError(Exception):
    """A cell that does not say what its column asks for."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class ParseContext:
    """The settings and words by which cells are parsed.

    Args:
        decimals: the minor digits of the shop's currency: 2.
        region: the country whose phones need no +, two letters; "" where none is known.
        lexicon: headings and choices in every language.
        region_of: finds the two letters of a country named in any of our languages, or "".
        mapped: what the team calls our tabs and fields, by our tab's slug: clients, bonus_bands.
        today: the day of reading; what holds only later is pointed out.
        own_currency: words and marks of the shop's currency, folded: kes, ksh. Empty takes any short word.
        foreign: words and marks of other currencies than the shop's, folded: usd, $.
        numerals: how numbers are written in the shop's locale.
        starter: tables of the settings that stand for tabs which the workbook lacks, by our tab's slug.
        latest: the last plausible day for what has happened already.
        languages: the languages that there are letters in, as people write them, by that word folded: kiswahili, sw.
            Empty takes any.
        letters: the names of all letters. Empty takes any.
    """

    decimals: int = 2
    region: str = ""
    lexicon: Lexicon = field(default_factory=Lexicon)
    region_of: Callable[[str], str] = str.upper
    mapped: Mapping[str, Mapped] = field(default_factory=dict)
    today: date = date.max
    own_currency: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    numerals: Numerals = ENGLISH
    starter: Mapping[str, Grid] = field(default_factory=dict)
    latest: date = date.max
    languages: Mapping[str, str] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()


CellParser: TypeAlias = Callable[[Cell, ParseContext], object]


def is_blank(cell: Cell) -> bool:
    """True if a person would see nothing in the cell."""
    # Web pages and Word leave non-breaking spaces (U+00A0), zero-width spaces and byte order marks in pasted cells.
    return cell is None or (isinstance(cell, str) and not (cell if cell.isprintable() else _visible(cell)).strip())


def is_error(cell: Cell) -> bool:
    """True if a formula shows an error, such as #REF!."""
    return isinstance(cell, str) and cell in ERRORS


def says_none(cell: Cell, context: ParseContext) -> bool:
    """True if the cell says that there is none, as in n/a."""
    return isinstance(cell, str) and context.lexicon.meant(shown(cell), (NONE,)) is not None


def has_hidden(text: str) -> bool:
    """True if the text holds control characters."""
    return not text.isprintable() and HIDDEN.search(text) is not None


def _is_plain(cell: Cell) -> TypeGuard[str]:
    """True if a cell is printable ASCII text, which needs no closer look."""
    return isinstance(cell, str) and cell.isascii() and cell.isprintable()


def _visible(text: str) -> str:
    """Return text without control and zero-width characters."""
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() else c for c in text if c.isprintable() or c.isspace())


def shown(cell: Cell) -> str:
    """Return a cell as people see it, on one line."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    # xlsx and Google's UNFORMATTED_VALUE keep every number as a double: a client number 7 arrives as 7.0.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return " ".join(str(cell).split())


def text(cell: Cell, _: ParseContext) -> str:
    """Return text on one line, in composed form, without control characters."""
    if _is_plain(cell):
        return " ".join(cell.split())
    return _visible(unicodedata.normalize("NFC", shown(cell))).strip()


def prose(cell: Cell, _: ParseContext) -> str:
    """Return text that may take several lines."""
    if _is_plain(cell):
        return cell.strip()
    written = cell if isinstance(cell, str) else shown(cell)
    lines = unicodedata.normalize("NFC", written).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_visible(line).rstrip() for line in lines).strip()


class Choice:
    """A parser of options in any of our languages.

    Args:
        options: those that it takes.
        later: options that are known but not built yet, and refused by name.
    """

    def __init__(self, *options: str, later: tuple[str, ...] = ()) -> None:
        self.options = options
        self._later = later

    def __call__(self, cell: Cell, context: ParseContext) -> str:
        """Return the option that the cell means."""
        written = shown(cell)
        meant = context.lexicon.meant(written, self.options)
        if meant is not None:
            return meant
        if (named := context.lexicon.meant(written, self._later)) is not None:
            raise ParseError("not-built", given=named, options=", ".join(self.options))
        near = nearest(written, context.lexicon.spellings(self.options))
        code = "not-a-choice-near" if near else "not-a-choice"
        raise ParseError(code, given=written, proposal=near, options=", ".join(self.options))


def yes_no(cell: Cell, context: ParseContext) -> bool:
    """Return True for yes or a ticked box."""
    return YES_OR_NO(cell, context) == "yes"


YES_OR_NO: Final = Choice("yes", "no")


def country(cell: Cell, context: ParseContext) -> str:
    """Return the two letters of a country by name or code."""
    region = context.region_of(shown(cell))
    if not region:
        raise ParseError("not-a-country", given=shown(cell))
    return region


def language(cell: Cell, context: ParseContext) -> str:
    """Return a known language as it was written."""
    written = text(cell, context)
    if context.languages and not {plain(written), code_of(written)} & context.languages.keys():
        near = nearest(written, context.languages.values())
        raise ParseError("language-unknown-near" if near else "language-unknown", given=written, proposal=near)
    return written


def code_of(written: str) -> str:
    """Return the language of a code, such as sw for sw-KE."""
    return plain(written).replace("_", "-").split("-")[0]
