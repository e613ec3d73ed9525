"""The Awards tab, with gifts for the best of the staff."""

from dataclasses import dataclass
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.amounts import sum_of_money
from toolkit.book.parse.cells import Choice, ParseContext, ParseError, shown, text
from toolkit.book.tab import Column, Tab


@dataclass(frozen=True, slots=True)
class Award:
    """One gift, with its value in minor units."""

    award: str
    kind: str
    row: int
    faults: frozenset[str] = frozenset()
    value: int | None = None


class Gift(Choice):
    """A kind of gift that is not too personal for work."""

    EXCLUDED: Final = ("personal", "clothing", "jewellery")

    def __call__(self, cell: Cell, context: ParseContext) -> str:
        """Return the kind that the cell means."""
        if (named := context.lexicon.meant(shown(cell), self.EXCLUDED)) is not None:
            raise ParseError("award-excluded", given=named, options=", ".join(self.options))
        return super().__call__(cell, context)


AWARDS: Final = Tab(
    name="Awards",
    make=Award,
    columns=(
        Column("Award", "award", text, vital=True, expected=True),
        Column("Kind", "kind", Gift("appliance", "certificate", "ticket"), vital=True, expected=True),
        Column("Value", "value", sum_of_money),
    ),
)
