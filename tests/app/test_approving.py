"""An approved month never changes: not by rules, not by late sales, not on another laptop."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toolkit
from tests.tables import table
from toolkit.app.commands.approving import approve
from toolkit.app.run import weekly_run
from toolkit.book.grid import Grid
from toolkit.errors import RunStopped, WorkbookBusy
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.sheets.memory import MemoryWorkbook

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
SHOP: dict[str, Grid] = {
    "Clients": table("Client no. | Name | Email\nC001 | Asha | asha@example.com"),
    "Staff": table("Staff no. | Name | Scheme\nS1 | Ann | sales\nS2 | Ben | sales"),
    "Plan": table("Period | Target\n2026-10 | 5000\n2026-11 | 5000"),
    "Products": table("Product | Weight\nCotton | 1.2\nThread | 0.5"),
    "Purchases": table("""
        Purchase no. | Date       | Client no. | Product | Quantity | Amount | Staff          | Status    | Return of
        P1           | 2026-10-05 | C001       | Cotton  | 1        | 1000   | Ann            | paid      |
        P2           | 2026-10-20 | C001       | Thread  | 1        | 600    | Ann 60, Ben 40 | paid      |
        P3           | 2026-10-21 | C001       | Cotton  | 1        | 500    | Ben            | ordered   |
        P4           | 2026-11-03 | C001       | Cotton  | 1        | 100    | Ann            | paid      |
        """),
    "Schemes": table("Scheme | Pays | Method | Below zero\nsales | bands | slice | carry"),
    "Bonus bands": table("""
        From date  | Scheme | From | Rate
        2026-01-01 | sales  | 0    | 10 %
        2026-01-01 | sales  | 1000 | 20 %
        """),
}
RULES: dict[str, Grid] = {
    "Plan": table("Period | Target\n2026-10 | 1"),
    "Products": table("Product | Weight\nCotton | 9\nThread | 9"),
    "Schemes": table("Scheme | Pays | Pool\nsales | pool | 70 %"),
    "Bonus bands": table("From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 99 %"),
    "Staff": table("Staff no. | Name | Scheme | From\nS1 | Ann | other | 2026-11-01\nS2 | Ben B. | |"),
}


def opened(workbook: MemoryWorkbook, day: date) -> toolkit.Shop:
    return toolkit.open_shop(workbook, as_of=day)


def approved(workbook: MemoryWorkbook, month: date, day: date) -> dict[str, Bonus]:
    with opened(workbook, day) as shop:
        return {one.staff.number: one for one in approve(shop, month)}


def month(workbook: MemoryWorkbook, first: date, day: date) -> dict[str, Bonus]:
    with opened(workbook, day) as shop:
        return {one.staff.number: one for one in shop.snapshot.bonuses.month(first)}


def figures(found: Mapping[str, Bonus]) -> dict[str, tuple[object, ...]]:
    return {
        who: (one.amount, one.credit, one.contribution, one.posted, one.carried, one.approved_on)
        for who, one in found.items()
    }


def laptop(workbook: MemoryWorkbook, **changed: Grid) -> MemoryWorkbook:
    """The same workbook as another laptop opens it, with some of the team's tabs changed."""
    return MemoryWorkbook({**workbook.rows(), **{name.replace("_", " "): grid for name, grid in changed.items()}})


def with_line(workbook: MemoryWorkbook, line: str) -> MemoryWorkbook:
    return laptop(workbook, Purchases=[*workbook.rows()["Purchases"], *table(line)])


@pytest.fixture
def workbook() -> MemoryWorkbook:
    found = MemoryWorkbook(SHOP)
    first = approved(found, OCTOBER, date(2026, 11, 2))
    assert {who: one.amount for who, one in first.items()} == {"S1": 17_600, "S2": 1200}
    return found


def test_every_laptop_reads_the_approved_figures(workbook: MemoryWorkbook) -> None:
    there = month(laptop(workbook), OCTOBER, date(2026, 11, 20))
    assert {who: (one.amount, one.approved_on) for who, one in there.items()} == {
        "S1": (17_600, date(2026, 11, 2)),
        "S2": (1200, date(2026, 11, 2)),
    }


def test_changing_every_rule_changes_no_approved_figure_and_causes_no_adjustment(workbook: MemoryWorkbook) -> None:
    before = figures(month(workbook, OCTOBER, date(2026, 11, 20)))
    changed = laptop(workbook, **RULES)
    assert figures(month(changed, OCTOBER, date(2026, 11, 20))) == before
    assert [one.adjusted for one in month(changed, NOVEMBER, date(2026, 11, 20)).values()] == [{}, {}]


