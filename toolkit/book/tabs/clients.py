"""The Clients tab, with how each client wants to be written to."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Choice, ParseContext, ParseError, country, language, prose, text, yes_no
from toolkit.book.parse.dates import day, past_day
from toolkit.book.parse.emails import email
from toolkit.book.parse.phones import phone
from toolkit.book.recipient import is_staff
from toolkit.book.tab import Column, Tab

LOOK_UPS: Final = ("Tier", "Spent", "To next tier", "Points", "Discount", "Satisfaction", "Check")
"""Our grey columns beside each client, laid once as look-ups into the Standing tab."""


@dataclass(frozen=True, slots=True)
class Client:
    """One client.

    Args:
        number: the client number; never a row number.
        row: counted from 1, for problems only.
        faults: fields of this row that could not be read.
        consent: the Letters column; None is no consent.
        first_name_ok: True if the client allowed the first name.
        country: two letters.
        phone: E.164.
        shares_with: numbers of clients with whom this one shares a phone or an address on purpose, as a couple does.
        phone_as_written: the text of a Phone cell that is no number of its country. A person may still dial it.
    """

    number: str
    row: int
    faults: frozenset[str] = frozenset()
    name: str = ""
    first_name: str = ""
    surname: str = ""
    call_them: str = ""
    salutation: str = ""
    first_name_ok: bool = False
    company: str = ""
    email: str = ""
    phone: str = ""
    phone_as_written: str = ""
    address: str = ""
    country: str = ""
    language: str = ""
    prefers: str = ""
    consent: bool | None = None
    consent_date: date | None = None
    consent_source: str = ""
    birthday: date | None = None
    first_met: date | None = None
    manager: str = ""
    segment: str = ""
    likes: str = ""
    family_and_notes: str = ""
    referred_by: str = ""
    shares_with: tuple[str, ...] = ()
    status: str = ""
    tier_override: str = ""
    override_reason: str = ""
    override_until: date | None = None

    @property
    def reader_no(self) -> str:
        """The client number, as letters name this client."""
        return self.number


def client_number(cell: Cell, context: ParseContext) -> str:
    """Return a client number, which never looks like a staff member's."""
    number = text(cell, context)
    if is_staff(number):
        raise ParseError("number-of-staff", given=number)
    return number


def client_numbers(cell: Cell, context: ParseContext) -> tuple[str, ...]:
    """Return one client number or several, separated by commas."""
    return tuple(number for part in re.split("[,;]", text(cell, context)) if (number := part.strip()))


CLIENTS: Final = Tab(
    name="Clients",
    key="number",
    make=Client,
    ours=LOOK_UPS,
    columns=(
        Column("Client no.", "number", client_number, vital=True, expected=True),
        Column("Name", "name", text, expected=True),
        Column("First name", "first_name", text),
        Column("Surname", "surname", text),
        Column("Call them", "call_them", text),
        Column("Salutation", "salutation", text),
        Column("First name ok", "first_name_ok", yes_no),
        Column("Company", "company", text),
        Column("Email", "email", email),
        Column("Country", "country", country),
        Column("Phone", "phone", phone, region_from="country", as_written="phone_as_written"),
        Column("Address", "address", prose),
        Column("Language", "language", language),
        Column("Prefers", "prefers", Choice("email", "phone", "post", "chat")),
        Column("Letters", "consent", yes_no),
        Column("Consent date", "consent_date", past_day),
        Column("Consent source", "consent_source", text),
        Column("Birthday", "birthday", past_day),
        Column("First met", "first_met", past_day),
        Column("Manager", "manager", text),
        Column("Segment", "segment", text),
        Column("Likes", "likes", prose),
        Column("Family and notes", "family_and_notes", prose),
        Column("Referred by", "referred_by", text),
        Column("Shares with", "shares_with", client_numbers),
        Column("Status", "status", text),
        Column("Tier override", "tier_override", text),
        Column("Override reason", "override_reason", text),
        Column("Override until", "override_until", day),
    ),
)
