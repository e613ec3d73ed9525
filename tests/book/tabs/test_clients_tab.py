"""Clients are held against staff and one another."""

from tests.book.book_desk import read, told

STAFF = "Staff no. | Name\nS1 | Ann Lee"


def test_a_manager_is_one_of_the_staff() -> None:
    clients = """
        Client no. | Name   | Email         | Manager
        C001       | Asha   | a@example.com | Ann
        C002       | Hassan | h@example.com | An Lee
        C003       | Halima | i@example.com | Zzz
        """
    assert told(read(Clients=clients, Staff=STAFF)[1]) == [
        ("Clients!D3", "staff-unknown-near"),
        ("Clients!D4", "staff-unknown"),
    ]
    assert told(read(Clients=clients)[1]) == []


def test_no_client_number_begins_as_the_numbers_of_the_staff_do() -> None:
    book, problems = read(
        Clients="Client no. | Name | Email\nstaff:S1 | Asha | a@example.com\nS1 | Ben | b@example.com"
    )
    assert [client.number for client in book.clients] == ["S1"]
    assert told(problems) == [("Clients!A2", "number-of-staff")]


def test_who_referred_a_client_is_a_client() -> None:
    _, problems = read(
        Clients="""
        Client no. | Name   | Email         | Referred by
        C001       | Asha   | a@example.com | C002
        C002       | Hassan | h@example.com | C0O1
        C003       | Halima | i@example.com | a friend
        """
    )
    assert [(one.place, one.values["proposal"]) for one in problems] == [("Clients!D3", "C001"), ("Clients!D4", "")]
    assert {one.code.removesuffix("-near") for one in problems} == {"referrer-unknown"}


def test_an_address_or_a_phone_that_two_clients_share_is_a_problem_at_the_second() -> None:
    _, problems = read(
        Clients="""
        Client no. | Name   | Email         | Phone
        C001       | Asha   | a@example.com | 0712 345678
        C002       | Hassan | A@example.com | 0722 345678
        C003       | Halima |               | +254712345678
        C004       | Zoe    |               |
        """
    )
    assert [(one.place, one.code, one.values, one.is_hint) for one in problems] == [
        ("Clients!C3", "same-address", {"given": "a@example.com", "other": "C001"}, False),
        ("Clients!D4", "same-phone", {"given": "+254712345678", "other": "C001"}, False),
    ]


def test_a_phone_or_an_address_that_is_shared_on_purpose_is_no_problem() -> None:
    book, problems = read(
        Clients="""
        Client no. | Name   | Email         | Phone       | Shares with
        C001       | Asha   | a@example.com | 0712 345678 | C003, C004
        C002       | Hassan | a@example.com |             | C001
        C003       | Halima |               | 0712 345678 |
        C004       | Zoe    | a@example.com | 0712 345678 |
        C005       | Juma   |               | 0712 345678 | ,
        """
    )
    assert told(problems) == [("Clients!D6", "same-phone")]
    assert book.clients[0].shares_with == ("C003", "C004")


def test_whoever_something_is_shared_with_is_a_client() -> None:
    _, problems = read(
        Clients="""
        Client no. | Name   | Phone       | Shares with
        C001       | Asha   | 0712 345678 |
        C002       | Hassan | 0712 345678 | C0O1; my wife
        """
    )
    assert [(one.place, one.code, one.values["proposal"]) for one in problems if one.column == "Shares with"] == [
        ("Clients!D3", "referrer-unknown-near", "C001"),
        ("Clients!D3", "referrer-unknown", ""),
    ]


def test_a_book_without_any_address_says_so_once() -> None:
    _, problems = read(Clients="Client no. | Name\nC001 | Asha\nC002 | Hassan")
    assert [(one.place, one.code, one.is_hint) for one in problems] == [("Clients", "no-emails", True)]


def test_an_address_that_cannot_be_is_an_address_all_the_same() -> None:
    assert told(read(Clients="Client no. | Name | Email\nC001 | Asha | asha")[1]) == [("Clients!C2", "email-no-at")]
    assert told(read(Clients="Client no. | Name\n")[1]) == []


def test_a_blank_letters_cell_is_no_answer() -> None:
    book, _ = read(Clients="Client no. | Name | Letters\nC001 | A | yes\nC002 | B | no\nC003 | C |\nC004 | D | maybe")
    assert [one.consent for one in book.clients] == [True, False, None, None]
    assert book.clients[3].faults == {"consent"}
