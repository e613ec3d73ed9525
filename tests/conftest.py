"""What every test stands on: a data folder of its own, and no hurry for made-up examples."""

import pytest
from hypothesis import HealthCheck, settings

BUSY_MACHINE = [HealthCheck.too_slow]
"""How long examples take says nothing about the code where other work shares the processor."""

settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=BUSY_MACHINE)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journals and locks of a test never lie in the user's own folder."""
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path_factory.mktemp("data")))
