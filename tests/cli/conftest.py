"""The command line in the example shop, for rooms that need no other one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import main
from toolkit.wiring import make_shop

Run = Callable[..., Result]


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in the example shop as it stands in its story, which never ran."""
    make_shop(tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    return lambda *words: CliRunner().invoke(main, words)
