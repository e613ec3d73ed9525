"""A trading company's own files as an SQL base, to hold our numbers against others that share no code with ours."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.shared_data import NORTHWIND, NORTHWIND_TABS


@pytest.fixture(scope="session")
def sql() -> Iterator[sqlite3.Connection]:
    """The company's tabs as our own workbooks name them."""
    with closing(_base(NORTHWIND_TABS)) as base:
        yield base


@pytest.fixture(scope="session")
def own_sql() -> Iterator[sqlite3.Connection]:
    """The company's tables as it named them itself."""
    with closing(_base(NORTHWIND)) as base:
        yield base


def _base(folder: Path) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            headings, *rows = csv.reader(file)
        columns = ", ".join(f'"{heading}"' for heading in headings)
        base.execute(f'CREATE TABLE "{path.stem}" ({columns})')
        base.executemany(f'INSERT INTO "{path.stem}" VALUES ({", ".join("?" * len(headings))})', rows)  # noqa: S608 - our own file's headings
    base.create_function("cents", 3, _cents, deterministic=True)
    return base


def _cents(quantity: str | None, price: str, discount: str) -> int | None:
    if quantity is None:
        return None
    exact = Decimal(quantity) * Decimal(price) * (1 - Decimal(discount)) * 100
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
