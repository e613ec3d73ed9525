"""What `export` and `forget` print: all that is known of one client."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from toolkit.app.commands.forgetting import Forgotten, letters_to, refuse_stranger
from toolkit.app.shop import Shop
from toolkit.book.client_rows import RowAbout, rows_about
from toolkit.book.i18n import ENGLISH
from toolkit.book.recipient import is_same
from toolkit.channels.parts import parts_of
from toolkit.channels.status_text import render_remark
from toolkit.delivery.letter_record import LetterRecord
from toolkit.report.json_form import Money


def known_as_json(shop: Shop, client: str) -> str:
    """All that is known of one client, as one JSON object with stable keys.

    Raises:
        ConfigError: nothing is known of that number.
    """
    refuse_stranger(shop, client)
    known = {
        "client": client,
        "shop": shop.config.shop.name,
        "as_of": shop.today.isoformat(),
        "rows": [_row(one) for one in rows_about(shop.tabs, shop.reading, client)],
        "purchases": list(_purchases(shop, client)),
        "letters": list(_letters(shop, client)),
        "stopped": [
            {"since": one.day.isoformat(), "why": one.why} for one in shop.suppressions if is_same(one.client, client)
        ],
    }
    return json.dumps(known, ensure_ascii=False, indent=1)


def _row(one: RowAbout) -> dict[str, Any]:
    return {"tab": one.tab, "row": one.row, "cells": dict(one.cells)}


def _purchases(shop: Shop, client: str) -> Iterator[dict[str, Any]]:
    money = Money(shop.config.shop.currency, shop.config.shop.places)
    for one in shop.book.purchases_by_client.get(client, ()):
        yield {
            "number": one.number,
            "date": one.date.isoformat(),
            "product": one.product,
            "quantity": f"{one.quantity:f}",
            "amount": money(one.amount),
            "status": one.status,
        }


def _letters(shop: Shop, client: str) -> Iterator[dict[str, Any]]:
    """Every letter in the journal, rehearsals too; its text as long as its bytes are kept."""
    for mode, one in letters_to(shop, client):
        yield {**_letter(one, shop), "text": parts_of(shop.outbox.journal.message(mode, one.key)).text}


def _letter(one: LetterRecord, shop: Shop) -> dict[str, Any]:
    return {
        "letter": one.header.campaign,
        "occasion": one.header.occurrence,
        "planned_on": one.planned_on.isoformat(),
        "state": str(one.state),
        "done_at": one.done_at.isoformat() if one.done_at else None,
        "channel": one.channel,
        "name": one.header.name,
        "address": one.header.route.address,
        "language": one.header.language,
        "subject": one.header.subject,
        "words": render_remark(one.words, shop.texts.lexicon.words(ENGLISH)),
    }


def forgotten_lines(client: str, done: Forgotten) -> Iterator[str]:
    """What was forgotten, and what a person has to delete."""
    yield f"{client} is forgotten: {done.letters} letters are known by their keys only; nothing goes there any more."
    for tab, rows in groupby(done.rows, key=attrgetter("tab")):
        yield f"  delete in {tab}: row {', '.join(str(one.row) for one in rows)}"
    yield from (f"  delete {path}" for path in done.files)
    yield "Earlier versions of the workbook (backups/) and reports may name the client too."
