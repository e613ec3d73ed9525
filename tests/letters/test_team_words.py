"""A letter to the team: its own fields are filled, those of a client are blank, and the other way round."""

from dataclasses import replace
from datetime import date

import pytest

from tests.letters.letter_desk import SHOP, a_file, a_writer, decided_on, files, layout, lexicon
from tests.rules_desk import book
from toolkit.book.tabs.staff import StaffMember
from toolkit.campaigns.occasion import Held, Praise, TeamOccasion
from toolkit.letters.letter import Letter
from toolkit.letters.writer import TemplateTexts, Writer
from toolkit.rules.bonuses.awards import best_of
from toolkit.rules.bonuses.monthly import Bonuses
from toolkit.rules.bonuses.rulebook import Usual

OCTOBER, DECEMBER = date(2026, 10, 1), date(2026, 12, 3)
BOOK = book(
    Clients="Client no. | Name\nC1 | Asha",
    Staff="Staff no. | Name | Scheme\nS1 | Ann <b> Otieno | sales\nS2 | Ben | sales",
    Products="Product | Name | Weight\nT | Tea {{ 7 }} | 1.5",
    Schemes="Scheme | Pays | Method\nsales | bands | slice",
    Bonus_bands="From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 10 %",
    Awards="Award | Kind\nKettle | appliance\nTicket | ticket",
    Purchases="""
        Purchase no. | Date       | Client no. | Product | Amount | Staff
        P1           | 2026-10-02 | C1         | T       | 100    | S1
        P2           | 2026-10-03 | C1         | T       | 60     | S1
        """,
)
MONTH = Bonuses(BOOK, Usual(), DECEMBER).month(OCTOBER)
ANN = StaffMember("S1", 2, name="Ann <b> Otieno", email="ann@example.com", language="en")
STATEMENT = TeamOccasion("bonus_statement", ANN, "2026-10", DECEMBER, bonus=replace(MONTH[0], approved_on=DECEMBER))
PRAISE = TeamOccasion("best_of_month", ANN, "2026-10", DECEMBER, praise=Praise(OCTOBER, best_of(MONTH, 2)[0], 2))


def a_team_writer(body: str = "", letter: str = "bonus_statement") -> Writer:
    texts = {("en", letter): a_file(body)} if body else files()
    return Writer(SHOP, TemplateTexts(texts, layout(), lexicon()), BOOK)


def written(occasion: TeamOccasion, body: str = "") -> Letter:
    decided = a_team_writer(body, occasion.campaign).write_to_staff(occasion)
    assert isinstance(decided, Letter), decided
    return decided


@pytest.mark.parametrize("language", ["en", "sw", "ky", "ru"])
@pytest.mark.parametrize("occasion", [STATEMENT, PRAISE])
def test_every_language_has_its_words(occasion: TeamOccasion, language: str) -> None:
    letter = written(replace(occasion, member=replace(ANN, language=language)))
    assert (letter.header.language, letter.header.client, letter.header.route.address) == (
        language,
        "staff:S1",
        "ann@example.com",
    )
    assert not letter.header.promotional
    assert "{" not in letter.header.subject
    assert "240" in letter.text.replace("\N{NO-BREAK SPACE}", "")


def test_the_statement_shows_each_line_and_the_sum_in_both_parts() -> None:
    letter = written(STATEMENT)
    page = letter.html.replace("\N{NO-BREAK SPACE}", " ")
    assert "2026-10-02 · P1 · Tea { 7 }" not in page
    for said in ("2026-10-02 · P1 · Tea {{ 7 }}", "Paid 100.00 · Weight 1.5 · Share 100%", "150.00", "Total", "KES"):
        assert said in page.replace("Ksh", "KES"), said
    for said in ("2026-10-02", "Tea {{ 7 }}", "240.00", "Bonus for October 2026: Ksh\N{NO-BREAK SPACE}24"):
        assert said in letter.text, said


def test_what_a_cell_says_is_text_in_the_page() -> None:
    assert "Ann &lt;b&gt; Otieno" in written(STATEMENT).html
    assert "Ann <b> Otieno" in written(STATEMENT).text


def test_the_praise_names_the_gifts_to_choose_from() -> None:
    assert "Gifts to choose from: Kettle, Ticket." in written(PRAISE).text


def test_the_foot_says_why_and_offers_no_stop() -> None:
    letter = written(PRAISE)
    assert letter.text.endswith("You're getting this letter because you work with us.\n")
    assert "STOP" not in letter.html


def test_one_letter_has_one_key_and_none_of_a_client() -> None:
    keys = {written(one).header.key for one in (STATEMENT, PRAISE, replace(PRAISE, occurrence="2026-11"))}
    assert len(keys) == 3
    assert (
        written(PRAISE).header.key
        == written(replace(PRAISE, member=replace(ANN, name="Anna", email="b@example.com"))).header.key
    )


@pytest.mark.parametrize("field", ["client.greeting", "manager.name", "purchase.total", "best.name"])
def test_a_field_that_the_letter_does_not_speak_of_holds_it(field: str) -> None:
    decided = a_team_writer(f"{{{{ {field} }}}}").write_to_staff(STATEMENT)
    assert isinstance(decided, Held)
    assert (decided.code, decided.values) == ("field-blank", {"field": field})


@pytest.mark.parametrize("block", ["[[lines]]", "[[tier]]", "[[card]]", "[[points]]"])
def test_a_block_about_a_client_is_empty_in_a_letter_to_the_team(block: str) -> None:
    assert written(STATEMENT, f"Hello\n\n{block}\n\nBye").text.startswith("Hello\n\nBye\n")


def test_a_letter_to_a_client_has_nothing_of_the_team() -> None:
    held = decided_on("{{ staff.name }}")
    assert isinstance(held, Held)
    assert held.values == {"field": "staff.name"}
    letter = decided_on("Hello\n\n[[statement]]\n\nBye")
    assert isinstance(letter, Letter)
    assert letter.text.startswith("Hello\n\nBye\n")


def test_who_has_no_name_is_not_written_to() -> None:
    decided = a_writer().write_to_staff(replace(PRAISE, member=replace(ANN, name="")))
    assert isinstance(decided, Held)
    assert decided.code == "no-name"
