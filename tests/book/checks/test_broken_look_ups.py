from toolkit.app.texts import read_texts
from toolkit.book.client_book import read_book
from toolkit.book.grid import Grid
from toolkit.book.parse.cells import ParseContext

READING = ParseContext(lexicon=read_texts(None).lexicon)


def told(clients: Grid) -> list[str]:
    _, problems = read_book({"Clients": clients}, READING)
    return [one.place for one in problems if one.code == "look-up-broken"]


def test_a_look_up_column_that_something_stands_in_the_way_of_is_named() -> None:
    assert told([["Our clients"], ["Client no.", "Name", "#REF!"], ["C001", "Asha", "my own note"]]) == ["Clients!C2"]


def test_an_error_among_the_clients_and_a_tab_without_cells_have_no_broken_column() -> None:
    assert told([["Client no.", "Name"], ["C001", "#REF!"]]) == []
    assert told([]) == []
