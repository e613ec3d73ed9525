"""gspread signed in at the test server with a real key."""

from collections.abc import Iterator
from contextlib import contextmanager

import gspread

from tests.sheets_server.server import SheetsServer

GOOGLE = ("https://sheets.googleapis.com", "https://www.googleapis.com")


@contextmanager
def signed_in(server: SheetsServer) -> Iterator[gspread.Client]:
    """A client of gspread's own, whose requests for Google go to the server."""
    client = gspread.service_account_from_dict(server.account())
    session = client.http_client.session
    for host in GOOGLE:
        session.mount(host, server.detour())
    try:
        yield client
    finally:
        session.close()
