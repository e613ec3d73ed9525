"""Where the real data lies beside the repository, and the mark for tests that need it."""

from pathlib import Path
from typing import Final

import pytest

SHARED: Final = Path(__file__).parents[1].parent / "shared" / "data"
NORTHWIND: Final = SHARED / "northwind"
NORTHWIND_TABS: Final = SHARED / "northwind-tabs"

needs_shared: Final = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real data of ../shared/data is not on this computer"
)
