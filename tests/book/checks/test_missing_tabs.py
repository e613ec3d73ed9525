"""A tab that people gave another name is told: nothing else would say that it is read no more."""

from tests.book.book_desk import LEXICON, READING
from tests.tables import table
from toolkit.book.client_book import read_book
from toolkit.book.grid import Grid
from toolkit.book.tabs import TABS
from toolkit.book.tabs.clients import CLIENTS

BOOK: dict[str, Grid] = {"Clients": table("Client no. | Name | Email\nC1 | Asha | asha@example.com")}
PURCHASES = "Date | Client no. | Product | Amount | Note\n2026-11-01 | C1 | Cotton | 5 |"


def missing(language: str = "en", **more: str) -> list[str]:
    typed = {name.replace("_", " "): table(text) for name, text in more.items()}
    _, problems = read_book({**BOOK, **typed}, READING)
    return [LEXICON.words(language).problem(one).says for one in problems if one.code.startswith("tab-missing")]


def test_a_renamed_tab_is_told_with_both_names() -> None:
    assert missing(Sales_2026=PURCHASES) == ['There is no tab "Purchases", but there is "Sales 2026".']
    assert missing("ru", Sales_2026=PURCHASES) == ["Нет листа «Purchases», но есть «Sales 2026»."]
    assert missing(Steps="Tier | From amount | Discount | From date") == [
        'There is no tab "Tiers", but there is "Steps".'
    ]


def test_a_copy_beside_the_tab_and_tabs_of_other_things_are_nothing_to_tell() -> None:
    assert missing(Purchases=PURCHASES, Purchases_2=PURCHASES) == []
    assert missing(Meetings="Date | Client no. | With | About | Where", Empty="", Visits="Date | Client no.") == []


def test_each_tab_of_ours_is_known_by_its_headings_in_every_language() -> None:
    for tab in TABS:
        for language in LEXICON.languages:
            words = LEXICON.words(language)
            grid = [[words.heading(column.heading) for column in tab.columns]]
            _, problems = read_book({**(BOOK if tab is not CLIENTS else {}), "x": grid}, READING)
            assert (tab.name, "x") in {(one.tab, one.values.get("near", "")) for one in problems}, (tab.name, language)
