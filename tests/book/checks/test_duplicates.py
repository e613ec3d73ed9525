"""Clients who may be one, and addresses that are probably not meant."""

from tests.book.book_desk import read


def odd(clients: str) -> list[tuple[str, str, bool]]:
    return [(one.place, one.code, one.is_hint) for one in read(Clients=clients)[1]]


def test_the_same_name_is_a_hint_where_nothing_tells_the_two_apart() -> None:
    assert odd(
        """
        Client no. | Name      | Email
        C001       | Asha Juma | a@example.com
        C002       | juma Asha |
        """
    ) == [("Clients!B3", "same-name", True)]


def test_the_same_name_with_other_addresses_or_birthdays_is_two_people() -> None:
    assert (
        odd(
            """
        Client no. | Name      | Email         | Birthday
        C001       | Asha Juma | a@example.com | 1990-01-02
        C002       | Asha Juma | b@example.com |
        C003       | Asha Juma |               | 1991-01-02
        """
        )
        == []
    )


def test_a_shared_address_is_told_once_and_not_with_the_name_too() -> None:
    assert odd(
        """
        Client no. | Name      | Email
        C001       | Asha Juma | a@example.com
        C002       | Asha Juma | a@example.com
        """
    ) == [("Clients!C3", "same-address", False)]


def test_odd_domains_are_told_with_the_address_that_is_probably_meant() -> None:
    book, problems = read(
        Clients="""
        Client no. | Name   | Email
        C001       | Asha   | asha@gmial.com
        C002       | Hassan | hassan@gmаil.com
        C003       | Halima | halima@gmail.com
        """
    )
    assert [one.email for one in book.clients][::2] == ["asha@gmial.com", "halima@gmail.com"]
    assert [(one.place, one.code, one.values["proposal"], one.is_hint) for one in problems] == [
        ("Clients!C3", "email-look-alike", "hassan@gmail.com", False),
        ("Clients!C2", "domain-near", "asha@gmail.com", True),
    ]
