"""A client who is on the phone is found by what is heard, and shown whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import toolkit
from tests.tables import table
from toolkit import Shop
from toolkit.app.factory import open_shop
from toolkit.app.run import weekly_run
from toolkit.delivery.suppressed import SuppressedList, Suppression
from toolkit.errors import SetupError
from toolkit.report.client_card import show_lines
from toolkit.report.sentences import english

TABS = {
    "Clients": """
        Client no. | Name       | Company  | Email            | Phone         | Letters | Language | Prefers | Likes
        C1         | Asha Juma  | Juma Ltd | asha@example.com | +254712345678 | yes     | en       |         | Tea
        C2         | Asha Noor  |          |                  | +254722111222 |         |          | phone   |
        C3         | Peter Kama |          | peter@example    |               | no      | sw       |         |
        """,
    "Staff": "Staff no. | Name\nS1 | Ann Lee",
    "Tiers": """
        From date  | Tier   | From amount | Discount | Points rate
        2020-01-01 | Bronze | 0           | 0        | 0.1
        2020-01-01 | Silver | 100         | 3 %      | 0.1
        2020-01-01 | Gold   | 1000        | 5 %      | 0.1
        """,
    "Rewards": "Reward | Kind | Costs points or Tier\nMug | gift | 5",
    "Purchases": """
        Purchase no. | Date       | Client no. | Product | Amount | Status    | Staff | Promised for | Delivered on
        P1           | 2026-01-05 | C1         | Tea     | 10     | paid      | S1    |              |
        P2           | 2026-02-05 | C1         | Tea     | 100    | delivered |       | 2026-02-10   | 2026-02-10
        P3           | 2026-11-01 | C1         | Tea     | 5      | ordered   |       | 2026-11-10   |
        P4           | 2026-11-03 | C1         | Cup     | 6      | paid      |       | 2026-11-28   |
        P4           | 2026-11-03 | C1         | Tea     | 7      | paid      |       | 2026-11-28   |
        P5           | 2026-11-18 | C1         | Tea     | 8      | paid      |       |              |
        P6           | 2026-11-30 | C1         | Tea     | 9      | paid      |       | 2026-12-24   |
        """,
}


@contextmanager
def a_shop(folder: Path, settings: str = "", **tabs: str) -> Iterator[Shop]:
    for name, text in {**TABS, **tabs}.items():
        lines = (",".join(f'"{cell}"' for cell in row) for row in table(text))
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "sheetclerk.toml").write_text(
        f'[book]\nwhere = "."\n[shop]\nname = "Tea Shop"\n{settings}', encoding="utf-8"
    )
    with open_shop(folder, clock=toolkit.FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))) as shop:
        yield shop


def shown(asked: str, folder: Path, settings: str = "", **tabs: str) -> list[str]:
    with a_shop(folder, settings, **tabs) as shop:
        return list(show_lines(shop, asked, english(shop)))


def test_a_client_is_shown_whole(tmp_path: Path) -> None:
    assert shown("C1", tmp_path) == [
        "C1  Asha Juma  Juma Ltd",
        "  Reach     asha@example.com, +254712345678, letters: yes, in en",
        "            Ann Lee knows them best",
        "  Likes     Tea",
        "  Standing  Silver until 2027-02-04, 3% off",
        "            $869 more by 2027-01-04 to reach Gold",
        "            12 points",
        "            may be given: Mug",
        "  Bought    $131 that counts; 1 earlier line, then:",
        "            2026-02-05  P2  Tea  $100  delivered",
        "            2026-11-01  P3  Tea  $5  ordered",
        "            2026-11-03  P4  Cup  $6  paid",
        "            2026-11-03  P4  Tea  $7  paid",
        "            2026-11-18  P5  Tea  $8  paid",
        "  Promised  overdue: P3",
        "            P4 by 2026-11-28",
        "  Letters   2026-11-21  thank-you  due",
    ]


def test_who_takes_no_mail_is_shown_with_the_reason(tmp_path: Path) -> None:
    assert shown("C2", tmp_path) == [
        "C2  Asha Noor",
        "  Reach     prefers a call, +254722111222, letters: no consent yet",
        "  Standing  Bronze",
        "            $100 more to reach Silver",
        "  Bought    nothing yet",
    ]


def test_cells_to_mend_in_the_rows_of_the_client_are_shown(tmp_path: Path) -> None:
    lines = shown("C3", tmp_path)
    assert lines[-1].startswith("  To fix    Clients!D4")
    assert not any("To fix" in line for line in shown("C1", tmp_path))


def test_where_purchases_count_the_missing_ones_are_numbered(tmp_path: Path) -> None:
    ladder = "From date | Tier | From amount\n2020-01-01 | Old | 0\n2020-01-01 | Top | 50"
    lines = shown("C1", tmp_path, '[loyalty]\nmeasure = "purchases"\n', Tiers=ladder)
    assert "            46 more purchases by 2027-01-04 to reach Top" in lines


def test_what_was_written_and_who_asked_us_to_stop_is_shown(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        weekly_run(shop, shop.today)
        stops = SuppressedList(shop.desk.outbox.journal)
        stops.add(Suppression("C1", "", shop.today, "asked us to stop"))
        stops.add(Suppression("C1", "a@b.c", shop.today, "dead-address"))
        stops.add(Suppression("C1", "d@b.c", shop.today, ""))
        lines = list(show_lines(shop, "C1", english(shop)))
    assert "  Letters   2026-11-21  thank-you  written to outbox/" in lines
    assert lines[3:6] == [
        "            no letters since 2026-11-21: asked us to stop",
        "            no letters since 2026-11-21: the e-mail address does not exist",
        "            no letters since 2026-11-21",
    ]


@pytest.mark.parametrize(
    "asked", ["c1", "ASHA JUMA", "juma", "Juma Ltd", "asha@example", "0712 345-678", "+254 712 345678", "5678"]
)
def test_a_client_is_found_by_what_is_heard(asked: str, tmp_path: Path) -> None:
    assert shown(asked, tmp_path)[0] == "C1  Asha Juma  Juma Ltd"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("asha", "it could be C1 Asha Juma, C2 Asha Noor\nnext: use a number"),
        ("Peter Kamau", "next: sheetclerk show Peter Kama"),
        ("##", "next: look the client up"),
        ("678", "next: look the client up"),
        (" ", "next: look the client up"),
    ],
)
def test_several_and_nobody_are_errors_with_a_next_step(asked: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError) as refused:
        shown(asked, tmp_path)
    assert words in str(refused.value)


def test_at_most_ten_are_named_where_many_may_be_meant(tmp_path: Path) -> None:
    clients = "\n".join(["Client no. | Name", *(f"C{number} | Ann {number}" for number in range(100, 112))])
    with pytest.raises(SetupError, match="C109 Ann 109 and 2 more"):
        shown("ann", tmp_path, Clients=clients, Purchases="Date | Client no. | Amount")
