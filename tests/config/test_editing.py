"""A sheetclerk.toml that people wrote is changed in one place, and every other line stays as it was."""

import tomllib
from pathlib import Path

import pytest

from toolkit.config import config_of
from toolkit.config.editing import edit_settings, with_setting, with_table, without_table
from toolkit.errors import ConfigError

LINK = "https://docs.google.com/spreadsheets/d/abc"
TEXT = """\
# ours
[shop]
name = "Duka" # the name

# what the team calls its tabs
[tabs.clients]
tab = "Old"   # their word

[tabs.clients.columns]
name = "Namn"

# mail
[mail]
port = 465
# host = "smtp.gmail.com"
"""


@pytest.mark.parametrize(
    "book",
    [
        '[book]  # where the clients are\nwhere = "a.xlsx"   # the file\n',
        '[ book ]\nwhere="a.xlsx"\n',
        "[\"book\"]\nwhere = 'a.xlsx'\n",
        'book.where = "a.xlsx"\n',
        'book = { where = "a.xlsx" } # short\n',
        '[book]\n# where = "a.xlsx"\n',
        "[book] # nothing yet\n",
        "",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_key_is_set_however_its_section_is_written(book: str, end: str) -> None:
    text = (f'# first\n{book}\n# next\n[shop]\nname = "Duka"\n').replace("\n", end)
    changed = with_setting(text, "book", "where", LINK)
    assert tomllib.loads(changed) == {"book": {"where": LINK}, "shop": {"name": "Duka"}}
    assert changed.count("#") == text.count("#") - ("\n# where" in book)
    assert changed.replace(end, "").count("\n") == 0 or end == "\n"
    assert with_setting(changed, "book", "where", LINK) == changed


def test_comments_and_spacing_beside_a_key_stay() -> None:
    text = '[book]  # ours\nwhere   =   "a.xlsx"   # the file\n\n\n\n[shop]\n'
    assert with_setting(text, "book", "where", "b.xlsx") == text.replace("a.xlsx", "b.xlsx")


def test_a_key_takes_the_place_of_the_comment_that_shows_it() -> None:
    assert with_setting(TEXT, "mail", "host", "localhost") == TEXT.replace(
        '# host = "smtp.gmail.com"', 'host = "localhost"'
    )


def test_a_new_section_goes_last() -> None:
    assert with_table(TEXT, "tabs.staff", {"tab": "Team"}) == f'{TEXT}\n[tabs.staff]\ntab = "Team"\n'


def test_a_section_gets_other_keys_and_its_comments_stay() -> None:
    changed = with_table(TEXT, "tabs.clients", {"tab": "New", "columns": {"name": "Namn", "email": "Post"}})
    assert changed == TEXT.replace('"Old"', '"New"').replace('"Namn"\n', '"Namn"\nemail = "Post"\n')


def test_a_section_is_deleted_with_its_parts_and_the_comment_of_the_next_one_stays() -> None:
    changed = without_table(TEXT, "tabs.clients")
    assert "tabs" not in tomllib.loads(changed)
    assert changed.endswith('# what the team calls its tabs\n# mail\n[mail]\nport = 465\n# host = "smtp.gmail.com"\n')


def test_text_that_looks_like_a_header_is_none() -> None:
    text = 'address = """\n[tabs.clients]\n"""\n[tabs.clients]\nrows = [\n  ["[tabs.x]", "1"],\n]\n\n[shop]\n'
    with pytest.raises(ConfigError, match=r"\[tabs.clients\] was not changed"):
        without_table(text, "tabs.clients")
    assert with_table(text, "tabs.clients", {"tab": "New"}).startswith('address = """\n[tabs.clients]\n"""\n')


@pytest.mark.parametrize("text", ["[book\n", 'book = "a.xlsx"\n', "[[book]]\nwhere = 'a'\n"])
def test_what_cannot_be_edited_is_refused_before_anything_is_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sheetclerk.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as refusal:
        edit_settings(path, lambda text: with_setting(text, "book", "where", LINK), config_of)
    assert "[book] was not changed" in refusal.value.what
    assert refusal.value.next_step
    assert path.read_text() == text


def test_a_change_that_the_settings_cannot_take_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "sheetclerk.toml"
    path.write_text("[mail]\nport = 465\n")
    with pytest.raises(ConfigError, match="port"):
        edit_settings(path, lambda text: with_setting(text, "mail", "port", 0), config_of)
    assert path.read_text() == "[mail]\nport = 465\n"


def test_line_ends_and_byte_order_mark_of_an_editor_on_windows_stay(tmp_path: Path) -> None:
    path = tmp_path / "sheetclerk.toml"
    path.write_bytes(b"\xef\xbb\xbf[shop]\r\nname = 'Duka'\r\n")
    edit_settings(path, lambda text: with_setting(text, "book", "where", "b.xlsx"), config_of)
    assert path.read_bytes() == b"\xef\xbb\xbf[shop]\r\nname = 'Duka'\r\n\r\n[book]\r\nwhere = \"b.xlsx\"\r\n"
