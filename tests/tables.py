"""Tabs as the user typed them: a line a row, cells between bars."""

from toolkit.book.grid import Cell


def table(text: str) -> list[list[Cell]]:
    """A grid of texts; a cell that is left blank is ""."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]
