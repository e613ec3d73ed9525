"""From settings to an open shop: the only place that chooses."""

from toolkit.wiring.new_shop import make_shop
from toolkit.wiring.opening import ladder_in, open_shop

__all__ = ["ladder_in", "make_shop", "open_shop"]
