"""A workbook that changed since it was adopted: only what changed is proposed."""

from tests.book.book_desk import LEXICON
from tests.tables import table
from toolkit.book.adopt.proposal import propose
from toolkit.book.adopt.readoption import Readoption, what_changed
from toolkit.book.adopt.source_columns import source_tab
from toolkit.book.mapping import Mapped
from toolkit.book.parse.cells import ParseContext

READING = ParseContext(lexicon=LEXICON)
TABS = {
    "Customers": "Cust ID | Cust name | News\nC1 | Ann | Y\nC2 | Ben | N",
    "Order lines": "Order ID | Item | Amt\n1 | Tea | 5\n2 | Tea | 6",
    "Orders": "Order ID | Order date | Cust ID\n1 | 2026-01-01 | C1\n2 | 2026-01-02 | C2",
}


def mapping_of(tabs: dict[str, str]) -> dict[str, Mapped]:
    return dict(propose({name: table(text) for name, text in tabs.items()}, READING).mapped)


def again(current: dict[str, Mapped], tabs: dict[str, str]) -> Readoption:
    grids = {name: table(text) for name, text in tabs.items()}
    theirs = {name: source_tab(name, grid, READING) for name, grid in grids.items()}
    return what_changed(current, propose(grids, READING), theirs)


def changes(found: Readoption) -> list[tuple[str, str, str, str]]:
    return [(one.tab, one.field, one.was, one.now) for one in found.changes]


def renamed(old: str, new: str) -> dict[str, str]:
    return {name.replace(old, new): text.replace(old, new) for name, text in TABS.items()}


def test_an_unchanged_workbook_changes_nothing() -> None:
    assert again(mapping_of(TABS), TABS) == Readoption({}, (), ())


def test_blanks_around_the_names_of_tabs_change_nothing() -> None:
    spaced = {f"{name} ": text for name, text in TABS.items()}
    assert again(mapping_of(TABS), spaced) == Readoption({}, (), ())


def test_a_renamed_column_is_one_change() -> None:
    found = again(mapping_of(TABS), renamed("Amt", "Line total"))
    assert changes(found) == [("purchases", "paid", "Amt", "Line total")]
    assert found.mapped == {"purchases": mapping_of(renamed("Amt", "Line total"))["purchases"]}


def test_a_renamed_key_changes_its_join_too() -> None:
    found = again(mapping_of(TABS), renamed("Order ID", "Order no"))
    assert changes(found) == [
        ("purchases", "number", "Order ID", "Order no"),
        ("purchases", "joins", "Order ID = Orders!Order ID", "Order no = Orders!Order no"),
    ]
    assert found.mapped["purchases"] == mapping_of(renamed("Order ID", "Order no"))["purchases"]


def test_a_renamed_tab_is_followed() -> None:
    found = again(mapping_of(TABS), renamed("Customers", "Buyers"))
    assert changes(found) == [("clients", "tab", "Customers", "Buyers")]


def test_a_new_column_is_proposed_and_what_a_person_mapped_otherwise_stays() -> None:
    current = mapping_of(TABS)
    mine = Mapped("Customers", {**current["clients"].columns}, constants={"language": "sw"})
    tabs = {**TABS, "Customers": "Cust ID | Cust name | News | Mob\nC1 | Ann | Y | 1\nC2 | Ben | N | 2"}
    found = again({**current, "clients": mine}, tabs)
    assert changes(found) == [("clients", "phone", "", "Mob")]
    assert found.mapped["clients"].constants == {"language": "sw"}


def test_what_is_gone_without_a_successor_is_told_and_kept() -> None:
    tabs = {**TABS, "Orders": TABS["Orders"].replace("Order date", "Remark")}
    found = again(mapping_of(TABS), tabs)
    assert (found.mapped, changes(found)) == ({}, [])
    assert '"Orders!Order date", read as date, is gone' in found.doubts[0].says


def test_a_tab_that_is_gone_is_told_with_the_joins_that_led_to_it() -> None:
    tabs = {name: text for name, text in TABS.items() if name != "Orders"}
    says = " ".join(one.says for one in again(mapping_of(TABS), tabs).doubts)
    assert 'the join "Order ID = Orders!Order ID" finds nothing any more' in says
    assert '"Orders!Cust ID", read as client, is gone' in says
    only = again(mapping_of(TABS), {"Notes": "a | b\n1 | 2"})
    assert "this tab is gone, and no other looks like Clients" in [one.says for one in only.doubts]


def test_a_column_that_is_blank_all_the_way_down_is_no_column() -> None:
    tab = source_tab("Clients", [["No", "", "Name"], ["1", "", "Asha"], ["2", " ", "Ben"]], READING)
    assert [column.heading for column in tab.columns] == ["No", "Name"]
    assert tab.nameless == ()
