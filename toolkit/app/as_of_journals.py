"""Journals of runs for another day, which are kept for a month."""

from datetime import UTC, datetime, timedelta
from typing import Final

from toolkit.app.shop import Shop

KEPT: Final = timedelta(days=30)


def forget_other_days(shop: Shop) -> None:
    """Delete the journals of other days that nobody has used for a month: addresses and letters lie in them."""
    for path in shop.data.glob("as-of-*.sqlite3*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < shop.clock.now() - KEPT:
            path.unlink(missing_ok=True)
