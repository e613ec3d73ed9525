"""A letter that sheetclerk.toml switches off is not planned; the others are."""

from datetime import date
from pathlib import Path

import toolkit

CLIENTS = "Client no.,Name,Email,First met\nC1,Asha,asha@example.com,2026-11-20\n"
PURCHASES = "Date,Client no.,Amount\n2026-11-20,C1,100\n"


def planned(folder: Path, letters: str) -> list[str]:
    (folder / "sheetclerk.toml").write_text(f'[shop]\nid = "shop1"\nname = "Duka"\n[book]\nwhere = "."\n{letters}')
    with toolkit.open_shop(folder, as_of=date(2026, 11, 21)) as shop:
        return [one.header.campaign for one in shop.plan_week(shop.today).letters]


def test_what_is_switched_off_is_not_planned(tmp_path: Path) -> None:
    (tmp_path / "Clients.csv").write_text(CLIENTS)
    (tmp_path / "Purchases.csv").write_text(PURCHASES)
    assert planned(tmp_path, "") == ["thank_you", "follow_up"]
    assert planned(tmp_path, '[letters]\noff = ["thank_you"]') == ["follow_up"]
