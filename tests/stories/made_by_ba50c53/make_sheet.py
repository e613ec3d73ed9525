"""Make `sheet/` anew: `python -m tests.stories.made_by_ba50c53.make_sheet PYTHON FOLDER`.

PYTHON is that of a venv in which a checkout of commit ba50c53 is installed: all commands are that version's. Only the
Sheets server and the post office are those of the checkout in which this stands.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.mail.authority import Authority
from tests.mail.post_office import CUT_AFTER, PASSWORD, USER, PostOffice
from tests.sheets_server.accounts import Accounts
from tests.sheets_server.kept import keep
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from tests.tables import table

SATURDAY: Final = datetime(2026, 11, 21, 9, tzinfo=UTC)
SHEET: Final = "1DukaLaJumaOfAnOlderVersion"
PORT: Final = 587
TABS: Final = {
    "Clients": """
        Client no. | Name          | Call them | Email              | Language | Letters | Manager
        C001       | Asha Juma     | Bi. Asha  | asha@example.com   | sw       | yes     | Zawadi
        C002       | Peter Kamau   | Peter     | peter@example.com  | en       | yes     | Zawadi
        C003       | Grace Wanja   |           | grace@example.org  | en       | yes     | Juma
        C004       | Aigul Asanova | Aigul     | aigul@example.com  | ky       | yes     | Juma
        C005       | Olga Sokolova |           | olga@example.org   | ru       | yes     | Zawadi
        C006       | Hassan Ali    | Hassan    | hassan@example.com | sw       | yes     | Juma
        """,
    "Purchases": """
        Purchase no. | Date       | Client no. | Product | Quantity | Unit price | Staff              | Status
        P1           | 2026-10-14 | C001       | Cotton  | 4        | 1600       | Zawadi 60, Juma 40 | paid
        P2           | 2026-10-30 | C002       | Thread  | 10       | 300        | Juma               | paid
        P3           | 2026-11-18 | C001       | Cotton  | 2        | 1600       | Zawadi             | paid
        P4           | 2026-11-18 | C002       | Thread  | 5        | 300        | Juma               | paid
        P5           | 2026-11-19 | C003       | Cotton  | 1        | 1600       | Juma               | paid
        P6           | 2026-11-19 | C004       | Cotton  | 6        | 1600       | Juma               | paid
        P7           | 2026-11-20 | C005       | Thread  | 8        | 300        | Zawadi             | paid
        P8           | 2026-11-20 | C006       | Cotton  | 1        | 1600       | Juma               | paid
        """,
    "Products": """
        Product | Name          | Weight
        Cotton  | Cotton fabric | 1.5
        Thread  | White thread  | 1
        """,
    "Staff": """
        Staff no. | Name         | Email              | Direct line | Scheme
        S1        | Juma Ali     | juma@example.com   | 0712 345678 | sales
        S2        | Zawadi Njeri | zawadi@example.com | 0723 678901 | sales
        """,
    "Tiers": """
        From date  | Tier   | From amount | Discount
        2026-01-01 | Bronze | 0           | 0 %
        2026-01-01 | Silver | 9000        | 5 %
        """,
    "Bonus bands": """
        From date  | Scheme | From | Rate
        2026-01-01 | sales  | 0    | 5 %
        2026-01-01 | sales  | 4000 | 10 %
        """,
}
SETTINGS: Final = """\
[shop]
id = "duka-la-juma"
name = "Duka la Juma"
address = "Barabara ya Moi 12, Mombasa"
currency = "KES"
zone = "Africa/Nairobi"
country = "KE"
language = "en"
languages = ["en", "sw", "ky", "ru"]
"""
OLD_COMMAND: Final = """\
import sys
from datetime import datetime
from toolkit import FixedClock
from toolkit.cli import main
main(sys.argv[2:], obj=FixedClock(datetime.fromisoformat(sys.argv[1])))
"""
KEYS: Final = "SELECT lane, key, client, campaign, state FROM letters ORDER BY key"
REPLIES: Final = {
    ("RCPT", "peter@example.com"): "550 5.1.1 no such mailbox",
    ("RCPT", "grace@example.org"): "450 4.2.1 come back later",
    ("END", "aigul@example.com"): CUT_AFTER,
}


class OldClerk:
    """The command line of the older version, in the shop's folder, on one day.

    Args:
        python: of its venv.
        home: the folder with the shop, and with data and configuration beside it.
        more: environment variables.
    """

    def __init__(self, python: str, home: Path, more: Mapping[str, str]) -> None:
        places = {"SHEETCLERK_DATA": str(home / "data"), "SHEETCLERK_CONFIG": str(home / "config")}
        own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self._python, self._shop, self._environment = python, home / "shop", {**own, **places, **more}

    def __call__(self, *words: str) -> None:
        command = (self._python, "-c", OLD_COMMAND, SATURDAY.isoformat(), *words)
        subprocess.run(command, cwd=self._shop, env=self._environment, check=True)


def laid(server: SheetsServer) -> People:
    """The owner makes the sheet, shares it and types its cells."""
    server.keys.append(SHEET)
    people = server.spreadsheet("Duka la Juma")
    for name, text in TABS.items():
        people.lay(name, table(text), "USER_ENTERED")
    people.delete_tab("Sheet1")
    return people


def week(clerk: OldClerk, server: SheetsServer, office: PostOffice, download: Path) -> None:
    """Connect, approve October, and run into a mail server's bad day."""
    people = laid(server)
    server.account_file(download)
    clerk("connect", "google", people.link, "--key", str(download))
    clerk("bonus", "approve", "2026-10")
    where = ("--account", USER, "--host", "localhost", "--port", str(office.port), "--security", "starttls")
    clerk("connect", "mail", *where)
    clerk("send", "--to-me")
    office.rule = lambda step, address: REPLIES.get((step, address), "")
    clerk("run", "--limit", "5")


