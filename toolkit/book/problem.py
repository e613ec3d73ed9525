"""A fault in the data as a value, whose text stands in words.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

HINTS: Final = frozenset(
    {
        "cliff",
        "code-guessable",
        "domain-near",
        "heading-near",
        "ladder-later",
        "ladder-order",
        "override-no-reason",
        "rate-falls",
        "return-too-much",
        "language-unknown",
        "no-emails",
        "product-unknown",
        "product-unknown-near",
        "same-name",
        "total-row",
        "weight-assumed",
    }
)
"""Codes that only advise; a person decides if anything is to be fixed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix.

    Args:
        tab: the tab's name as the team wrote it.
        cell: the address, such as "F4"; "" speaks of the whole tab.
        column: the heading as the team wrote it; "" where no column is meant.
        code: the name of its text in words.toml, [problems.CODE].
        values: the text's {slots}.
    """

    tab: str
    cell: str
    column: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Its place as people write it, such as Clients!F4."""
        return f"{self.tab}!{self.cell}" if self.cell else self.tab

    @property
    def row(self) -> int:
        """Its row, such as 4 for F4, or 0."""
        row = self.cell.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return int(row) if row else 0

    @property
    def is_hint(self) -> bool:
        """True if it only advises, so that no row needs fixing."""
        return self.code in HINTS
