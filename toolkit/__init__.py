"""sheetclerk: the clerk in a small team's spreadsheet."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.app.commands.new_shop import make_shop
    from toolkit.app.factory import open_shop
    from toolkit.app.run import weekly_run
    from toolkit.app.run_report import RunReport
    from toolkit.app.shop import Shop
    from toolkit.clock import FixedClock
    from toolkit.errors import ToolkitError
    from toolkit.plan import Plan
    from toolkit.rules.loyalty.standing import Standing

_HOMES = {
    "FixedClock": "toolkit.clock",
    "Plan": "toolkit.plan",
    "RunReport": "toolkit.app.run_report",
    "Shop": "toolkit.app.shop",
    "Standing": "toolkit.rules.loyalty.standing",
    "ToolkitError": "toolkit.errors",
    "make_shop": "toolkit.app.commands.new_shop",
    "open_shop": "toolkit.app.factory",
    "weekly_run": "toolkit.app.run",
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
