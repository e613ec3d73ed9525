"""Letters that only look like others."""

import pytest

from toolkit.book.parse.suggest import as_latin, is_disguised


@pytest.mark.parametrize(
    ("name", "latin"),
    [("gmаil.com", "gmail.com"), ("уаһоо.com", "yahoo.com"), ("С017", "c017"), ("οutlook.com", "outlook.com")],
)
def test_look_alikes_become_latin(name: str, latin: str) -> None:
    assert as_latin(name) == latin


@pytest.mark.parametrize("name", ["gmаil.com", "сосо.com", "mail.соm", "γmail.com"])
def test_a_name_that_mixes_alphabets_or_only_looks_latin_is_disguised(name: str) -> None:
    assert is_disguised(name)


@pytest.mark.parametrize("name", ["gmail.com", "почта.рф", "рос.рф", "дүкөн.com", "münchen.de", "例え.jp", ""])
def test_a_name_of_one_alphabet_is_what_it_looks_like(name: str) -> None:
    assert not is_disguised(name)