def tidy(home: Path, port: int) -> None:
    """Leave what another computer can use: no key, no lock, and the usual port."""
    settings = home / "shop" / "sheetclerk.toml"
    text = settings.read_text(encoding="utf-8").replace(f"port = {port}\n", f"port = {PORT}\n")
    settings.write_text(text, encoding="utf-8")
    for pages in ("bonus", "report"):
        shutil.rmtree(home / "shop" / pages)
    for left in (home / "config" / "google-key.json", *home.glob("data/*/run-*")):
        left.unlink()


def letters_in(journal: Path) -> list[dict[str, str]]:
    """What the journal says of each letter; the journal is one file afterwards."""
    with sqlite3.connect(journal) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("PRAGMA journal_mode = DELETE")
        return [dict(row) for row in opened.execute(KEYS)]


def make(python: str, home: Path) -> None:
    """Make the shop, its sheet, and what one computer keeps of it."""
    (home / "shop").mkdir(parents=True)
    (home / "shop" / "sheetclerk.toml").write_text(SETTINGS, encoding="utf-8")
    with TemporaryDirectory() as outside, SheetsServer() as server:
        authority = Authority(Path(outside))
        server.accounts = Accounts(lambda: datetime.now(UTC).timestamp())  # noqa: TID251 - the old version's key library reads the real clock
        server.now = SATURDAY.timestamp
        more = {
            "SHEETCLERK_SHEETS_EMULATOR": server.url,
            "SHEETCLERK_MAIL_PASSWORD": PASSWORD,
            "SHEETCLERK_SHOP_SECRET": "made-up-secret-of-a-made-up-shop",
            "SSL_CERT_FILE": str(authority.file),
        }
        with PostOffice(authority.server()) as office:
            week(OldClerk(python, home, more), server, office, Path(outside) / "key.json")
        keep(server.books[SHEET], home / "sheet.jsonl")
    tidy(home, office.port)
    (journal,) = home.glob("data/*/journal.sqlite3")
    (home / "letters.json").write_text(json.dumps(letters_in(journal), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(sys.argv[1], Path(sys.argv[2]).resolve())
