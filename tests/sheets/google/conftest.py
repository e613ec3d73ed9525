"""The Sheets server that every test of the Google door talks to."""

from collections.abc import Iterator

import pytest

from tests.sheets.google.sheet_desk import Waiting
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as running:
        yield running


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()
