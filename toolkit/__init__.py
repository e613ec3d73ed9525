"""sheetclerk: the clerk in a small team's spreadsheet."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.clock import FixedClock
    from toolkit.errors import ToolkitError
    from toolkit.plan import Plan
    from toolkit.rules.standing import Standing
    from toolkit.shop import Shop
    from toolkit.weekly import RunReport, weekly_run
    from toolkit.wiring import make_shop, open_shop

_HOMES = {
    "FixedClock": "toolkit.clock",
    "Plan": "toolkit.plan",
    "RunReport": "toolkit.weekly",
    "Shop": "toolkit.shop",
    "Standing": "toolkit.rules.standing",
    "ToolkitError": "toolkit.errors",
    "make_shop": "toolkit.wiring",
    "open_shop": "toolkit.wiring",
    "weekly_run": "toolkit.weekly",
}

__all__ = [
    "FixedClock",
    "Plan",
    "RunReport",
    "Shop",
    "Standing",
    "ToolkitError",
    "make_shop",
    "open_shop",
    "weekly_run",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
