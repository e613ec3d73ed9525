"""A tab is laid out in the team's workbook only after they asked, and only where nothing is lost."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from toolkit.app.commands.adding import add_tab
from toolkit.config import Config, StarterTable, config_text, read_config
from toolkit.config.settings import BookSettings
from toolkit.errors import ConfigError, SetupError
from toolkit.sheets.xlsx.reader import read_tabs

STARTER = {
    "tiers": StarterTable(
        headings=("Tier", "From date", "From amount", "Keeps"), rows=(("Gold", "2026-01-01", "100", "yes"),)
    )
}

NOTHING: Mapping[str, StarterTable] = {}


def shop(folder: Path, starter: Mapping[str, StarterTable] = NOTHING, *, chart: bool = False) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Clients"
    sheet.append(["Client no.", "Name"])
    sheet.append(["C001", "Asha"])
    if chart:
        sheet.add_chart(BarChart(), "D4")
    book.save(folder / "team.xlsx")
    config = Config(book=BookSettings(where="team.xlsx"), starter=starter)
    (folder / "sheetclerk.toml").write_text(config_text(config), encoding="utf-8")
    return folder / "team.xlsx"


def test_the_rows_of_the_settings_stand_under_the_tabs_own_headings(tmp_path: Path) -> None:
    path = shop(tmp_path, STARTER)
    before = read_tabs(path)["Clients"]
    added = add_tab(tmp_path, "tiers")
    tabs = read_tabs(path)
    assert (added.tab, added.workbook, added.rows) == ("Tiers", "team.xlsx", 1)
    assert tabs["Tiers"][0] == ["From date", "Tier", "From amount", "Discount", "Points rate", "Keeps"]
    assert [str(cell) for cell in tabs["Tiers"][1]] == ["2026-01-01", "Gold", "100.0", "", "", "yes"]
    assert tabs["Clients"] == before
    assert read_config(tmp_path / "sheetclerk.toml").starter == {}


def test_a_tab_without_rows_is_laid_out_blank(tmp_path: Path) -> None:
    path = shop(tmp_path)
    assert add_tab(tmp_path, "Bonus bands").rows == 0
    assert [row[0] for row in read_tabs(path)["Bonus bands"]] == ["From date"]


def test_other_tables_of_the_settings_stay(tmp_path: Path) -> None:
    shop(tmp_path, {**STARTER, "weights": StarterTable(headings=("Category", "Weight"), rows=(("Tea", "1"),))})
    add_tab(tmp_path, "tiers")
    assert list(read_config(tmp_path / "sheetclerk.toml").starter) == ["weights"]


def test_a_chart_stays_where_a_tab_is_added(tmp_path: Path) -> None:
    path = shop(tmp_path, STARTER, chart=True)
    with ZipFile(path) as file:
        charts = {name: file.read(name) for name in file.namelist() if "chart" in name or "drawing" in name}
    add_tab(tmp_path, "tiers")
    with ZipFile(path) as file:
        assert charts
        assert {name: file.read(name) for name in charts} == charts


def test_a_tab_that_is_there_or_unknown_is_refused(tmp_path: Path) -> None:
    shop(tmp_path)
    with pytest.raises(SetupError, match="has Clients already"):
        add_tab(tmp_path, "Wateja")
    with pytest.raises(ConfigError, match="name one of them"):
        add_tab(tmp_path, "qqqqqq")
