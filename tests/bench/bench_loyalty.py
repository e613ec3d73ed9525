"""Loyalty of 10,000 clients over 100,000 purchases, side by side with pandas on the same rows.

    python tests/bench/bench_loyalty.py

Each side runs in a process of its own, in turns; told are the best processor times and the median of the ratios. The
yardstick: pandas reads the CSV and sums it by client. All of it is every standing with tiers held to the end of the
next year, points that wait two weeks and expire after six months, the discount, what is missing by which day, and the
whole ledger of points read from end to end. Nothing is asserted: a busy computer is no fault of ours.
"""

import csv
import datetime as dt
import importlib.util
import json
import random  # noqa: TID251 - the same made-up rows every time
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

CLIENTS: Final = 10_000
PURCHASES: Final = 100_000
TODAY: Final = dt.date(2026, 6, 30)
ROUNDS: Final = 7

PANDAS: Final = """
import json, resource, sys, time, pandas
started = time.process_time()
rows = pandas.read_csv(sys.argv[1], parse_dates=["Date"])
read = time.process_time()
rows.groupby("Client no.")["Amount"].sum()
done = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"read": read - started, "work": done - read, "peak": peak}))
"""

OURS: Final = """
import json, resource, sys, time
from dataclasses import replace
from decimal import Decimal
from tests.bench.bench_loyalty import TODAY, tabs_of
from toolkit.book.gc_pause import gc_paused
from toolkit.book.parse.cells import ParseContext
from toolkit.book.client_book import read_book
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices
from toolkit.rules.loyalty.standing import standings
started = time.process_time()
with gc_paused():
    book, _ = read_book(tabs_of(sys.argv[1]), ParseContext())
read = time.process_time()
without = tuple(replace(step, points_rate=Decimal(0)) for step in book.tiers)
standings(replace(book, tiers=without), Loyalty(), TODAY)
del without
plain = time.process_time()
found = standings(book, Loyalty(held="end of next period", points=PointsChoices(months=6, pending_days=14)), TODAY)
done = time.process_time()
entries = sum(len(one.points.entries) for one in found)
told = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
steps = {"read": read - started, "plain": plain - read, "work": done - plain, "ledger": told - done}
print(json.dumps({**steps, "all": told - plain, "peak": peak}))
"""

TIERS: Final = [
    ["From date", "Tier", "From amount", "Discount", "Points rate"],
    ["2020-01-01", "Bronze", "0", "0 %", "0.01"],
    ["2020-01-01", "Silver", "500", "5 %", "0.02"],
    ["2020-01-01", "Gold", "1000", "10 %", "0.03"],
]

DISCOUNTS: Final = [
    ["From date", "From amount", "Discount"],
    ["2020-01-01", "0", "0 %"],
    ["2020-01-01", "1000", "3 %"],
    ["2020-01-01", "2500", "5 %"],
]


def write_purchases(path: Path) -> None:
    """Made-up purchases of two and a half years, the same every time."""
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    first = TODAY - dt.timedelta(days=900)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Purchase no.", "Date", "Client no.", "Amount"])
        for number in range(PURCHASES):
            day = first + dt.timedelta(days=chance.randrange(900))
            rows.writerow([f"P{number}", day, f"C{chance.randrange(CLIENTS)}", chance.randrange(100, 20000) / 100])


def tabs_of(path: str) -> dict[str, list[list[str]]]:
    """The tabs of a book whose purchases are a CSV file."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        purchases = list(csv.reader(file))
    clients = [["Client no.", "Name"], *([f"C{number}", f"Client {number}"] for number in range(CLIENTS))]
    return {"Clients": clients, "Purchases": purchases, "Tiers": TIERS, "Discounts": DISCOUNTS}


def timed(source: str, path: Path) -> dict[str, float]:
    """One round in a process of its own: seconds by step, and the peak memory in MB."""
    done = subprocess.run([sys.executable, "-c", source, str(path)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def best(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The best of each step; memory is the most."""
    return {step: (max if step == "peak" else min)(one[step] for one in rounds) for step in rounds[0]}


def main() -> None:
    """Print both sides and their ratio."""
    if importlib.util.find_spec("pandas") is None:
        print("skipped: pandas is not installed (pip install pandas)")  # noqa: T201 - a bench prints
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "purchases.csv"
        write_purchases(path)
        rounds = [(timed(PANDAS, path), timed(OURS, path)) for _ in range(ROUNDS)]
    theirs, ours = best([one for one, _ in rounds]), best([one for _, one in rounds])
    yardstick = theirs["read"] + theirs["work"]
    print(f"pandas: read {theirs['read']:.2f} s, group {theirs['work']:.3f} s, {theirs['peak']:.0f} MB")  # noqa: T201 - as above
    for name, key in (
        ("all of it, ledger too:", "all"),
        ("of that the standings with tiers held, points, discount and outlook:", "work"),
        ("of that the reading of the ledger:", "ledger"),
        ("besides, tiers without points:", "plain"),
        ("besides, not counted, reading the book:", "read"),
    ):
        print(f"ours:   {name} {ours[key]:.2f} s, {ours[key] / yardstick:.1f} times pandas")  # noqa: T201 - as above
    paired = median(mine["all"] / (pandas["read"] + pandas["work"]) for pandas, mine in rounds)
    print(f"ours:   all of it, each round beside its own pandas: {paired:.1f} times in the median")  # noqa: T201 - as above
    print(f"ours:   {ours['peak']:.0f} MB at most")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
