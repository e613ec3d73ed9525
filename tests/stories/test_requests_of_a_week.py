"""How often a week knocks at Google's door: the bench counts it at full size, this at a hundredth of it."""

from pathlib import Path

import pytest

from tests.bench.bench_google import is_sign_of_life, settings, tabs, week
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.server import SheetsServer
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL

BATCH = 10


def test_a_week_takes_four_reads_and_four_writes_beside_claims_and_signs_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SheetsServer() as server:
        monkeypatch.setenv(EMULATOR, server.url)
        monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path))
        server.account_file(tmp_path / USUAL)
        settings(tmp_path, made_of(server, tabs(100, 50)))
        server.forget()

        assert week(tmp_path) == 50

        claims = sum(seen.path.endswith(":append") for seen in server.seen)
        beats = sum(is_sign_of_life(body) for body in server.bodies)
        assert claims == 50 / BATCH
        assert server.count("read") - claims <= 4
        assert server.count("write") - claims - beats <= 4
        assert 1 <= beats <= 4, "50 letters at 20 a minute, half as long again by chance"