def test_what_arrives_late_is_added_to_the_next_month_under_the_rules_of_its_own(workbook: MemoryWorkbook) -> None:
    """P3 of October was paid in November: 600 of credit at 10 %, whatever Cotton weighs by now."""
    lines = [*workbook.rows()["Purchases"]]
    lines[3] = tuple("paid" if cell == "ordered" else cell for cell in lines[3])
    late = laptop(workbook, Purchases=lines, Products=RULES["Products"])
    assert figures(month(late, OCTOBER, date(2026, 11, 20))) == figures(month(workbook, OCTOBER, date(2026, 11, 20)))
    november = month(late, NOVEMBER, date(2026, 11, 20))
    assert (november["S2"].adjusted, november["S2"].amount) == ({OCTOBER: 6000}, 6000)
    assert november["S1"].adjusted == {}


def test_a_day_before_the_approval_is_asked_with_the_same_answer_as_then(workbook: MemoryWorkbook) -> None:
    then = month(MemoryWorkbook(SHOP), OCTOBER, date(2026, 10, 31))
    assert figures(month(workbook, OCTOBER, date(2026, 10, 31))) == figures(then)
    assert [one.approved_on for one in then.values()] == [None, None]
    with opened(workbook, date(2026, 10, 31)) as shop:
        weekly_run(shop, shop.today)
    assert figures(month(workbook, OCTOBER, date(2026, 11, 20)))["S1"][0] == 17_600


def test_news_of_an_approved_month_is_told_beside_its_figures(workbook: MemoryWorkbook) -> None:
    late = with_line(workbook, "P9 | 2026-10-30 | C001 | Cotton | 1 | 100 | Ann | paid |")
    october = month(late, OCTOBER, date(2026, 11, 20))["S1"]
    assert (october.amount, october.news) == (17_600, 2400)


def test_an_adjustment_is_paid_once(workbook: MemoryWorkbook) -> None:
    late = with_line(workbook, "P9 | 2026-10-30 | C001 | Cotton | 1 | 100 | Ann | paid |")
    assert approved(late, NOVEMBER, date(2026, 12, 1))["S1"].adjusted == {OCTOBER: 2400}
    assert month(late, DECEMBER, date(2026, 12, 20))["S1"].adjusted == {}
    later = with_line(late, "P10 | 2026-10-31 | C001 | Cotton | 1 | 200 | Ann | paid |")
    assert month(later, DECEMBER, date(2026, 12, 20))["S1"].adjusted == {OCTOBER: 4800}


def test_a_return_takes_back_at_the_frozen_rate_and_below_zero_is_taken_over(workbook: MemoryWorkbook) -> None:
    """October paid Ann 176 for 1,380 of credit; all 1,000 of Cotton, 1,200 of credit, come back in November."""
    back = with_line(
        laptop(workbook, Bonus_bands=RULES["Bonus bands"]),
        "R1 | 2026-11-09 | C001 | Cotton | -1 | -1000 | Ann | paid | P1",
    )
    ann = month(back, NOVEMBER, date(2026, 11, 20))["S1"]
    earned = 11_880  # 120 of credit at the new 99 %
    assert ann.posted == earned - round(1200 * 17_600 / 1380)
    assert (ann.amount, ann.carried) == (0, ann.posted)
    assert approved(back, NOVEMBER, date(2026, 12, 1))["S1"].carried == ann.posted
    assert month(back, DECEMBER, date(2026, 12, 20))["S1"].brought == ann.posted


def test_a_month_is_approved_once_in_turn_and_when_it_is_over(workbook: MemoryWorkbook) -> None:
    for first, day, why in (
        (OCTOBER, date(2026, 11, 5), "2026-10 is approved already"),
        (NOVEMBER, date(2026, 11, 30), "2026-11 is not over"),
        (DECEMBER, date(2027, 1, 5), "2026-12 is not the next month"),
        (date(2026, 9, 1), date(2026, 11, 5), "2026-09 is not the next month"),
    ):
        with pytest.raises(RunStopped) as stopped:
            approved(workbook, first, day)
        assert stopped.value.what == why
        assert stopped.value.exit_code == 6


def test_the_first_approval_names_the_earlier_months_that_it_would_leave_out() -> None:
    lines = [f"Q{of}         | 2026-0{of}-05 | C001 | Cotton | 1 | 1000 | Ann | paid |" for of in range(5, 10)]
    found = laptop(with_line(MemoryWorkbook(SHOP), "\n".join(lines)))
    with pytest.raises(RunStopped) as stopped:
        approved(found, OCTOBER, date(2026, 11, 2))
    assert stopped.value.what.endswith("and earlier ones have bonuses: 2026-05, 2026-06, 2026-07 and 2 more")
    assert stopped.value.next_step.startswith("sheetclerk bonus approve 2026-05, or")
    with opened(found, date(2026, 11, 2)) as shop:
        assert len(approve(shop, OCTOBER, is_sure=True)) == 2
    assert approved(found, NOVEMBER, date(2026, 12, 1))["S1"].approved_on == date(2026, 12, 1)


def test_a_month_before_which_nobody_earned_anything_may_be_the_first() -> None:
    unpaid = "Q1           | 2026-08-05 | C001 | Cotton | 1 | 1000 | Ann | ordered |"
    found = with_line(MemoryWorkbook(SHOP), unpaid)
    assert len(approved(found, OCTOBER, date(2026, 11, 2))) == 2


