"""What sheetclerk.toml may not say, and how it is refused: where, why, next."""

from pathlib import Path

import pytest

from toolkit.config import read_config
from toolkit.errors import ConfigError


def refusal(text: str | bytes, folder: Path) -> str:
    path = folder / "sheetclerk.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert caught.value.exit_code == 4
    assert caught.value.__cause__ is None
    return str(caught.value)


REFUSED: dict[str, tuple[str | bytes, str, str, str]] = {
    "a key with a slip": (
        '[shop]\ncurency = "KES"',
        "sheetclerk.toml, [shop] curency",
        "there is no such key",
        "next: did you mean currency?",
    ),
    "a letter with a slip": (
        '[letters]\noff = ["best_of_mont"]',
        "sheetclerk.toml, [letters] off",
        '"best_of_mont" is not a letter. The letters that this shop does not want.',
        'next: did you mean "best_of_month"?',
    ),
    "a key like no other": (
        "[loyalty]\nxyz = 1",
        "sheetclerk.toml, [loyalty] xyz",
        "there is no such key",
        (
            "next: choose from: window, from, measure, counts, start, held, fall, grace, inclusive, points_per, "
            "points_rounding, points_pending_days, points_expire, points_returns, points_balance, notice_days"
        ),
    ),
    "a key of another section": (
        '[sending]\nreply_to = "a@b.example"',
        "sheetclerk.toml, [sending] reply_to",
        "there is no such key",
        "next: move it below [mail]",
    ),
    "a key above all sections": (
        'zone = "UTC"',
        "sheetclerk.toml, zone",
        "there is no such section",
        "next: move it below [shop]",
    ),
    "a section with a slip": (
        "[shopp]",
        "sheetclerk.toml, shopp",
        "there is no such section",
        "next: did you mean shop?",
    ),
    "a section that is none": (
        "shop = 3",
        "sheetclerk.toml, [shop]",
        "3 is not a section",
        "next: write [shop] on a line of its own, its keys below it",
    ),
    "a tab that is no section": (
        '[tabs]\nclients = "Customers"',
        "sheetclerk.toml, [tabs.clients]",
        '"Customers" is not a section',
        "next: write [tabs.clients] on a line of its own, its keys below it",
    ),
    "a key of a tab": (
        '[tabs."order lines"]\ncolumn = {}',
        'sheetclerk.toml, [tabs."order lines"] column',
        "there is no such key",
        "next: did you mean columns?",
    ),
    "a currency that is none": (
        '[shop]\ncurrency = "KSH"',
        "sheetclerk.toml, [shop] currency",
        '"KSH" is not a currency code. The currency of every amount in the book, three letters (ISO 4217).',
        'next: did you mean "KES"?',
    ),
    "a country as people call it": (
        '[shop]\ncountry = "UK"',
        "sheetclerk.toml, [shop] country",
        '"UK" is not a country code. The country of phone numbers that have no +, two letters (ISO 3166).',
        'next: did you mean "GB"?',
    ),
    "a zone that is none": (
        '[shop]\nzone = "Afrika/Nairobi"',
        "sheetclerk.toml, [shop] zone",
        '"Afrika/Nairobi" is not a time zone. The time zone in which the shop\'s days begin.',
        'next: did you mean "Africa/Nairobi"?',
    ),
    "a zone outside its folder": (
        '[shop]\nzone = "../../etc/passwd"',
        "sheetclerk.toml, [shop] zone",
        '"../../etc/passwd" is not a time zone. The time zone in which the shop\'s days begin.',
        'next: write it as: zone = "UTC"',
    ),
    "a weekday that is none": (
        '[sending]\nquiet_days = ["Sunnday"]',
        "sheetclerk.toml, [sending] quiet_days",
        '"Sunnday" is not a day of the week. The days of the week on which no letter leaves.',
        'next: did you mean "Sunday"?',
    ),
    "a number in quotes": (
        '[sending]\nmax_per_run = "500"',
        "sheetclerk.toml, [sending] max_per_run",
        '"500" is not a whole number. The most letters that one run may send.',
        "next: write it as: max_per_run = 500",
    ),
    "a choice that is not supported yet": (
        '[loyalty]\nwindow = "Calendar quarter"',
        "sheetclerk.toml, [loyalty] window",
        (
            '"calendar quarter" is not supported yet. How far back purchases count: a number of months, '
            '"calendar year" or "lifetime".'
        ),
        'next: write it as: window = "12 months"',
    ),
    "a hold that is not supported yet": (
        '[loyalty]\nheld = "fixed term"',
        "sheetclerk.toml, [loyalty] held",
        (
            '"fixed term" is not supported yet. How long a tier stays once reached: no (as long as the window bears '
            "it), end of period, or end of next period; a period is a calendar year."
        ),
        'next: write it as: held = "no"',
    ),
    "a measure that is not supported yet": (
        '[loyalty]\nmeasure = "points earned"',
        "sheetclerk.toml, [loyalty] measure",
        (
            '"points earned" is not supported yet. What counts for a tier: spend (net of returns) or purchases (their '
            "number, written in From amount)."
        ),
        'next: write it as: measure = "spend"',
    ),
    "an expiry that is not supported yet": (
        '[loyalty]\npoints_expire = "end of year"',
        "sheetclerk.toml, [loyalty] points_expire",
        (
            '"end of year" is not supported yet. In how many months after earning points expire, the last day still '
            'usable: "12 months", or "never".'
        ),
        'next: write it as: points_expire = "never"',
    ),
    "an expiry that is none": (
        '[loyalty]\npoints_expire = "sometimes"',
        "sheetclerk.toml, [loyalty] points_expire",
        (
            '"sometimes" is not a number of months. In how many months after earning points expire, the last day still '
            'usable: "12 months", or "never".'
        ),
        'next: write it as: points_expire = "never"',
    ),
    "yes in words": (
        '[loyalty]\ninclusive = "no"',
        "sheetclerk.toml, [loyalty] inclusive",
        (
            '"no" is not true or false, without quotes. Whether reaching a threshold is enough (true), or it must be '
            'passed, for shops that say "over" (false).'
        ),
        "next: write it as: inclusive = true",
    ),
    "a basis that is not supported yet": (
        '[bonus]\nbasis = "invoiced"',
        "sheetclerk.toml, [bonus] basis",
        (
            '"invoiced" is not supported yet. Which purchases count for a bonus whose scheme says nothing: paid or '
            "ordered."
        ),
        'next: write it as: basis = "paid"',
    ),
    "a job without words": (
        "[timetable]\nrun = 9",
        "sheetclerk.toml, [timetable] run",
        "9 is not a text in quotes. When the job is due, in words.",
        'next: write it as: run = "every monday at 09:00"',
    ),
    "a day of the week with a slip": (
        '[timetable]\nweekly = "every moday at 9am"',
        "sheetclerk.toml, [timetable] weekly",
        'I can\'t read "every moday at 9am" as a schedule. When the job is due, in words.',
        'next: did you mean "every monday at 09:00"?',
    ),
    "a day in quotes": (
        '[loyalty]\nfrom = "2026-03-31"',
        "sheetclerk.toml, [loyalty] from",
        '"2026-03-31" is not a day; days stand without quotes. The day from which purchases count for a tier.',
        "next: write it as: from = 2026-01-01",
    ),
    "a line that is not TOML": (
        "[shop]\n\nname = Duka\n",
        "sheetclerk.toml, line 3",
        "this is not TOML: invalid value",
        'next: fix it; a setting looks like this, its text in quotes: name = "Duka la Juma"',
    ),
    "a file that breaks off": (
        '[shop]\nname = "Duka',
        "sheetclerk.toml, line 2",
        "this is not TOML: unterminated string",
        'next: fix it; a setting looks like this, its text in quotes: name = "Duka la Juma"',
    ),
    "a file that is not UTF-8": (
        '[shop]\nname = "Café"'.encode("utf-16"),
        "sheetclerk.toml",
        "the file is not saved as UTF-8 text",
        "next: save it again as UTF-8 in the editor",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_where_why_and_next(case: str, tmp_path: Path) -> None:
    text, what, why, next_step = REFUSED[case]
    assert refusal(text, tmp_path).splitlines() == [what, why, next_step]


@pytest.mark.parametrize(
    "setting",
    [
        "[shop]\nname = 3",
        "[shop]\nid = 'a\\u0007b'\nname = true",
        '[shop]\nid = "a\\u0007b"',
        "[shop]\ndecimals = 5",
        "[shop]\ndecimals = true",
        "[shop]\ndecimals = 2.0",
        '[shop]\ncountry = "Kenya"',
        '[shop]\nlanguage = "English"',
        '[shop]\nlanguages = "sw, en"',
        "[shop]\nadopted = 2026-03-31T09:00:00",
        '[shop]\nzone = "Africa"',
        '[shop]\nzone = "a\\u0000b"',
        '[shop]\nzone = ""',
        "[shop]\nzone = 3",
        '[book]\nwhere = "a\\nb"',
        '[book]\nkey_file = "keys/google.json"',
        '[book]\nkey_file = "C:\\\\keys.json"',
        '[mail]\naccount = "juma"',
        '[mail]\nfrom = "Juma <juma@gmail.com>\\nBcc: all@example.org"',
        '[mail]\nstop_url = "http://juma.example"',
        "[mail]\nport = 0",
        '[sending]\nquiet_hours = "25:00-08:00"',
        '[sending]\nquiet_hours = "at night"',
        "[sending]\nmax_per_run = -1",
        '[sending]\nchannel = "pigeon"',
        '[loyalty]\nwindow = "0 months"',
        '[loyalty]\nwindow = "30 days"',
        '[loyalty]\nwindow = "since joining"',
        '[bonus]\nmethod = "cumulative"',
        '[bonus]\nperiod = "quarter"',
        "[tabs.clients]\ncolumns = 3",
        "[tabs.clients]\ncolumns = { name = 3 }",
        "[[shop]]",
        "[shop]\n[shop]",
        "x = " + "[" * 100_000,
        "[sending]\nmax_per_run = " + "9" * 5_000,
    ],
)
def test_what_a_setting_cannot_take_is_refused_in_three_short_lines(setting: str, tmp_path: Path) -> None:
    lines = refusal(setting, tmp_path).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("sheetclerk.toml")
    assert lines[2].startswith("next: ")
    assert max(map(len, lines)) < 240


@pytest.mark.parametrize(
    "text",
    [
        '[mail]\npassword = "hunter2"',
        '[mail]\nApp_Password = "hunter2"',
        '[shop]\napi_token = "hunter2"',
        'secret = "hunter2"',
        '[google.client_secret]\nx = "hunter2"',
        '[timetable]\nx = [{ pwd = "hunter2" }]',
    ],
)
def test_a_secret_is_refused_by_a_sentence_of_its_own_that_never_shows_it(text: str, tmp_path: Path) -> None:
    said = refusal(text, tmp_path)
    assert "secrets do not belong here" in said
    assert "hunter2" not in said


def test_a_secret_in_a_section_is_found_at_its_place(tmp_path: Path) -> None:
    assert refusal('[mail]\npassword = "x"', tmp_path).startswith("sheetclerk.toml, [mail] password\n")


def test_a_missing_file_leads_to_init(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "sheetclerk.toml")
    assert "there is no such file" in caught.value.why
    assert "sheetclerk init" in caught.value.next_step


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sheetclerk.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path / "sheetclerk.toml")
