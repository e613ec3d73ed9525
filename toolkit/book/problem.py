"""A fault in the data is a value: where it stands and what it is; its words stand in words.toml."""

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
"""Codes that only advise: it is for a person to say whether anything is to be mended."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Args:
        tab: the tab's name as the team wrote it.
        cell: the address, such as "F4"; "" speaks of the whole tab.
        column: the heading as the team wrote it; "" where no column is meant.
        code: names the sentence in words.toml, [problems.CODE].
        values: what the sentence's {slots} are filled with.
    """

    tab: str
    cell: str
    column: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands, as people write it: Clients!F4."""
        return f"{self.tab}!{self.cell}" if self.cell else self.tab

    @property
    def row(self) -> int:
        """The row in which it stands, counted from 1: 4 for F4; 0 where it speaks of no row."""
        first = self.cell.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return int(first) if first else 0

    @property
    def is_hint(self) -> bool:
        """Whether it only advises, so that no row needs mending."""
        return self.code in HINTS
