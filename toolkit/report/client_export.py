"""The output of `export` and `forget`."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from toolkit.app.commands.forgetting import Forgotten, letters_to, refuse_stranger
from toolkit.app.desk import Desk
from toolkit.app.shop import Shop
from toolkit.book import ClientBook, Words
from toolkit.book.client_rows import RowAbout, rows_about
from toolkit.book.i18n import ENGLISH
from toolkit.book.recipient import is_same
from toolkit.channels.parts import parts_of
from toolkit.channels.status_text import render_remark
from toolkit.delivery.letter_record import LetterRecord
from toolkit.report.json_form import Money
from toolkit.report.sentences import plural


def export_as_json(shop: Shop, client: str) -> str:
    """Return everything known of a client as JSON.

    Raises:
        ConfigError: nothing is known of that number.
    """
    refuse_stranger(shop, client)
    export = {
        "client": client,
        "shop": shop.config.shop.name,
        "as_of": shop.today.isoformat(),
        "rows": [_row(row) for row in rows_about(shop.snapshot.tabs, shop.snapshot.reading, client)],
        "purchases": list(_purchases(shop.book, Money(shop.config.shop.currency, shop.config.shop.places), client)),
        "letters": list(_letters(shop.desk, client)),
        "stopped": [
            {"since": suppression.day.isoformat(), "why": suppression.why}
            for suppression in shop.desk.suppressions
            if is_same(suppression.client, client)
        ],
    }
    return json.dumps(export, ensure_ascii=False, indent=1)


def _row(row: RowAbout) -> dict[str, Any]:
    return {"tab": row.tab, "row": row.row, "cells": dict(row.cells)}


def _purchases(book: ClientBook, money: Money, client: str) -> Iterator[dict[str, Any]]:
    for line in book.purchases_by_client.get(client, ()):
        yield {
            "number": line.number,
            "date": line.date.isoformat(),
            "product": line.product,
            "quantity": f"{line.quantity:f}",
            "amount": money(line.amount),
            "status": line.status,
        }


def _letters(desk: Desk, client: str) -> Iterator[dict[str, Any]]:
    """Return every letter in the journal, rehearsals too."""
    words = desk.open_book.snapshot.reading.lexicon.words(ENGLISH)
    for mode, record in letters_to(desk, client):
        yield {**_letter(record, words), "text": parts_of(desk.outbox.journal.message(mode, record.key)).text}


def _letter(record: LetterRecord, words: Words) -> dict[str, Any]:
    return {
        "letter": record.header.campaign,
        "occasion": record.header.occurrence,
        "planned_on": record.planned_on.isoformat(),
        "state": str(record.state),
        "done_at": record.done_at.isoformat() if record.done_at else None,
        "channel": record.channel,
        "name": record.header.name,
        "address": record.header.route.address,
        "language": record.header.language,
        "subject": record.header.subject,
        "words": render_remark(record.words, words),
    }


def forgotten_lines(client: str, forgotten: Forgotten) -> Iterator[str]:
    """Return what was forgotten and what is still there."""
    letters = f"{plural(forgotten.letters, 'letter')} kept without name and text" if forgotten.letters else "no letters"
    yield f"{client} is forgotten: {letters}, and nothing will be sent there again."
    for tab, rows in groupby(forgotten.rows, key=attrgetter("tab")):
        yield f"  delete in {tab}: row {', '.join(str(row.row) for row in rows)}"
    yield from (f"  delete {path}" for path in forgotten.files)
    yield "Older copies of the workbook (backups/) and reports may name the client too."