def test_a_busy_workbook_approves_nothing() -> None:
    busy = MemoryWorkbook(SHOP)
    busy.busy = "somebody has it open"
    with pytest.raises(WorkbookBusy):
        approved(busy, OCTOBER, date(2026, 11, 2))
    assert "Bonuses" not in busy.rows()


def test_a_weekly_run_leaves_approved_months_as_they_are(workbook: MemoryWorkbook) -> None:
    before = workbook.rows()["Bonuses"]
    with opened(workbook, date(2026, 11, 20)) as shop:
        weekly_run(shop, shop.today)
    after = workbook.rows()["Bonuses"]
    assert after[1:4] == before[1:4]
    assert [row[:2] for row in after[1:]] == [
        ("2026-10", "S1"),
        ("2026-10", "S2"),
        ("2026-10", ""),
        ("2026-11", "S1"),
        ("2026-11", "S2"),
    ]


@pytest.mark.parametrize("harm", ["a figure", "a row"])
def test_a_changed_row_is_told_and_never_written_over(workbook: MemoryWorkbook, harm: str) -> None:
    grid = [list(row) for row in workbook.rows()["Bonuses"]]
    if harm == "a figure":
        grid[1][-1] = str(grid[1][-1]).replace("17600", "99900")
    else:
        del grid[3]
    broken = laptop(workbook, Bonuses=grid)
    with opened(broken, date(2026, 11, 20)) as shop:
        codes = [(one.place, one.code) for one in shop.problems if one.code.startswith("kept")]
        assert codes == ([("Bonuses!L2", "kept-changed")] if harm == "a figure" else [("Bonuses", "kept-missing")])
        weekly_run(shop, shop.today)
    kept = [row for row in grid[1:] if row[0] == "2026-10"]
    assert [list(row) for row in broken.rows()["Bonuses"]][1 : len(kept) + 1] == kept
    with pytest.raises(RunStopped, match="changed by hand"):
        approved(broken, OCTOBER, date(2026, 11, 5))


def test_who_has_left_still_settles_what_came_back(workbook: MemoryWorkbook) -> None:
    staff = table("Staff no. | Name | Scheme | Until\nS1 | Ann | sales | 2026-10-31\nS2 | Ben | sales |")
    back = with_line(laptop(workbook, Staff=staff), "R1 | 2026-11-09 | C001 | Cotton | -1 | -1000 | Ann | paid | P1")
    ann = month(back, NOVEMBER, date(2026, 11, 20))["S1"]
    assert ann.posted < 0
    assert ann.amount == 0


@given(
    st.lists(st.sampled_from(sorted(RULES)), unique=True),
    st.lists(st.tuples(st.sampled_from(["2026-10-07", "2026-11-08"]), st.integers(1, 5000)), max_size=4),
)
def test_whatever_changes_later_no_approved_figure_does(changed: list[str], late: list[tuple[str, int]]) -> None:
    workbook = MemoryWorkbook(SHOP)
    before = figures(approved(workbook, OCTOBER, date(2026, 11, 2)))
    for number, (day, amount) in enumerate(late):
        workbook = with_line(workbook, f"L{number} | {day} | C001 | Cotton | 1 | {amount} | Ben | paid |")
    workbook = laptop(workbook, **{name: RULES[name] for name in changed})
    assert figures(month(workbook, OCTOBER, date(2026, 11, 20))) == before


def test_rules_that_fill_several_cells_are_read_back_in_any_order() -> None:
    many = [["Product", "Weight"], *([f"Product number {number}", "1.25"] for number in range(1500))]
    workbook = MemoryWorkbook({**SHOP, "Products": many})
    before = figures(approved(workbook, OCTOBER, date(2026, 11, 2)))
    heading, *rows = workbook.rows()["Bonuses"]
    assert sum(row[0] == "2026-10" and row[1] == "" for row in rows) > 1
    turned = laptop(workbook, Bonuses=[heading, *reversed(rows)])
    assert figures(month(turned, OCTOBER, date(2026, 11, 20))) == before


def test_a_month_without_staff_has_nothing_to_approve() -> None:
    with pytest.raises(RunStopped, match="no staff in"):
        approved(MemoryWorkbook({"Clients": SHOP["Clients"]}), OCTOBER, date(2026, 11, 2))


def test_a_row_whose_period_was_changed_is_told() -> None:
    workbook = MemoryWorkbook(SHOP)
    approved(workbook, OCTOBER, date(2026, 11, 2))
    grid = [list(row) for row in workbook.rows()["Bonuses"]]
    grid[1][0] = "autumn"
    with opened(laptop(workbook, Bonuses=grid), date(2026, 11, 20)) as shop:
        assert ("Bonuses!L2", "kept-changed") in [(one.place, one.code) for one in shop.problems]
        assert OCTOBER not in shop.snapshot.bonuses.kept
