"""E-mail addresses in cells, held against the lists of others."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.book.book_desk import READING, refusal
from tests.shared_data import SHARED, needs_shared
from toolkit.book.parse.emails import email

CORPORA = SHARED / "corpora"


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("asha@example.com", "asha@example.com"),
        (" asha@example.com\n", "asha@example.com"),
        ("mailto:asha@example.com", "asha@example.com"),
        ("Asha.Juma@Example.COM", "Asha.Juma@example.com"),
        ("asha+shop@mail.example.co.ke", "asha+shop@mail.example.co.ke"),
        ("асель@example.com", "асель@example.com"),
    ],
)
def test_an_address_is_kept_as_it_will_be_used(cell: str, address: str) -> None:
    assert email(cell, READING) == address


@pytest.mark.parametrize(
    ("cell", "proposal"),
    [
        ("halima@gmail", "halima@gmail.com"),
        ("halima@Yandex", "halima@yandex.ru"),
        ("halima@duka", "halima@duka.com"),
    ],
)
def test_a_missing_dot_is_proposed(cell: str, proposal: str) -> None:
    assert refusal(email, cell) == ("email-no-dot", {"given": cell, "proposal": proposal})


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("halima", "email-no-at"),
        ("@gmail.com", "email-no-at"),
        ("halima@", "email-wrong"),
        ("a@b@example", "email-wrong"),
        ("a..b@example.com", "email-wrong"),
        ("halima@exa_mple.com", "email-wrong"),
        ("halima@duka.invalid", "email-wrong"),
        ("a@example.com, b@example.com", "email-many"),
        ("a@example.com;b@example.com", "email-many"),
        ("Halima <halima@example.com>", "email-many"),
        ("halima said@example.com", "email-many"),
    ],
)
def test_what_is_no_one_address_is_refused(cell: str, code: str) -> None:
    assert refusal(email, cell) == (code, {"given": " ".join(cell.split())})


def test_a_yes_or_a_number_is_no_address() -> None:
    assert refusal(email, True) == ("email-no-at", {"given": "yes"})  # noqa: FBT003 - a tick box
    assert refusal(email, 712345678.0) == ("email-no-at", {"given": "712345678"})


def is_taken(cell: str) -> bool:
    return refusal(email, cell)[0] == ""


def cases(name: str) -> list[Any]:
    path = CORPORA / "email-validator" / "syntax_cases.json"
    found: list[Any] = json.loads(path.read_text(encoding="utf-8"))[name]
    return found


@needs_shared
@pytest.mark.parametrize(
    ("name", "count"), [("test_email_invalid_syntax", 79), ("test_email_invalid_reserved_domain", 6)]
)
def test_no_address_that_cannot_be_is_taken(name: str, count: int) -> None:
    addresses = [one if isinstance(one, str) else one[0] for one in cases(name)]
    assert len(addresses) == count
    assert [one for one in addresses if is_taken(one) and one == one.strip()] == []


@needs_shared
def test_spaces_and_line_ends_around_an_address_are_dropped_and_nothing_else_is_mended() -> None:
    addresses = [one for one, _ in cases("test_email_invalid_syntax") if is_taken(one)]
    assert [(one, email(one, READING)) for one in addresses] == [
        ("my@example.com\n", "my@example.com"),
        ("\nmy@example.com", "my@example.com"),
    ]


@needs_shared
def test_every_address_that_can_be_and_needs_no_quotes_is_taken() -> None:
    valid = [address for address, _ in (*cases("test_email_valid"), *cases("test_email_valid_intl_local_part"))]
    plain = [one for one in valid if not re.search('[<"]', one)]
    assert (len(valid), len(plain)) == (27, 19)
    assert [one for one in plain if not is_taken(one)] == []


@needs_shared
def test_no_address_that_the_long_list_calls_an_error_is_taken() -> None:
    """Its warnings are of quotes, comments and missing dots that RFC 5322 allows and no shop needs."""
    tests = ET.parse(CORPORA / "isemail" / "tests-original.xml").getroot().findall("test")  # noqa: S314 - our own copy
    wrong = [
        _with_controls(one.findtext("address") or "") for one in tests if one.findtext("category") == "ISEMAIL_ERR"
    ]
    assert (len(tests), len(wrong)) == (279, 88)
    assert [one for one in wrong if is_taken(one) and one == one.strip()] == []


def _with_controls(address: str) -> str:
    return re.sub("[\u2400-\u241f]", lambda found: chr(ord(found[0]) - 0x2400), address)
