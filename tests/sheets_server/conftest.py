from collections.abc import Iterator

import gspread
import pytest

from tests.sheets_server.clients import signed_in
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def google(server: SheetsServer) -> Iterator[gspread.Client]:
    with signed_in(server) as client:
        yield client
