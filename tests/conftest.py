"""What every test stands on: a data folder of its own, and no hurry for made-up examples."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mail.authority import Authority
    from tests.mail.post_office import PostOffice

BUSY_MACHINE = [HealthCheck.too_slow]
"""How long examples take says nothing about the code where other work shares the processor."""

settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=BUSY_MACHINE)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Long forms of the tests that wear things out; their short forms run always."""
    parser.addoption("--kills", type=int, default=25, help="how often tests/crash kills a run that sends mail")
    parser.addoption("--cuts", type=int, default=30, help="how many lines tests/crash cuts after a letter was taken")
    parser.addoption("--laptop-rounds", type=int, default=6, help="how many rounds two laptops run on one sheet")
    parser.addoption("--write-backs", type=int, default=40, help="how many times people work between our requests")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journals and locks of a test never lie in the user's own folder."""
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> "Authority":
    """A certificate authority that only tests trust."""
    from tests.mail.authority import Authority  # noqa: PLC0415 - only mail needs it

    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def office(authority: "Authority") -> "Iterator[PostOffice]":
    """A mail server on this computer that the tests' authority vouches for."""
    from tests.mail.post_office import PostOffice  # noqa: PLC0415 - only mail needs it

    with PostOffice(authority.server()) as office:
        yield office
