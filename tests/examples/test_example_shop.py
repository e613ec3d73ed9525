"""The made-up shop says what its README promises, counted here without any code of ours."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import email_validator
import phonenumbers
import pytest

SHOP = Path(__file__).parents[2] / "examples" / "shop"
STORY_DAY = date(2026, 11, 21)
LAST_WEEK = STORY_DAY - timedelta(days=6)
YEAR_AGO = date(2025, 11, 22)
PAID = {"paid", "delivered"}
HEADINGS = {
    "Clients": "Client no.,Name,First name,Surname,Call them,Salutation,First name ok,Company,Email,Phone,Address,"
    "Country,Language,Prefers,Letters,Consent date,Consent source,Birthday,First met,Manager,Segment,Likes,"
    "Family and notes,Referred by,Status",
    "Purchases": "Purchase no.,Date,Client no.,Product,Quantity,Unit price,Amount,Discount,Cost,Staff,Status,"
    "Promised for,Delivered on,Return of,Note",
    "Products": "Product,Name,Category,Weight,Weight from,Price,Counts for loyalty",
    "Staff": "Staff no.,Name,Email,Direct line,Role,From,Until,Scheme",
    "Plan": "Period,Staff,Product or category,Target",
    "Tiers": "From date,Tier,From amount,Discount,Points rate,Keeps",
    "Discounts": "From date,From amount,Discount",
    "Bonus bands": "From date,Scheme,From,Rate",
    "Rewards": "Reward,Kind,Costs points or Tier,Until",
    "Rewards given": "Date,Client no.,Reward,Points,Code,Redeemed on",
    "Schemes": "Scheme,From date,Pays,Measure,Method,At target,Pool,Scorecard,Threshold,Accelerator,Cap,Basis,"
    "Shared sales,Returns,Returns within,Below zero",
    "Awards": "Award,Kind,Value",
    "Letters": "Letter,Language,Status,Subject,Words",
}


def rows(tab: str) -> list[dict[str, str]]:
    with (SHOP / f"{tab}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def client(number: str) -> dict[str, str]:
    return next(row for row in rows("Clients") if row["Client no."] == number)


def paid_lines() -> list[dict[str, str]]:
    return [row for row in rows("Purchases") if row["Status"] in PAID]


def day(row: dict[str, str]) -> date:
    return date.fromisoformat(row["Date"])


def spent(since: date, until: date = STORY_DAY) -> Counter[str]:
    not_counted = {row["Product"] for row in rows("Products") if row["Counts for loyalty"] == "no"}
    total: Counter[str] = Counter({row["Client no."]: 0 for row in rows("Clients")})
    for row in paid_lines():
        if since <= day(row) <= until and row["Product"] not in not_counted:
            total[row["Client no."]] += int(row["Amount"])
    return total


def tiers(spend: Counter[str]) -> dict[str, str]:
    ladder = sorted((int(row["From amount"]), row["Tier"]) for row in rows("Tiers"))
    return {who: [tier for start, tier in ladder if start <= total][-1] for who, total in spend.items()}


def is_reachable(row: dict[str, str]) -> bool:
    try:
        email_validator.validate_email(row["Email"], check_deliverability=False)
    except email_validator.EmailNotValidError:
        return False
    return row["Prefers"] == "email"


def is_phone(written: str) -> bool:
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(written, None)))
    except phonenumbers.NumberParseException:
        return False


def test_every_tab_has_its_headings() -> None:
    found = {path.stem: path.read_text(encoding="utf-8").split("\n", 1)[0] for path in SHOP.glob("*.csv")}
    assert found == HEADINGS


def test_there_are_twelve_clients_forty_lines_and_three_staff() -> None:
    assert [len(rows(tab)) for tab in ("Clients", "Purchases", "Staff")] == [12, 40, 3]
    assert 8 <= len(rows("Products")) <= 10


def test_the_clients_speak_four_languages() -> None:
    assert {row["Language"] for row in rows("Clients")} == {"en", "sw", "ky", "ru"}


def test_exactly_one_address_and_one_phone_are_wrong() -> None:
    wrong_phones = [row["Phone"] for row in rows("Clients") if not is_phone(row["Phone"])]
    wrong_mails = [row["Email"] for row in rows("Clients") if not re.fullmatch(r"\w+@example\.(com|org)", row["Email"])]
    assert (wrong_mails, wrong_phones) == (["halima@gmail"], ["7.12E+08"])


def test_phones_and_addresses_are_all_different() -> None:
    for column in ("Email", "Phone", "Client no."):
        found = [row[column] for row in rows("Clients")]
        assert len(set(found)) == len(found)


def test_staff_can_be_phoned() -> None:
    assert all(is_phone(row["Direct line"]) for row in rows("Staff"))


def test_consent_was_given_on_a_day_and_two_have_not_given_it() -> None:
    asked = {row["Client no."]: row["Letters"] for row in rows("Clients")}
    assert {who: said for who, said in asked.items() if said != "yes"} == {"C011": "no", "C012": ""}
    assert all(bool(row["Consent date"]) == (row["Letters"] == "yes") for row in rows("Clients"))


def test_twelve_months_make_two_gold_four_silver_six_bronze() -> None:
    assert Counter(tiers(spent(YEAR_AGO)).values()) == {"Gold": 2, "Silver": 4, "Bronze": 6}


def test_only_asha_rose_this_week() -> None:
    before, now = tiers(spent(YEAR_AGO, LAST_WEEK)), tiers(spent(YEAR_AGO))
    assert {who for who in now if now[who] != before[who]} == {"C001"}


def test_no_day_of_a_purchase_lies_near_an_edge_of_a_window() -> None:
    edges = (YEAR_AGO, STORY_DAY - timedelta(days=7))
    paid_on = {day(row) for row in paid_lines()}
    assert min(abs((edge - one).days) for edge in edges for one in paid_on) >= 2


def test_five_reachable_clients_and_one_unreachable_are_to_be_thanked() -> None:
    recent = {row["Client no."] for row in paid_lines() if day(row) >= LAST_WEEK and int(row["Amount"]) > 0}
    reachable = {who for who in recent if is_reachable(client(who))}
    assert (len(reachable), recent - reachable) == (5, {"C003"})
    assert {client(who)["Language"] for who in reachable} == {"en", "sw", "ky", "ru"}


def test_one_client_was_met_this_week() -> None:
    met = [row for row in rows("Clients") if LAST_WEEK <= date.fromisoformat(row["First met"]) <= STORY_DAY]
    assert [(row["Client no."], is_reachable(row)) for row in met] == [("C010", True)]


def test_nobody_bought_before_the_first_meeting() -> None:
    assert all(client(row["Client no."])["First met"] <= row["Date"] for row in rows("Purchases"))


def test_an_amount_is_quantity_times_price_less_the_discount() -> None:
    for row in paid_lines():
        share = Decimal(row["Discount"].removesuffix(" %") or 0) / 100
        assert int(row["Amount"]) == int(row["Quantity"]) * int(row["Unit price"]) * (1 - share)


def test_the_one_return_names_its_purchase_of_the_same_client() -> None:
    (back,) = (row for row in rows("Purchases") if int(row["Quantity"]) < 0)
    kept = [row for row in rows("Purchases") if row["Purchase no."] == back["Return of"]]
    assert any(row["Client no."] == back["Client no."] and row["Product"] == back["Product"] for row in kept)


def test_one_line_is_ordered_one_cancelled_one_shared() -> None:
    status = Counter(row["Status"] for row in rows("Purchases"))
    assert (status["ordered"], status["cancelled"]) == (1, 1)
    assert [row["Staff"] for row in rows("Purchases") if "," in row["Staff"]] == ["Zawadi 60, Juma 40"]


@pytest.mark.parametrize(
    ("column", "tab", "key"), [("Client no.", "Clients", "Client no."), ("Product", "Products", "Product")]
)
def test_every_purchase_names_what_is_there(column: str, tab: str, key: str) -> None:
    assert {row[column] for row in rows("Purchases")} <= {row[key] for row in rows(tab)}


def test_managers_sellers_and_referrers_are_known() -> None:
    staff = {row["Name"].split()[0] for row in rows("Staff")}
    sellers = {re.sub(r" \d+$", "", part) for row in rows("Purchases") for part in row["Staff"].split(", ")}
    assert sellers | {row["Manager"] for row in rows("Clients")} == staff
    assert {row["Referred by"] for row in rows("Clients")} - {""} <= {row["Client no."] for row in rows("Clients")}


def test_every_member_of_staff_sold_in_november_and_on_the_story_day() -> None:
    sold: dict[str, set[str]] = defaultdict(set)
    for row in paid_lines():
        for part in row["Staff"].split(", "):
            sold[row["Date"]].add(part.split()[0])
    assert sold["2026-11-21"] == {"Juma", "Zawadi", "Salma"}


def test_the_plan_covers_three_months_back_and_two_ahead() -> None:
    assert [row["Period"] for row in rows("Plan")] == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    assert not any(row["Staff"] for row in rows("Plan"))


@pytest.mark.parametrize("tab", ["Tiers", "Discounts", "Bonus bands"])
def test_a_ladder_begins_at_nothing_and_climbs(tab: str) -> None:
    starts = [int(row.get("From amount") or row.get("From") or 0) for row in rows(tab)]
    assert starts == sorted(set(starts))
    assert starts[0] == 0


def test_the_news_is_ready_in_four_languages_and_one_draft_waits() -> None:
    status = Counter((row["Status"], row["Language"]) for row in rows("Letters"))
    assert status == {
        ("Ready", "en"): 1,
        ("Ready", "sw"): 1,
        ("Ready", "ky"): 1,
        ("Ready", "ru"): 1,
        ("Draft", "en"): 1,
    }
    assert all(row["Subject"] and row["Words"] for row in rows("Letters"))
