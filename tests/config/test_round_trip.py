"""What is written to sheetclerk.toml is read back as it was."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.config import (
    BonusSettings,
    BookSettings,
    Config,
    Hours,
    LoyaltySettings,
    MailSettings,
    SendingSettings,
    ShopSettings,
    StarterTable,
    TabMapping,
    Term,
    Window,
    config_text,
    default_config,
    read_config,
)
from toolkit.config.key import Setting, keys_of
from toolkit.config.settings import SECTIONS
from toolkit.config.writing import toml_name, toml_value
from toolkit.rules.recurrence import Every, Recurrence

KEYS = [
    (section, name, key)
    for section, settings in {**SECTIONS, "tabs.clients": TabMapping}.items()
    for name, (_, key) in keys_of(settings).items()
]
FULL = Config(
    shop=ShopSettings(
        id="0f1e2d3c",
        name="Duka la Juma",
        address="Biashara St 7\nMombasa",
        currency="KES",
        decimals=0,
        zone=ZoneInfo("Africa/Nairobi"),
        country="KE",
        language="sw",
        languages=("sw", "en"),
        adopted=date(2026, 3, 31),
    ),
    book=BookSettings(where="https://docs.google.com/spreadsheets/d/1", key_file="google-key.json"),
    tabs={
        "clients": TabMapping(
            tab="Customers",
            columns={"name": "Contact\nName", "first name": 'the "first"', "address": ("Street", "City")},
            joins=("City = Cities!Name",),
            constants={"language": "sw"},
            values={"consent": {"yes": "Y, 1", "": "-"}},
        ),
        "order lines": TabMapping(tab="Заказы"),
    },
    starter={"weights": StarterTable(headings=("Category", "Weight"), rows=(("Tea", "1.2"), ('"', "")))},
    mail=MailSettings(
        account="juma@gmail.com",
        host="smtp.example.org",
        port=587,
        from_="Juma 👩🏽‍🌾 <juma@gmail.com>",
        reply_to="asha@gmail.com",
        stop_url="https://juma.example/stop?x=1",
    ),
    sending=SendingSettings(
        channel="mail",
        max_per_run=50,
        max_per_client_per_week=1,
        promotional_gap_days=0,
        quiet_hours=Hours(time(20), time(7, 30)),
        quiet_days=("Saturday", "Sunday"),
    ),
    loyalty=LoyaltySettings(
        window=Window(0, by_year=True),
        from_=date(2026, 1, 1),
        measure="purchases",
        held="end of next period",
        fall="one step",
        inclusive=False,
        points_per="line",
        points_rounding="half up",
        points_pending_days=14,
        points_expire=Term(6),
        points_returns="line",
        points_balance="unlimited",
        notice_days=7,
    ),
    bonus=BonusSettings(method="interpolate"),
    timetable={
        "weekly": Recurrence(Every.WEEK, time(9), weekdays=(0, 3)),
        "quality news": Recurrence(Every.MONTH, time(17, 30), day=31, late=2),
    },
)
odd = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\"'\\\n\r\t\x00\x7f\u2028#=[]{}👩🏽‍🌾ңөү")))


def read_back(config: Config, folder: Path) -> Config:
    path = folder / "sheetclerk.toml"
    path.write_text(config_text(config), encoding="utf-8")
    return read_config(path)


def test_every_setting_comes_back(tmp_path: Path) -> None:
    assert read_back(FULL, tmp_path) == FULL


def test_the_settings_of_a_book_without_a_file_come_back(tmp_path: Path) -> None:
    assert read_back(default_config("Northwind"), tmp_path) == default_config("Northwind")


def test_a_book_without_a_file_has_dollars_utc_english_and_the_folder() -> None:
    config = default_config("Northwind")
    assert (config.shop.id, config.shop.name, config.shop.currency) == ("", "Northwind", "USD")
    assert (config.shop.zone, config.shop.language, config.sending.channel) == (ZoneInfo("UTC"), "en", "folder")


def test_the_text_of_what_was_read_is_the_same_text(tmp_path: Path) -> None:
    assert config_text(read_back(FULL, tmp_path)) == config_text(FULL)


@given(name=odd, address=odd)
def test_odd_names_and_addresses_come_back(tmp_path_factory: pytest.TempPathFactory, name: str, address: str) -> None:
    config = replace(FULL, shop=replace(FULL.shop, name=name, address=address))
    assert read_back(config, tmp_path_factory.getbasetemp()) == config


@given(st.dictionaries(st.text(st.sampled_from('ab-_ ."\\\n]ө'), max_size=4), odd, max_size=3))
def test_odd_headings_come_back(tmp_path_factory: pytest.TempPathFactory, columns: dict[str, str]) -> None:
    config = replace(FULL, tabs={name: TabMapping(tab="T", columns=columns) for name in columns})
    assert read_back(config, tmp_path_factory.getbasetemp()) == config


@pytest.mark.parametrize(("section", "name", "key"), KEYS, ids=[f"{section}.{name}" for section, name, _ in KEYS])
def test_every_key_stands_in_the_text_right_below_its_one_sentence_of_help(
    section: str, name: str, key: Setting
) -> None:
    lines = config_text(default_config("Duka la Juma")).splitlines()
    heading = lines.index(f"# [{section}]" if section.startswith("tabs") else f"[{section}]")
    at = lines.index(f"# {key.says}", heading)
    assert lines[at + 1].removeprefix("# ").startswith(f"{name} = ")
    assert key.says.endswith(".")
    assert key.says.count(". ") == 0


def test_the_comments_taken_away_make_a_file_that_can_be_used(tmp_path: Path) -> None:
    lines = config_text(default_config("Duka la Juma")).splitlines()
    settings = [line.removeprefix("# ") for line in lines if " = " in line or line.startswith(("[", "# ["))]
    path = tmp_path / "sheetclerk.toml"
    path.write_text("\n".join(line for line in settings if line[0].islower() or line[0] == "["), encoding="utf-8")
    config = read_config(path)
    assert config.shop.country == "KE"
    assert list(config.tabs) == ["clients"]
    assert config.tabs["clients"].columns["name"] == "ContactName"
    assert config.tabs["clients"].joins == ("City = Cities!Name",)
    assert config.sending.quiet_hours == Hours(time(20), time(8))
    assert list(config.timetable) == ["weekly"]


def test_an_empty_table_and_odd_names_are_written_as_toml_wants_them() -> None:
    assert toml_value({}) == "{}"
    assert toml_name("order lines") == '"order lines"'
