"""What `number` prints: the clients without a number, and what came of them."""

import json
from collections.abc import Iterator, Mapping, Sequence

from toolkit.app.shop import Shop
from toolkit.book.filling import Filled, Filling
from toolkit.book.numbering import Unnumbered
from toolkit.report.sentences import many


def proposed_lines(shop: Shop, clients: Sequence[Unnumbered]) -> Iterator[str]:
    """Each cell that would be filled: its place, the number, and who stands beside it."""
    told = many(len(clients), "blank client number") if clients else "every client has a number"
    yield f"{shop.workbook.name}: {told}"
    yield from (f"  {one.filling.place}  {one.filling.text}  {one.who}" for one in clients)


def filled_lines(shop: Shop, clients: Sequence[Unnumbered], filled: Filled) -> Iterator[str]:
    """How many cells were filled, and each that was left, with the reason."""
    who = _who(clients)
    yield f"Filled {len(filled.done)} of {len(clients)} in {shop.workbook.name}."
    yield from (f"  left: {one.place}  {who[one.text]}: {why}" for one, why in filled.left)


def as_json(shop: Shop, clients: Sequence[Unnumbered], filled: Filled) -> str:
    """What `number --json` prints."""
    who = _who(clients)
    told = {
        "workbook": shop.workbook.name,
        "filled": [_cell(one, who) for one in filled.done],
        "left": [{**_cell(one, who), "why": why} for one, why in filled.left],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _who(clients: Sequence[Unnumbered]) -> Mapping[str, str]:
    return {one.filling.text: one.who for one in clients}


def _cell(one: Filling, who: Mapping[str, str]) -> dict[str, str]:
    return {"tab": one.tab, "cell": one.cell, "client": one.text, "who": who[one.text]}
