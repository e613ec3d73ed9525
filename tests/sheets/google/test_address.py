import pytest

from toolkit.errors import ConfigError
from toolkit.sheets.google.address import is_web_address, sheet_id

ID = "1Sle_EDNRq8PsQGzmskqQWIGnUT4epR-d9A-9gaJsrrQ"


@pytest.mark.parametrize(
    "address",
    [
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?usp=sharing",
        f"http://docs.google.com/spreadsheets/d/{ID}/htmlview",
        f"https://docs.google.com/a/shop.example/spreadsheets/d/{ID}/edit",
    ],
)
def test_the_address_of_a_sheet_holds_its_id(address: str) -> None:
    assert is_web_address(address)
    assert sheet_id(address) == ID


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (f"https://docs.google.com/spreadsheets/d/e/2PACX-{ID}/pubhtml", "published page"),
        (f"https://drive.google.com/file/d/{ID}/view", "file in Google Drive"),
        (f"https://drive.google.com/open?id={ID}", "file in Google Drive"),
        (f"https://drive.google.com/drive/folders/{ID}", "folder"),
        (f"https://docs.google.com/forms/d/{ID}/edit", "form"),
        (f"https://docs.google.com/document/d/{ID}/edit", "text document"),
        ("https://docs.google.com/spreadsheets/d/", "/spreadsheets/d/ and its id"),
        ("https://example.com/", "/spreadsheets/d/ and its id"),
    ],
)
def test_another_address_is_told_for_what_it_is(address: str, why: str) -> None:
    with pytest.raises(ConfigError) as told:
        sheet_id(address)

    assert why in told.value.why
    assert "address" in told.value.next_step


@pytest.mark.parametrize("where", ["clients.xlsx", "book", "C:\\shop\\clients.xlsx", ".", "httpd.xlsx"])
def test_a_file_is_no_address_of_the_web(where: str) -> None:
    assert not is_web_address(where)
