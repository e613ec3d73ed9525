"""What a new workbook is made of."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from toolkit.book.grid import Cell

Kind: TypeAlias = Literal["text", "number", "date", "share", "money"]
"""How a column's cells look and what typed text becomes."""


@dataclass(frozen=True, slots=True)
class NewColumn:
    """One column of a new tab.

    Args:
        heading: row 1.
        kind: how its cells look.
        ours: whether the heading is grey, since we fill the column.
        choices: what its drop-down offers; another value is warned of, not refused. No commas, at most 255 characters.
        width: in characters; 0 fits it to what stands there.
        lookup: for a look-up column, the column of the Standing tab that it shows, counted from 1; else None.
    """

    heading: str
    kind: Kind = "text"
    ours: bool = False
    choices: tuple[str, ...] = ()
    width: int = 0
    lookup: int | None = None


@dataclass(frozen=True, slots=True)
class NewTab:
    """One tab of a new workbook.

    Args:
        name: the tab's name.
        columns: its columns from A on.
        rows: its rows from row 2 on. Text in a column of another kind becomes a number, a day or a share where it reads
            as one and stays text where it does not. What stands in a look-up column is passed over.
        ours: whether the whole tab is ours: grey and protected.
    """

    name: str
    columns: tuple[NewColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    ours: bool = False
