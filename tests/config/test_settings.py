"""What the settings mean once they are read."""

from datetime import date, time
from pathlib import Path

import pytest

from toolkit.config import WEEKDAYS, Config, Hours, ShopSettings, Window, read_config
from toolkit.config.codes import countries, currencies, decimals_of


def config_of(text: str, folder: Path) -> Config:
    path = folder / "sheetclerk.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path)


def test_an_empty_file_has_every_default(tmp_path: Path) -> None:
    assert config_of("", tmp_path) == Config()


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    assert config_of('\ufeff[shop]\r\nname = "Дүкөн"\r\n', tmp_path).shop.name == "Дүкөн"


def test_upper_and_lower_case_of_a_choice_do_not_count(tmp_path: Path) -> None:
    config = config_of('[shop]\ncurrency = "kes"\n[sending]\nquiet_days = ["SUNDAY", "sunday"]', tmp_path)
    assert config.shop.currency == "KES"
    assert config.sending.quiet_days == ("Sunday",)


def test_an_empty_text_leaves_a_setting_unset(tmp_path: Path) -> None:
    assert config_of('[shop]\ncountry = ""\n[mail]\nreply_to = ""', tmp_path) == Config()


def test_a_tab_may_bear_the_teams_own_names(tmp_path: Path) -> None:
    config = config_of('[tabs.clients]\ntab = "Customers"\ncolumns = { name = "ContactName" }', tmp_path)
    assert config.tabs["clients"].tab == "Customers"
    assert config.tabs["clients"].columns == {"name": "ContactName"}


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("12 months", Window(12)),
        ("1 Month", Window(1)),
        ("lifetime", Window(0)),
        ("Calendar Year", Window(0, by_year=True)),
    ],
)
def test_a_window_is_months_or_lifetime(words: str, window: Window, tmp_path: Path) -> None:
    assert config_of(f'[loyalty]\nwindow = "{words}"', tmp_path).loyalty.window == window
    assert str(window) == words.lower()


@pytest.mark.parametrize(("words", "months"), [("never", 0), ("1 Month", 1), ("6 months", 6)])
def test_points_expire_after_months_or_never(words: str, months: int, tmp_path: Path) -> None:
    term = config_of(f'[loyalty]\npoints_expire = "{words}"', tmp_path).loyalty.points_expire
    assert (term.months, str(term)) == (months, words.lower())


def test_quiet_hours_may_pass_midnight() -> None:
    night = Hours(time(20), time(8))
    assert time(20) in night
    assert time(7, 59) in night
    assert time(8) not in night


def test_quiet_hours_within_a_day_end_before_their_end() -> None:
    noon = Hours(time(12), time(14))
    assert time(13, 59) in noon
    assert time(14) not in noon
    assert time(2) not in noon


@pytest.mark.parametrize(("currency", "places"), [("KES", 2), ("KGS", 2), ("UGX", 0), ("JPY", 0), ("KWD", 3)])
def test_decimals_come_from_the_currency_unless_said(currency: str, places: int) -> None:
    assert ShopSettings(currency=currency).places == places
    assert ShopSettings(currency=currency, decimals=4).places == 4
    assert decimals_of(currency) == places


def test_weekdays_count_from_monday_as_python_does() -> None:
    assert WEEKDAYS[date(2026, 11, 22).weekday()] == "Sunday"


def test_codes_are_written_once_and_in_capitals() -> None:
    assert all(len(code) == 3 and code.isupper() for code in currencies())
    assert all(len(code) == 2 and code.isupper() for code in countries())
    assert {"KES", "KGS", "RUB", "USD", "EUR", "BGN", "VED", "XCG"} <= currencies()
    assert currencies().isdisjoint({"XAU", "CHE", "DEM", "ITL"})
    assert {"KE", "KG", "RU", "XK", "GB"} <= countries()
    assert countries().isdisjoint({"AC", "TA", "UK", "EU", "ZZ"})
