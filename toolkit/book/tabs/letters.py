"""The Letters tab, with texts that the owner approves."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Choice, ParseContext, ParseError, language, prose, shown, text
from toolkit.book.parse.suggest import nearest
from toolkit.book.tab import Column, Tab


@dataclass(frozen=True, slots=True)
class OwnersWords:
    """The owner's text of one letter in one language."""

    letter: str
    language: str
    row: int
    faults: frozenset[str] = frozenset()
    status: str = "draft"
    subject: str = ""
    words: str = ""

    @property
    def is_ready(self) -> bool:
        """True if the owner approved the text."""
        return self.status == "ready" and bool(self.words)

    @property
    def words_id(self) -> str:
        """A short hash of subject and text."""
        return sha256(f"{self.subject}\0{self.words}".encode()).hexdigest()[:16]


def letter_name(cell: Cell, context: ParseContext) -> str:
    """Return a letter's name, such as thank_you for Thank-you."""
    name = text(cell, context).casefold().replace(" ", "_").replace("-", "_")
    if context.letters and name not in context.letters:
        near = nearest(name, context.letters)
        raise ParseError("letter-unknown-near" if near else "letter-unknown", given=shown(cell), proposal=near)
    return name


LETTERS: Final = Tab(
    name="Letters",
    make=OwnersWords,
    columns=(
        Column("Letter", "letter", letter_name, vital=True, expected=True),
        Column("Language", "language", language, vital=True, expected=True),
        Column("Status", "status", Choice("draft", "ready", "stopped")),
        Column("Subject", "subject", text),
        Column("Words", "words", prose, expected=True),
    ),
)
