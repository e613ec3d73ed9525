"""A shop with another part, for a test whose channel or workbook is its own."""

from dataclasses import replace

from toolkit.app.desk import nothing_to_do
from toolkit.app.shop import Shop
from toolkit.channels.channel import Channel
from toolkit.sheets.workbook import Workbook


def with_channels(shop: Shop, *channels: Channel) -> Shop:
    """The shop with these channels only, which are ready on any computer."""
    return replace(shop, desk=replace(shop.desk, channels=channels, check_ready=nothing_to_do))


def with_workbook(shop: Shop, workbook: Workbook) -> Shop:
    """The shop with another door to the workbook that it has read."""
    open_book = replace(shop.open_book, workbook=workbook)
    return replace(shop, open_book=open_book, desk=replace(shop.desk, open_book=open_book))
