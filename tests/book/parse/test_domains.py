"""Domains that are probably not meant."""

import pytest

from toolkit.book.parse.domains import COMMON, Domains, domain_of


def odd(domain: str, *base: str) -> tuple[str, str] | None:
    return Domains([f"a{at}@{one}" for at, one in enumerate((*base, domain))]).suspicion(domain)


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("yaho.com", "yahoo.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmeil.con", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("yandx.ru", "yandex.ru"),
    ],
)
def test_a_slip_in_a_common_domain_is_told(domain: str, meant: str) -> None:
    assert odd(domain) == ("domain-near", meant)


@pytest.mark.parametrize("domain", [*sorted(COMMON), "yahoo.de", "mail.ug", "hotmail.se", "duka.co.ke", "x.io"])
def test_a_domain_of_its_own_is_not_told(domain: str) -> None:
    assert odd(domain) is None


def test_a_domain_that_many_clients_share_is_known_and_a_slip_in_it_is_told() -> None:
    assert odd("safari-tour.co.ke", *["safari-tours.co.ke"] * 5) == ("domain-near", "safari-tours.co.ke")
    assert odd("safari-tour.co.ke", *["safari-tours.co.ke"] * 4) is None


def test_what_several_clients_write_alike_is_no_slip() -> None:
    assert odd("gmial.com", "gmial.com") == ("domain-near", "gmail.com")
    assert odd("gmial.com", "gmial.com", "gmial.com") is None


def test_between_two_that_are_as_near_nobody_is_proposed() -> None:
    assert odd("gmx.dt", *["gmx.dk"] * 5) is None


def test_letters_of_another_alphabet_are_told_with_the_latin_ones() -> None:
    assert odd("gmаil.com") == ("email-look-alike", "gmail.com")
    assert odd("почта.рф") is None


def test_the_domain_of_an_address_is_in_small_letters() -> None:
    assert domain_of("Asha@Example.COM") == "example.com"
